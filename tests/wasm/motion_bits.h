// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cstdint>

namespace tessera::tests {

/// Runs characters with random inputs over hills, among boxes, through water and through the air,
/// and hashes every state on their way. The same seed must give the same number on every machine.
std::uint64_t hash_of_random_motion(std::uint64_t seed, int ticks);

}  // namespace tessera::tests
