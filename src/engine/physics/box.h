// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Static boxes: upright, turned about the vertical axis only. Houses, walls, crates.
#pragma once

#include <algorithm>
#include <cmath>

#include "engine/math/trigonometry.h"
#include "engine/math/vec.h"

namespace tessera::physics {

/// A box as content describes it.
struct BoxShape {
  math::Vec3 centre;
  math::Vec3 half_size;  ///< along its own x, y and z axes
  float turn = 0;        ///< radians clockwise seen from above, as headings
};

/// A box as collision uses it: the turn is resolved into its axes.
struct Box {
  math::Vec2 centre;
  math::Vec2 half_size;
  math::Vec2 axis_x{1, 0};  ///< its x axis in the world; its z axis is (-axis_x.z, axis_x.x)
  float bottom = 0;
  float top = 0;

  Box() = default;
  explicit Box(const BoxShape& shape)
      : centre{shape.centre.x, shape.centre.z},
        half_size{shape.half_size.x, shape.half_size.z},
        bottom(shape.centre.y - shape.half_size.y),
        top(shape.centre.y + shape.half_size.y) {
    const math::SinCos angle = math::sin_cos(shape.turn);
    axis_x = {angle.cos, angle.sin};
  }

  math::Vec2 to_local(math::Vec2 place) const {
    const math::Vec2 offset = place - centre;
    return {offset.x * axis_x.x + offset.z * axis_x.z, offset.z * axis_x.x - offset.x * axis_x.z};
  }
  math::Vec2 to_world(math::Vec2 local) const {
    return {centre.x + (local.x * axis_x.x - local.z * axis_x.z),
            centre.z + (local.x * axis_x.z + local.z * axis_x.x)};
  }
  /// Half the extent of the upright rectangle round its footprint.
  math::Vec2 extent() const {
    const float c = std::fabs(axis_x.x);
    const float s = std::fabs(axis_x.z);
    return {half_size.x * c + half_size.z * s, half_size.x * s + half_size.z * c};
  }
  /// Square of the distance from a place to the footprint; 0 inside.
  float distance_squared(math::Vec2 place) const {
    const math::Vec2 local = to_local(place);
    const float dx = std::max(std::fabs(local.x) - half_size.x, 0.0f);
    const float dz = std::max(std::fabs(local.z) - half_size.z, 0.0f);
    return dx * dx + dz * dz;
  }
  bool touches_circle(math::Vec2 place, float radius) const {
    return distance_squared(place) < radius * radius;
  }
};

/// Where a circle that overlaps the footprint must go to stand `distance` from it: away from the
/// nearest point, or, from inside, out of the nearest side.
math::Vec2 pushed_out(const Box& box, math::Vec2 place, float distance);

}  // namespace tessera::physics
