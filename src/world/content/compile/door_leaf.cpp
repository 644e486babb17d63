// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/compile/door_leaf.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "engine/core/assert.h"

namespace tessera::content {
namespace {

/// The smallest rectangle round a shape has a side along one of the shape's edges; a door with more
/// triangles than this is measured along the edges of the first.
constexpr std::size_t kEdgesFrom = 256;

struct Extent {
  float low = std::numeric_limits<float>::max();
  float high = std::numeric_limits<float>::lowest();
  void add(float value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  float middle() const { return (low + high) * 0.5f; }
  float half() const { return (high - low) * 0.5f; }
};

struct Box {
  math::Vec2 axis{1, 0};
  Extent along, across, up;
  float area() const { return along.half() * across.half(); }
};

Box box_along(std::span<const physics::Triangle> triangles, math::Vec2 axis) {
  Box box{.axis = axis, .along = {}, .across = {}, .up = {}};
  for (const physics::Triangle& triangle : triangles) {
    for (const math::Vec3 corner : {triangle.a, triangle.b, triangle.c}) {
      box.along.add(dot(flat(corner), axis));
      box.across.add(dot(flat(corner), {-axis.z, axis.x}));
      box.up.add(corner.y);
    }
  }
  return box;
}

}  // namespace

nav::Obstacle door_leaf(std::span<const physics::Triangle> triangles) {
  TESSERA_ASSERT(!triangles.empty(), "door leaf: a door without triangles");
  Box best = box_along(triangles, {1, 0});
  for (const physics::Triangle& triangle :
       triangles.first(std::min(triangles.size(), kEdgesFrom))) {
    for (const math::Vec3 edge : {triangle.b - triangle.a, triangle.c - triangle.b}) {
      const float size = length(flat(edge));
      if (!(size > 0.01f)) continue;
      const Box box = box_along(triangles, flat(edge) * (1 / size));
      if (box.area() < best.area() * 0.999f) best = box;  // of equal ones the first
    }
  }
  const math::Vec2 across{-best.axis.z, best.axis.x};
  const math::Vec2 centre = best.axis * best.along.middle() + across * best.across.middle();
  return {.centre = {centre.x, best.up.middle(), centre.z},
          .half_size = {best.along.half(), best.up.half(), best.across.half()},
          .facing = best.axis};
}

}  // namespace tessera::content
