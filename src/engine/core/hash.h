// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The hash of state: XXH3 with 64 bits, the same on every platform.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tessera {

std::uint64_t hash_bytes(std::span<const std::byte> bytes, std::uint64_t seed = 0);

/// Folds hashes and numbers into one, in the order they are added.
class StateHash {
 public:
  void add(std::uint64_t value);
  void add(std::span<const std::byte> bytes) { add(hash_bytes(bytes)); }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace tessera
