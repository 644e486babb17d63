// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/movement/character_motion.h"

#include <algorithm>
#include <cmath>

#include "engine/math/angles.h"

namespace tessera::movement {
namespace {

/// So near to where it floats it lies still.
constexpr float kFloatTolerance_m = 0.02f;
/// A metre too deep pulls up with so many metres a second.
constexpr float kBuoyancyPerS = 4.0f;
/// A leap out of the water begins no deeper below where it floats.
constexpr float kLeapDepth_m = 0.3f;

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

namespace {

float limited(float value, float limit) {
  return value > limit ? limit : value < -limit ? -limit : value;
}

/// One tick of a character: what it wants becomes what it does.
struct CharacterStep {
  const physics::CollisionWorld& world;
  const MotionRules& rules;
  MotionState& state;
  math::Vec2 wish;
  bool wants_jump;
  float depth_m;  ///< of the feet under water

  physics::Body body{state.position, state.grounded};
  math::Vec2 velocity = flat(state.velocity_m_per_s);
  float rise_m_per_s = state.velocity_m_per_s.y;

  bool swims() const { return depth_m > rules.swim_depth_m; }
  bool rests() const {
    if (wants_jump || !(wish == math::Vec2{})) return false;
    if (!swims()) return state.grounded;
    return state.velocity_m_per_s == math::Vec3{} &&
           std::fabs(depth_m - rules.float_depth_m) < kFloatTolerance_m;
  }

  void stand() {
    velocity = wish;
    if (depth_m > rules.wade_depth_m)
      velocity = velocity * (rules.walk_m_per_s / rules.run_m_per_s);
    rise_m_per_s = 0;
    if (wants_jump && !physics::stands_on_steep_ground(world, rules.shape, body)) {
      rise_m_per_s = rules.jump_m_per_s;
      body.grounded = false;
    }
  }
  void swim() {
    const float change = rules.water_drag_m_per_s2 * kTickSeconds;
    body.grounded = false;
    const math::Vec2 wanted = wish * (rules.swim_m_per_s / rules.run_m_per_s);
    const math::Vec2 turn = wanted - velocity;
    const float size = length(turn);
    velocity = size <= change ? wanted : velocity + turn * (change / size);
    const float off = depth_m - rules.float_depth_m;
    const float buoyancy = std::fabs(off) < kFloatTolerance_m
                               ? 0.0f
                               : limited(off * kBuoyancyPerS, rules.buoyancy_m_per_s_max);
    rise_m_per_s += limited(buoyancy - rise_m_per_s, change);
    if (wants_jump && depth_m < rules.float_depth_m + kLeapDepth_m)
      rise_m_per_s = rules.leap_m_per_s;
  }
  void fly() {
    velocity = steered(velocity, wish, rules.air_steering_m_per_s2 * kTickSeconds);
    fall();
  }
  void fall() {
    rise_m_per_s =
        std::max(rise_m_per_s - rules.gravity_m_per_s2 * kTickSeconds, -rules.fall_m_per_s_max);
  }

  void move() {
    physics::Rise risen = physics::Rise::AsAsked;
    if (!body.grounded) {
      risen = physics::rise(world, rules.shape, body, rise_m_per_s * kTickSeconds);
      if (risen == physics::Rise::Stopped) rise_m_per_s = 0;
      if (risen == physics::Rise::Slid) {
        rise_m_per_s = std::max(rise_m_per_s, -rules.slide_m_per_s_max);
      }
    }
    if (risen == physics::Rise::Slid ||
        !physics::walk(world, rules.shape, body, velocity * kTickSeconds)) {
      velocity = (flat(body.position) - flat(state.position)) * static_cast<float>(kTicksPerSecond);
    }
    if (body.grounded) rise_m_per_s = 0;
  }
};

void end_roll(Roll& roll) {
  roll.ticks = std::min<std::uint8_t>(roll.ticks, kRollAgainTicks - kRollTicks);
}

/// Begins a roll, goes on with it or ends it.
void step_roll(Roll& roll, const InputFrame& input, bool can_roll) {
  const bool pressed = (input.buttons & ~roll.buttons & kButtonDodge) != 0;
  roll.buttons = input.buttons & kButtonsKnown;
  if (roll.ticks > 0) --roll.ticks;
  if (!can_roll) return end_roll(roll);
  if (!pressed || roll.ticks > 0) return;
  const math::Vec2 way{static_cast<float>(input.move_x), static_cast<float>(input.move_z)};
  constexpr std::uint16_t kBack = 0x8000;
  roll.way = way == math::Vec2{} ? static_cast<std::uint16_t>(input.aim + kBack)
                                 : math::quantise_angle(math::heading_of_direction(way));
  roll.ticks = kRollAgainTicks;
}

/// Who rolled over an edge falls as one who ran.
void leave_ground(MotionState& state, const MotionRules& rules) {
  end_roll(state.roll);
  const float speed = length(flat(state.velocity_m_per_s));
  if (speed <= rules.run_m_per_s) return;
  const float share = rules.run_m_per_s / speed;
  state.velocity_m_per_s.x *= share;
  state.velocity_m_per_s.z *= share;
}

}  // namespace

void step_character(const physics::CollisionWorld& world, MotionState& state,
                    const InputFrame& input, const MotionRules& rules) {
  state.heading = math::angle_from_quantised(input.aim);
  const float depth_m = world.water_level_m() - state.position.y;
  step_roll(state.roll, input,
            state.grounded && depth_m <= rules.wade_depth_m && rules.roll_m_per_s > 0);
  const bool rolls = is_rolling(state.roll);
  const bool blocks = (input.buttons & kButtonBlock) != 0;
  CharacterStep step{.world = world,
                     .rules = rules,
                     .state = state,
                     .wish = wished_velocity(input, rules),
                     .wants_jump = (input.buttons & kButtonJump) != 0 && !blocks && !rolls,
                     .depth_m = depth_m};
  if (blocks) step.wish = step.wish * rules.block_share;
  if (rolls) {
    const float way = math::angle_from_quantised(state.roll.way);
    step.wish = math::direction_of_heading(way) * rules.roll_m_per_s;
  }
  if (step.rests()) {
    state.velocity_m_per_s = {};
    return;
  }
  if (step.swims()) {
    step.swim();
  } else if (state.grounded) {
    step.stand();
    if (!step.body.grounded) step.fall();
  } else {
    step.fly();
  }
  step.move();
  state.position = step.body.position;
  state.velocity_m_per_s = {step.velocity.x, step.rise_m_per_s, step.velocity.z};
  state.grounded = step.body.grounded;
  if (rolls && !state.grounded) leave_ground(state, rules);
}

void step_character(const physics::CollisionWorld& world, MotionState& state,
                    const InputFrame& input, const MotionRules& rules, std::uint8_t speed_percent) {
  if (speed_percent == kOwnSpeed) return step_character(world, state, input, rules);
  const float factor = static_cast<float>(speed_percent) / kOwnSpeed;
  MotionRules changed = rules;
  changed.walk_m_per_s *= factor;
  changed.run_m_per_s *= factor;
  changed.swim_m_per_s *= factor;
  changed.roll_m_per_s *= std::min(factor, 1.0f);
  InputFrame allowed = input;
  if (speed_percent == 0) {
    allowed.move_x = allowed.move_z = 0;
    allowed.buttons &= static_cast<std::uint8_t>(~kButtonJump);
    changed.walk_m_per_s = rules.walk_m_per_s;  // shares of each other are asked for
    changed.run_m_per_s = rules.run_m_per_s;
  }
  step_character(world, state, allowed, changed);
}

void throw_character(MotionState& state, math::Vec3 velocity_m_per_s) {
  const auto sound = [](float part) { return part == part ? limited(part, kThrow_m_per_sMax) : 0; };
  state.velocity_m_per_s = {sound(velocity_m_per_s.x), sound(velocity_m_per_s.y),
                            sound(velocity_m_per_s.z)};
  state.grounded = false;
}

InputFrame standing_frame(float heading) { return {.aim = math::quantise_angle(heading)}; }

}  // namespace tessera::movement
