// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tests/wasm/motion_bits.h"

extern "C" __attribute__((export_name("motion_hash"))) std::uint64_t motion_hash(
    std::uint32_t seed, std::int32_t ticks) {
  return tessera::tests::hash_of_random_motion(seed, ticks);
}
