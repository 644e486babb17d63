// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// motion_bits SEED TICKS: prints the hash, for the script that compares it with WebAssembly's.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "tests/wasm/motion_bits.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: motion_bits SEED TICKS\n");
    return 2;
  }
  const std::uint64_t seed = std::strtoull(argv[1], nullptr, 10);
  const auto ticks = static_cast<int>(std::strtol(argv[2], nullptr, 10));
  std::printf("%" PRIu64 "\n", tessera::tests::hash_of_random_motion(seed, ticks));
  return 0;
}
