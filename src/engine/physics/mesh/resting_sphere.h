// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where a sphere that is let down from above comes to rest on a triangle: in closed form, for it is
// asked for every foot of every character in every tick.
#pragma once

#include <optional>

#include "engine/physics/mesh/triangle.h"

namespace tessera::physics {

/// The height of the centre of a sphere over `place` that just touches the triangle from above; the
/// highest there is, on its face, an edge or a corner. None when the sphere passes it by.
std::optional<float> resting_height(const Triangle& triangle, math::Vec2 place, float radius);

}  // namespace tessera::physics
