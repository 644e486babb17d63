// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Triangles, boxes round them, and how far things are from them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "engine/math/vec.h"

namespace tessera::physics {

struct Triangle {
  math::Vec3 a;
  math::Vec3 b;
  math::Vec3 c;

  /// Not of length 1; zero when the triangle has no area. Points to where a, b, c turn
  /// anticlockwise.
  math::Vec3 normal() const { return cross(b - a, c - a); }
};

/// An upright box. Empty at first: it holds nothing and touches nothing.
struct Bounds {
  math::Vec3 low{kFar, kFar, kFar};
  math::Vec3 high{-kFar, -kFar, -kFar};

  void add(math::Vec3 point) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y), std::min(low.z, point.z)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y), std::max(high.z, point.z)};
  }
  void add(const Triangle& triangle) {
    add(triangle.a);
    add(triangle.b);
    add(triangle.c);
  }
  void add(const Bounds& other) {
    add(other.low);
    add(other.high);
  }
  void grow(float by) {
    low = low - math::Vec3{by, by, by};
    high = high + math::Vec3{by, by, by};
  }
  /// Touching counts.
  bool touches(const Bounds& other) const {
    return low.x <= other.high.x && high.x >= other.low.x && low.y <= other.high.y &&
           high.y >= other.low.y && low.z <= other.high.z && high.z >= other.low.z;
  }
  bool operator==(const Bounds&) const = default;

  static constexpr float kFar = std::numeric_limits<float>::max();
};

inline Bounds bounds_of(const Triangle& triangle) {
  Bounds bounds;
  bounds.add(triangle);
  return bounds;
}

/// The point of the triangle that is nearest to `point`. After Ericson, Real-Time Collision
/// Detection (2005), 5.1.5.
math::Vec3 nearest_point(const Triangle& triangle, math::Vec3 point);

struct Segment {
  math::Vec3 from;
  math::Vec3 to;
};

struct Nearest {
  math::Vec3 on_segment;
  math::Vec3 on_triangle;
  float distance_squared = 0;  ///< 0 when they cross
};
/// Where a segment and a triangle come nearest to each other.
Nearest nearest_points(const Triangle& triangle, const Segment& segment);

}  // namespace tessera::physics
