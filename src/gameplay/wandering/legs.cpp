// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How a creature sets one foot before the other, wherever it goes.
#include <algorithm>
#include <cmath>

#include "engine/math/angles.h"
#include "engine/nav/navigation_source.h"
#include "gameplay/wandering/detail/creature.h"

namespace tessera::wandering::detail {
namespace {

constexpr float kGravity = 20.0f;
constexpr float kFallMax = 50.0f;
/// A corner counts as reached from here: in a crowd nobody gets to a point exactly.
constexpr float kCornerReach_m = 0.25f;
/// Who gets less than this share of its stride ahead is blocked.
constexpr float kHardlyAnywhere = 0.25f;

std::uint32_t ticks_of_stride(const World& world, const Creature& creature) {
  return world.crowd.is_near_player(creature.place()) ? 1 : crowd::kTurnTicks;
}

}  // namespace

void stand(const Creature& creature) {
  creature.velocity.metres_per_s = {};
  creature.member.wish = {};
  creature.member.is_steered = 0;
}

void ask(const Step& step, const Creature& creature, math::Vec3 to) {
  creature.request.to = to;
  creature.request.size = creature.kind.size;
  creature.request.requested_at = step.now;
}

bool moves_now(const World& world, const Creature& creature) {
  return world.crowd.is_near_player(creature.place()) ||
         crowd::has_turn(creature.id, world.step.now);
}

bool find_corner(const World& world, const Creature& creature, float speed_m_per_s,
                 math::Vec2& offset) {
  Wander& wander = creature.wander;
  const auto ticks = static_cast<float>(ticks_of_stride(world, creature));
  const float reach = std::max(speed_m_per_s * ticks * kTickSeconds, kCornerReach_m);
  for (; wander.corner < creature.path.count; ++wander.corner) {
    offset = flat(creature.path.corners[wander.corner]) - creature.place();
    if (dot(offset, offset) > reach * reach) return true;
  }
  return false;
}

void stride(const World& world, const Creature& creature, math::Vec2 offset, float speed_m_per_s,
            bool turns) {
  const std::uint32_t ticks = ticks_of_stride(world, creature);
  crowd::Member& member = creature.member;
  const bool sets_out = member.wish == math::Vec2{};
  member.wish = offset * (speed_m_per_s / length(offset));
  if (ticks != 1) member.is_steered = 0;
  const math::Vec2 velocity = member.is_steered != 0 ? member.steered : member.wish;
  if (turns || sets_out || crowd::has_turn(creature.id, world.step.now)) {
    creature.heading.radians = math::heading_of_direction(velocity);
  }
  creature.velocity.metres_per_s = {velocity.x, 0, velocity.z};

  const math::Vec2 way = velocity * (static_cast<float>(ticks) * kTickSeconds);
  physics::Body body{creature.position.metres, true};
  const bool free_way = physics::walk(world.ground, body_of(creature.kind.size), body, way);
  const math::Vec2 moved = flat(body.position) - creature.place();
  creature.position.metres = body.position;
  creature.velocity.grounded = body.grounded ? 1 : 0;
  const bool blocked = !free_way && dot(moved, way) < dot(way, way) * kHardlyAnywhere;
  creature.wander.blocked_ticks = blocked ? creature.wander.blocked_ticks + ticks : 0;
}

void fall(const physics::CollisionWorld& world, const Creature& creature) {
  const math::Vec3 from = creature.position.metres;
  physics::Body body{from, false};
  const physics::BodyShape shape = body_of(creature.kind.size);
  math::Vec3 velocity = creature.velocity.metres_per_s;
  velocity.y = std::max(velocity.y - kGravity * kTickSeconds, -kFallMax);
  const physics::Rise risen = physics::rise(world, shape, body, velocity.y * kTickSeconds);
  if (risen != physics::Rise::AsAsked) velocity.y = 0;
  if (risen == physics::Rise::Slid ||
      !physics::walk(world, shape, body, flat(velocity) * kTickSeconds)) {
    const math::Vec3 went = (body.position - from) * static_cast<float>(kTicksPerSecond);
    velocity = {went.x, velocity.y, went.z};
  }
  creature.position.metres = body.position;
  creature.velocity = {body.grounded ? math::Vec3{} : velocity, body.grounded ? 1u : 0u};
}

}  // namespace tessera::wandering::detail

namespace tessera::wandering {

physics::BodyShape body_of(CreatureSize size) {
  const nav::AgentShape agent = nav::shape_of(static_cast<nav::AgentSize>(size));
  return {.capsule = {agent.radius_m, agent.height_m}, .step_up_m = agent.step_m};
}

}  // namespace tessera::wandering
