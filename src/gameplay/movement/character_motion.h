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
  float roll_m_per_s = 11.25f;     ///< for kRollTicks: over 4.5 m
  float block_share = 0.5f;        ///< of the speed, for who blocks
  float slide_m_per_s_max = 5.0f;  ///< down rock too steep to stand on; below the run speed

  float wade_depth_m = 0.6f;          ///< of the feet under water; deeper it only walks
  float swim_depth_m = 1.2f;          ///< deeper it swims
  float float_depth_m = 1.35f;        ///< where it comes to rest, head above water
  float swim_m_per_s = 2.5f;          ///< over the map
  float buoyancy_m_per_s_max = 2.0f;  ///< how fast it comes up from the deep
  float water_drag_m_per_s2 = 25.0f;  ///< how fast it takes up any other speed in the water
  float leap_m_per_s = 8.0f;          ///< a jump out of the water: onto a bank 0.2 m above it
};

struct MotionState {
  math::Vec3 position{};          ///< feet
  math::Vec3 velocity_m_per_s{};  ///< what it did, not what it wished: 0 against a wall
  float heading = 0;
  bool grounded = true;
  Roll roll{};
  constexpr bool operator==(const MotionState&) const = default;
};

/// The speed over the map that a frame asks for, by its direction and kButtonWalk.
math::Vec2 wished_velocity(const InputFrame& input, const MotionRules& rules = {});

/// Moves a character by one tick. A newly pressed kButtonDodge rolls it on firm ground where it
/// goes, or back when it stands: kRollTicks at the roll speed, unless it leaves the ground, wades
/// or is held. Invariants: over the map it is never faster than the run speed, or than the roll
/// speed while it rolls, or than it was thrown; who starts in a free place ends in one. About 60 ns
/// on open ground, 2 ns when it stands.
void step_character(const physics::CollisionWorld& world, MotionState& state,
                    const InputFrame& input, const MotionRules& rules = {});

/// A character that goes at its own speed, in percent: Condition::speed.
inline constexpr std::uint8_t kOwnSpeed = 100;

/// The same for one that is slowed or hastened; 0 is held, and neither goes nor jumps. Over the map
/// it is never faster than this share of the run speed. A roll is slowed, but not hastened.
void step_character(const physics::CollisionWorld& world, MotionState& state,
                    const InputFrame& input, const MotionRules& rules, std::uint8_t speed_percent);

/// Throws a character (a knock-back, an explosion): it leaves the ground with this velocity, which
/// only the air's steering and what it hits will change. No faster than kThrow_m_per_sMax along
/// each axis; NaN counts as 0.
void throw_character(MotionState& state, math::Vec3 velocity_m_per_s);

/// In a tick it is a body's length at most, so a throw is seen as a movement.
inline constexpr float kThrow_m_per_sMax = 60.0f;

/// The frame of somebody who stands and looks ahead; run for clients that send nothing.
InputFrame standing_frame(float heading);

}  // namespace tessera::movement
