// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Four vectors side by side, one to a lane: what is done to a Vec3, done to four at once with the
// same bits.
#pragma once

#include "engine/math/float4.h"
#include "engine/math/vec.h"

namespace tessera::math {

struct Vec3x4 {
  Float4 x{};
  Float4 y{};
  Float4 z{};

  Vec3 lane(unsigned i) const { return {x[i], y[i], z[i]}; }
  void set_lane(unsigned i, Vec3 v) {
    x[i] = v.x;
    y[i] = v.y;
    z[i] = v.z;
  }
};

inline Vec3x4 splat(Vec3 v) { return {splat(v.x), splat(v.y), splat(v.z)}; }
inline Vec3x4 operator+(const Vec3x4& a, const Vec3x4& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vec3x4 operator-(const Vec3x4& a, const Vec3x4& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Vec3x4 operator*(const Vec3x4& a, Float4 s) { return {a.x * s, a.y * s, a.z * s}; }
inline Float4 dot(const Vec3x4& a, const Vec3x4& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3x4 cross(const Vec3x4& a, const Vec3x4& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
/// `a` in the lanes that the mask holds, `b` in the others.
inline Vec3x4 select(Mask4 mask, const Vec3x4& a, const Vec3x4& b) {
  return {select(mask, a.x, b.x), select(mask, a.y, b.y), select(mask, a.z, b.z)};
}

}  // namespace tessera::math
