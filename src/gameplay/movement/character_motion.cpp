// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/movement/character_motion.h"

#include <algorithm>
#include <cmath>

#include "engine/math/angles.h"

namespace tessera::movement {
namespace {

/// In the air a body keeps its way, and bends it towards the wish a little each tick.
math::Vec2 steered(math::Vec2 velocity, math::Vec2 wish, float change_max) {
  if (wish == math::Vec2{}) return velocity;
  const math::Vec2 change = wish - velocity;
  const float size = length(change);
  return size <= change_max ? wish : velocity + change * (change_max / size);
}

}  // namespace

math::Vec2 wished_velocity(const InputFrame& input, const MotionRules& rules) {
  if (input.move_x == 0 && input.move_z == 0) return {};
  const math::Vec2 direction{static_cast<float>(input.move_x), static_cast<float>(input.move_z)};
  const float speed = (input.buttons & kButtonWalk) != 0 ? rules.walk_m_per_s : rules.run_m_per_s;
  return direction * (speed / std::max(length(direction), 127.0f));
}

void step_character(const physics::CollisionWorld& world, MotionState& state,
                    const InputFrame& input, const MotionRules& rules) {
  state.heading = math::angle_from_quantised(input.aim);
  const math::Vec2 wish = wished_velocity(input, rules);
  const bool wants_jump = (input.buttons & kButtonJump) != 0;
  if (state.grounded && !wants_jump && wish == math::Vec2{}) {
    state.velocity_m_per_s = {};
    return;
  }

  physics::Body body{state.position, state.grounded};
  math::Vec2 velocity = flat(state.velocity_m_per_s);
  float rise_m_per_s = state.velocity_m_per_s.y;
  if (body.grounded) {
    velocity = wish;
    rise_m_per_s = 0;
    if (wants_jump && !physics::stands_on_steep_ground(world, rules.shape, body)) {
      rise_m_per_s = rules.jump_m_per_s;
      body.grounded = false;
    }
  } else {
    velocity = steered(velocity, wish, rules.air_steering_m_per_s2 * kTickSeconds);
  }
  physics::Rise risen = physics::Rise::AsAsked;
  if (!body.grounded) {
    rise_m_per_s =
        std::max(rise_m_per_s - rules.gravity_m_per_s2 * kTickSeconds, -rules.fall_m_per_s_max);
    risen = physics::rise(world, rules.shape, body, rise_m_per_s * kTickSeconds);
    if (risen == physics::Rise::Stopped) rise_m_per_s = 0;
    if (risen == physics::Rise::Slid)
      rise_m_per_s = std::max(rise_m_per_s, -rules.slide_m_per_s_max);
  }
  if (risen == physics::Rise::Slid ||
      !physics::walk(world, rules.shape, body, velocity * kTickSeconds)) {
    velocity = (flat(body.position) - flat(state.position)) * static_cast<float>(kTicksPerSecond);
  }
  if (body.grounded) rise_m_per_s = 0;
  state.position = body.position;
  state.velocity_m_per_s = {velocity.x, rise_m_per_s, velocity.z};
  state.grounded = body.grounded;
}

InputFrame standing_frame(float heading) { return {.aim = math::quantise_angle(heading)}; }

}  // namespace tessera::movement
