// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One step of a character: what an input frame does to it within one tick. A plain function over
// plain floats, so that the client's prediction (also in WebAssembly) is the server's own code and
// gives the same bits. Knows no entity and no network.
#pragma once

#include "engine/core/tick.h"
#include "engine/math/vec.h"
#include "engine/physics/collision_world.h"
#include "engine/physics/motion/body_motion.h"
#include "gameplay/movement/input_frame.h"

namespace tessera::movement {

/// How a character's body is made and what it can do. The defaults are those of players.
struct MotionRules {
  physics::BodyShape shape{};  ///< radius 0.4 m, height 1.8 m, step 0.4 m, slope 45 degrees
  float walk_m_per_s = 3.0f;
  float run_m_per_s = 5.5f;
  float jump_m_per_s = 7.0f;           ///< 1.2 m high
  float gravity_m_per_s2 = 20.0f;      ///< twice the earth's: jumps feel crisp
  float air_steering_m_per_s2 = 8.0f;  ///< how fast a jump's direction can be changed
  float fall_m_per_s_max = 50.0f;
  float slide_m_per_s_max = 5.0f;  ///< down rock too steep to stand on; below the run speed
};

struct MotionState {
  math::Vec3 position{};          ///< feet
  math::Vec3 velocity_m_per_s{};  ///< what it did, not what it wished: 0 against a wall
  float heading = 0;
  bool grounded = true;
  constexpr bool operator==(const MotionState&) const = default;
};

/// The speed over the map that a frame asks for.
math::Vec2 wished_velocity(const InputFrame& input, const MotionRules& rules = {});

/// Moves a character by one tick. Invariants: over the map it is never faster than the run speed;
/// who starts in a free place ends in one. About 90 ns when it moves, 2 ns when it stands.
void step_character(const physics::CollisionWorld& world, MotionState& state,
                    const InputFrame& input, const MotionRules& rules = {});

/// The frame of somebody who stands and looks ahead; run for clients that send nothing.
InputFrame standing_frame(float heading);

}  // namespace tessera::movement
