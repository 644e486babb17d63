// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Four floats at once, by the compilers' own vectors: SSE on x86-64, NEON on arm, SIMD128 in
// WebAssembly. Every operation is that of a single float, lane by lane, so the bits are the same
// everywhere.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace tessera::math {

using Float4 = float __attribute__((vector_size(16)));
/// Of comparisons: all bits set in a lane where it holds, none elsewhere.
using Mask4 = std::int32_t __attribute__((vector_size(16)));

constexpr Float4 splat(float value) { return Float4{value, value, value, value}; }
inline Float4 min(Float4 a, Float4 b) { return a < b ? a : b; }
inline Float4 max(Float4 a, Float4 b) { return a > b ? a : b; }
inline Float4 sqrt(Float4 a) {
#if defined(__SSE__)
  return _mm_sqrt_ps(a);
#else
  return Float4{std::sqrt(a[0]), std::sqrt(a[1]), std::sqrt(a[2]), std::sqrt(a[3])};
#endif
}
inline Float4 abs(Float4 a) { return max(a, -a); }
/// `a` in the lanes that the mask holds, `b` in the others.
inline Float4 select(Mask4 mask, Float4 a, Float4 b) { return mask ? a : b; }
inline float highest(Float4 a) {
  const float low = a[0] > a[1] ? a[0] : a[1];
  const float high = a[2] > a[3] ? a[2] : a[3];
  return low > high ? low : high;
}
inline float lowest(Float4 a) { return -highest(-a); }
/// Bit i says whether lane i holds.
inline unsigned lanes(Mask4 mask) {
#if defined(__SSE__)
  return static_cast<unsigned>(_mm_movemask_ps(std::bit_cast<Float4>(mask)));
#else
  const Mask4 bits = mask & Mask4{1, 2, 4, 8};
  return static_cast<unsigned>((bits[0] | bits[1]) | (bits[2] | bits[3]));
#endif
}

}  // namespace tessera::math
