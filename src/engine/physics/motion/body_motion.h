// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How an upright body moves through a CollisionWorld: along the ground, and up and down.
//
//            ____  height                  Seen from the side, a body on the ground is a capsule.
//           /    \ ____ a cap below        Between the step and a cap below its head it keeps its
//          |      |                        whole radius from everything, as a cylinder (walls).
//          |      |  walls                 What is lower it steps onto: its lower end is let down
//          |______|____ step               from the step until it rests on something (floors).
//           \    /   floors                What is higher than a cap below the head stops it, or
//            ~~~~  foot                    its step up, when the upper end would touch (ceilings).
//
// In the air the step is a cap: what touches the lower end within 45 degrees carries the body, and
// what touches it farther out pushes it aside, so that it slides off ledges and down steep rock.
// Against the terrain a body is its foot's centre.
//
// Invariant: a body that starts free (CollisionWorld::is_free) ends free, and its place on the map
// moves at most as far as was asked, but for the rounding of floats. Long ways are cut into parts
// no longer than half the radius, so nothing is passed through.
#pragma once

#include "engine/math/vec.h"
#include "engine/physics/collision_world.h"

namespace tessera::physics {

struct BodyShape {
  StandingCapsule capsule;
  float step_up_m = 0.4f;  ///< ledges up to here are walked up, and down, without falling
  float slope_max = 1.0f;  ///< rise per metre of the steepest ground it walks up: 45 degrees
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

enum class Rise : std::uint8_t {
  AsAsked,
  Stopped,  ///< by a ceiling or, falling, by a floor: then it is grounded
  Slid,     ///< off a ledge or along steep rock, aside by no more than a fifth of its radius
};

/// Moves a body that is in the air by `rise` metres; negative is falling.
Rise rise(const CollisionWorld& world, const BodyShape& shape, Body& body, float rise);

/// Is the terrain here too steep to walk up or jump from?
bool stands_on_steep_ground(const CollisionWorld& world, const BodyShape& shape, const Body& body);

}  // namespace tessera::physics
