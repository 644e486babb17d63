// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs in Phase::Move, in parallel by chunk. A creature that rests costs a comparison; one that
// walks costs one motion, every tick near players and every sixth tick elsewhere. Chance depends on
// (seed, creature, tick), so on nothing that happens elsewhere.

#include <algorithm>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/wandering/detail/creature.h"

namespace tessera::wandering {
namespace {

using detail::Creature;
using detail::World;
using navigation::Path;
using navigation::PathState;

/// A walk takes at most twice the time of its way, and a second.
constexpr float kPatience = 2.0f;
/// A way that is longer than so many roam radii leads to the other side of something: not worth it.
constexpr float kWayInRadii = 4.0f;
/// A lake in the roam radius makes wet guesses likely.
constexpr int kGuesses = 4;

float chance(const Step& step, EntityId id, std::uint64_t purpose) {
  return random_unit(step.seed, id, step.now, purpose);
}

void rest(const Step& step, const Creature& creature) {
  const CreatureDefinition& kind = creature.kind;
  const float share = chance(step, creature.id, random_purpose("wander_pause"));
  const float seconds = kind.pause_s_min + (kind.pause_s_max - kind.pause_s_min) * share;
  creature.wander.resume_at = step.now + 1 + static_cast<TickNumber>(seconds * kTicksPerSecond);
  creature.wander.doing = Doing::Rests;
  detail::stand(creature);
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

void ask_and_wait(const Step& step, const Creature& creature, math::Vec3 to) {
  detail::ask(step, creature, to);
  creature.wander.doing = Doing::Asks;
  detail::stand(creature);
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

void arrive(const Step& step, const Creature& creature) {
  if (creature.path.state == PathState::Partway)
    return ask_and_wait(step, creature, creature.request.to);
  rest(step, creature);
}

void walk_on(const World& world, const Creature& creature) {
  if (!detail::moves_now(world, creature)) return;
  Wander& wander = creature.wander;
  if (world.step.now >= wander.give_up_at) return rest(world.step, creature);
  const float speed = creature.kind.walk_m_per_s * creature.speed_share;
  const std::uint32_t corner_before = wander.corner;
  math::Vec2 offset;
  if (!detail::find_corner(world, creature, speed, offset)) return arrive(world.step, creature);
  detail::stride(world, creature, offset, speed, wander.corner != corner_before);
  if (wander.blocked_ticks >= detail::kBlockedTicksMax) rest(world.step, creature);
}

void act(const World& world, bool may_set_out, const Creature& creature) {
  switch (creature.wander.doing) {
    case Doing::Rests:
      if (may_set_out) ask_and_wait(world.step, creature, choose_place(world, creature));
      return;
    case Doing::Asks:
      if (creature.request.requested_at == 0) set_out(world.step, creature);
      return;
    case Doing::Walks:
      return walk_on(world, creature);
    case Doing::WalksAndAsks:  // it has been called off
      return rest(world.step, creature);
  }
}

/// What holds it, slows it and sends it, of one that can fight.
struct Sent {
  bool is_held = false;
  float speed_share = 1;
  const Orders* orders = nullptr;  ///< null: it strolls
};

Sent find_sent(const Senders& senders, EntityId id, bool has_orders) {
  const auto found = senders.get(id);
  if (!found) return {};
  const auto& [fighter, condition, orders] = *found;
  constexpr std::uint8_t kHeld = kCannotMove | kCannotAct;
  return {.is_held = fighter.life != combat::Life::Alive || (fighter.controls & kHeld) != 0,
          .speed_share = static_cast<float>(condition.speed) / 100,
          .orders = has_orders ? &orders : nullptr};
}

}  // namespace

void wander(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
            const crowd::Crowd& crowd, Singleton<const pace::Pace> pace, Creatures creatures,
            Senders senders) {
  const World surroundings{step, world, crowd};
  const bool may_set_out = pace->ai_reduced == 0;  // overload: who rests stays where it is
  creatures.par_each([&](EntityId id, Wander& wander, Position& position, Heading& heading,
                         Velocity& velocity, navigation::PathRequest& request,
                         crowd::Member& member, const Path& path) {
    const bool stands = velocity.grounded != 0;
    const bool rests = wander.doing == Doing::Rests && step.now < wander.resume_at;
    if (stands && rests && wander.has_orders == 0) return;
    const Sent sent = find_sent(senders, id, wander.has_orders != 0);
    const CreatureDefinition* kind = zone.find_creature(wander.definition);
    if (kind == nullptr) return;  // its kind has gone from the content
    const Creature creature{id,       *kind,   wander, position, heading,
                            velocity, request, member, path,     sent.speed_share};
    if (!stands) return detail::fall(world, creature);
    if (sent.is_held && sent.orders != nullptr) return detail::stand(creature);
    if (sent.is_held) return rest(step, creature);
    if (sent.orders != nullptr) return detail::march(surroundings, creature, *sent.orders);
    act(surroundings, may_set_out, creature);
  });
}

}  // namespace tessera::wandering
