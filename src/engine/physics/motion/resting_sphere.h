// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where a sphere that is let down from above comes to rest on triangles: in closed form, for it is
// asked for every foot of every character in every tick.
#pragma once

#include <optional>

#include "engine/physics/mesh/triangle_tree.h"

namespace tessera::physics {

/// Of a sphere let down along the upright axis through the origin of the corners.
struct Rest {
  math::Float4 centre;   ///< height of its centre when it touches; kPast where it passes by
  math::Float4 contact;  ///< height of the point that it touches

  static constexpr float kPast = -1e30f;
};

/// The highest rest on each of four triangles, on face, edge or corner. About 20 ns.
Rest rest_on(const math::Vec3x4& a, const math::Vec3x4& b, const math::Vec3x4& c, float radius);

/// The height of the centre of a sphere over `place` that just touches the triangle from above.
/// None when the sphere passes it by.
std::optional<float> resting_height(const Triangle& triangle, math::Vec2 place, float radius);

}  // namespace tessera::physics
