// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Eight floats at once, as float4.h has four: AVX on x86-64, two halves elsewhere, the same bits
// everywhere.
#pragma once

#include <bit>
#include <cstdint>

#if defined(__AVX__)
#include <immintrin.h>
#endif

namespace tessera::math {

using Float8 = float __attribute__((vector_size(32)));
/// Of comparisons: all bits set in a lane where it holds, none elsewhere.
using Mask8 = std::int32_t __attribute__((vector_size(32)));

constexpr Float8 splat8(float value) {
  return Float8{value, value, value, value, value, value, value, value};
}
inline Float8 min(Float8 a, Float8 b) { return a < b ? a : b; }
inline Float8 max(Float8 a, Float8 b) { return a > b ? a : b; }
/// Bit i says whether lane i holds.
inline unsigned lanes(Mask8 mask) {
#if defined(__AVX__)
  return static_cast<unsigned>(_mm256_movemask_ps(std::bit_cast<Float8>(mask)));
#else
  unsigned bits = 0;
  for (unsigned lane = 0; lane < 8; ++lane) bits |= (mask[lane] != 0 ? 1u : 0u) << lane;
  return bits;
#endif
}

}  // namespace tessera::math
