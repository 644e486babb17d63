// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/core/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "engine/core/random.h"

namespace tessera {

std::uint64_t hash_bytes(std::span<const std::byte> bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

void StateHash::add(std::uint64_t value) { value_ = mix64(value_ ^ mix64(value)); }

}  // namespace tessera
