// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How an upright body moves through a CollisionWorld: along the ground, and up and down.
// Invariant: a body that starts free (CollisionWorld::is_free) ends free, and its place on the map
// moves at most as far as was asked, but for the rounding of floats. (A body that starts in a wall
// is put beside it.) Long ways are cut into parts shorter than half the radius, so nothing is
// passed through.
#pragma once

#include "engine/math/vec.h"
#include "engine/physics/collision_world.h"

namespace tessera::physics {

struct BodyShape {
  Cylinder cylinder;
  float step_up_m = 0.4f;  ///< ledges up to here are walked up, and down, without falling
  float slope_max = 1.0f;  ///< rise per metre of the steepest terrain it walks up: 45 degrees
};

struct Body {
  math::Vec3 position;   ///< centre of the foot
  bool grounded = true;  ///< stands; otherwise it hangs in the air
};

/// The farthest that one call moves a body: 16 parts of half a radius. What is more is left undone.
inline constexpr int kMotionPartsMax = 16;

/// Moves along the ground plane by `way`: slides along walls and steep slopes; on the ground it
/// goes up and down with it, and leaves it at a ledge; in the air it keeps its height unless the
/// ground comes up. True if it got exactly as far as asked.
bool walk(const CollisionWorld& world, const BodyShape& shape, Body& body, math::Vec2 way);

/// Moves a body that is in the air by `rise` metres: negative is falling, which ends on the first
/// floor (then it is grounded). True if something stopped it.
bool rise(const CollisionWorld& world, const BodyShape& shape, Body& body, float rise);

/// Is the terrain here too steep to walk up or jump from?
bool stands_on_steep_ground(const CollisionWorld& world, const BodyShape& shape, const Body& body);

}  // namespace tessera::physics
