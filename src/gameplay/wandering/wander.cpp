// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs in Phase::Move, in parallel by chunk. A creature that rests costs a comparison; one that
// walks costs one motion, every tick near players and every sixth tick elsewhere. Chance depends on
// (seed, creature, tick), so on nothing that happens elsewhere.

#include <algorithm>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::wandering {
namespace {

constexpr float kGravity = 20.0f;
constexpr float kFallMax = 50.0f;
/// A walk takes at most twice the time of its way, and a second.
constexpr float kPatience = 2.0f;
/// A way that is longer than so many roam radii leads to the other side of something: not worth it.
constexpr float kWayInRadii = 4.0f;
/// A corner counts as reached from here: in a crowd nobody gets to a point exactly.
constexpr float kCornerReach_m = 0.25f;
/// Who gets less than this share of its stride ahead is blocked; after half a second it gives up.
constexpr float kHardlyAnywhere = 0.25f;
constexpr std::uint32_t kBlockedTicksMax = 30;
/// A lake in the roam radius makes wet guesses likely.
constexpr int kGuesses = 4;

using navigation::Path;
using navigation::PathState;

struct Creature {
  EntityId id;
  const CreatureDefinition& kind;
  Wander& wander;
  Position& position;
  Heading& heading;
  Velocity& velocity;
  navigation::PathRequest& request;
  crowd::Member& member;
  const Path& path;

  math::Vec2 place() const { return flat(position.metres); }
};

struct World {
  const Step& step;
  const physics::CollisionWorld& ground;
  const crowd::Crowd& crowd;
};

float chance(const Step& step, EntityId id, std::uint64_t purpose) {
  return random_unit(step.seed, id, step.now, purpose);
}

void stand(const Creature& creature) {
  creature.velocity.metres_per_s = {};
  creature.member.wish = {};
  creature.member.is_steered = 0;
}

void rest(const Step& step, const Creature& creature) {
  const CreatureDefinition& kind = creature.kind;
  const float share = chance(step, creature.id, random_purpose("wander_pause"));
  const float seconds = kind.pause_s_min + (kind.pause_s_max - kind.pause_s_min) * share;
  creature.wander.resume_at = step.now + 1 + static_cast<TickNumber>(seconds * kTicksPerSecond);
  creature.wander.doing = Doing::Rests;
  stand(creature);
}

/// A place within the roam radius, dry if one of some guesses is. The search puts it on the mesh.
math::Vec3 choose_place(const World& world, const Creature& creature) {
  const float radius = creature.member.radius_m;
  math::Vec3 place;
  for (int guess = 0; guess < kGuesses; ++guess) {
    const EntityId salt{creature.id.value + (static_cast<std::uint64_t>(guess) << 56)};
    const float turn = chance(world.step, salt, random_purpose("wander_turn")) * math::kTwoPi;
    // The square root spreads destinations evenly over the disc.
    const float share = std::sqrt(chance(world.step, salt, random_purpose("wander_way")));
    const math::Vec2 way =
        math::direction_of_heading(turn - math::kPi) * (share * creature.kind.roam_radius_m);
    const math::Vec2 at = world.ground.inside_bounds(flat(creature.wander.home) + way, radius);
    const float top = std::max(creature.wander.home.y, creature.position.metres.y) + 1;
    place = {at.x, world.ground.floor_at(at, radius, top), at.z};
    if (place.y >= world.ground.water_level_m()) break;
  }
  return place;
}

void ask(const Step& step, const Creature& creature, math::Vec3 to) {
  creature.request.to = to;
  creature.request.size = creature.kind.size;
  creature.request.requested_at = step.now;
  creature.wander.doing = Doing::Asks;
  stand(creature);
}

float length_of(const Path& path, math::Vec3 from) {
  float metres = 0;
  for (std::uint32_t i = 0; i < path.count; ++i) {
    metres += distance(from, path.corners[i]);
    from = path.corners[i];
  }
  return metres;
}

/// The answer is there: sets out, or stays.
void set_out(const Step& step, const Creature& creature) {
  Wander& wander = creature.wander;
  const float way_m = length_of(creature.path, creature.position.metres);
  const bool is_way =
      creature.path.state == PathState::Complete || creature.path.state == PathState::Partway;
  if (!is_way || way_m > creature.kind.roam_radius_m * kWayInRadii) return rest(step, creature);
  const float seconds = way_m / creature.kind.walk_m_per_s * kPatience + 1;
  wander.give_up_at = step.now + static_cast<TickNumber>(seconds * kTicksPerSecond);
  wander.doing = Doing::Walks;
  wander.corner = 0;
  wander.blocked_ticks = 0;
}

/// Goes on to the next corner when one is reached. False at the end of the path.
bool find_corner(const Creature& creature, float stride_m, math::Vec2& offset) {
  Wander& wander = creature.wander;
  const float reach = std::max(stride_m, kCornerReach_m);
  for (; wander.corner < creature.path.count; ++wander.corner) {
    offset = flat(creature.path.corners[wander.corner]) - creature.place();
    if (dot(offset, offset) > reach * reach) return true;
  }
  return false;
}

void arrive(const Step& step, const Creature& creature) {
  if (creature.path.state == PathState::Partway) return ask(step, creature, creature.request.to);
  rest(step, creature);
}

void step_along(const World& world, const Creature& creature, math::Vec2 way, std::uint32_t ticks) {
  Wander& wander = creature.wander;
  physics::Body body{creature.position.metres, true};
  const bool free_way = physics::walk(world.ground, body_of(creature.kind.size), body, way);
  const math::Vec2 moved = flat(body.position) - creature.place();
  creature.position.metres = body.position;
  creature.velocity.grounded = body.grounded ? 1 : 0;
  const bool blocked = !free_way && dot(moved, way) < dot(way, way) * kHardlyAnywhere;
  wander.blocked_ticks = blocked ? wander.blocked_ticks + ticks : 0;
  if (wander.blocked_ticks >= kBlockedTicksMax) rest(world.step, creature);
}

void walk_on(const World& world, const Creature& creature) {
  const bool near = world.crowd.is_near_player(creature.place());
  const bool turn = crowd::has_turn(creature.id, world.step.now);
  if (!near && !turn) return;
  if (world.step.now >= creature.wander.give_up_at) return rest(world.step, creature);
  const std::uint32_t ticks = near ? 1 : crowd::kTurnTicks;
  const float seconds = static_cast<float>(ticks) * kTickSeconds;
  const float speed = creature.kind.walk_m_per_s;
  const std::uint32_t corner_before = creature.wander.corner;
  math::Vec2 offset;
  if (!find_corner(creature, speed * seconds, offset)) return arrive(world.step, creature);

  crowd::Member& member = creature.member;
  const bool sets_out = member.wish == math::Vec2{};
  member.wish = offset * (speed / length(offset));
  if (!near) member.is_steered = 0;
  const math::Vec2 velocity = member.is_steered != 0 ? member.steered : member.wish;
  if (turn || sets_out || creature.wander.corner != corner_before) {
    creature.heading.radians = math::heading_of_direction(velocity);
  }
  creature.velocity.metres_per_s = {velocity.x, 0, velocity.z};
  step_along(world, creature, velocity * seconds, ticks);
}

/// In the air it keeps its way: off a ledge, or thrown. It lands standing.
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

void act(const World& world, bool may_set_out, const Creature& creature) {
  switch (creature.wander.doing) {
    case Doing::Rests:
      if (may_set_out) ask(world.step, creature, choose_place(world, creature));
      return;
    case Doing::Asks:
      if (creature.request.requested_at == 0) set_out(world.step, creature);
      return;
    case Doing::Walks:
      return walk_on(world, creature);
  }
}

bool is_held(const Query<const combat::Fighter>& fighters, EntityId id) {
  const auto found = fighters.get(id);
  if (!found) return false;
  const auto& [fighter] = *found;
  constexpr std::uint8_t kHeld = kCannotMove | kCannotAct;
  return fighter.life != combat::Life::Alive || (fighter.controls & kHeld) != 0;
}

}  // namespace

void wander(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
            const crowd::Crowd& crowd, Singleton<const pace::Pace> pace, Creatures creatures,
            Query<const combat::Fighter> fighters) {
  const World surroundings{step, world, crowd};
  const bool may_set_out = pace->ai_reduced == 0;  // overload: who rests stays where it is
  creatures.par_each([&](EntityId id, Wander& wander, Position& position, Heading& heading,
                         Velocity& velocity, navigation::PathRequest& request,
                         crowd::Member& member, const Path& path) {
    const bool stands = velocity.grounded != 0;
    if (stands && wander.doing == Doing::Rests && step.now < wander.resume_at) return;
    const CreatureDefinition* kind = zone.find_creature(wander.definition);
    if (kind == nullptr) return;  // its kind has gone from the content
    const Creature creature{id, *kind, wander, position, heading, velocity, request, member, path};
    if (!stands) return fall(world, creature);
    if (is_held(fighters, id)) return rest(step, creature);
    act(surroundings, may_set_out, creature);
  });
}

}  // namespace tessera::wandering
