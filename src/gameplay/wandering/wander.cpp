// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs in Phase::Move, in parallel by chunk. A creature that pauses costs a comparison; one that
// walks costs one motion. Chance depends on (seed, creature, tick), so on nothing that happens
// elsewhere.

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "engine/physics/motion/body_motion.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::wandering {
namespace {

constexpr physics::BodyShape kShape;
constexpr float kGravity = 20.0f;
constexpr float kFallMax = 50.0f;
/// A walk takes at most twice the time of its straight line, and a second.
constexpr float kPatience = 2.0f;

struct Creature {
  EntityId id;
  Wander& wander;
  Position& position;
  Heading& heading;
  Velocity& velocity;
};

float chance(const Step& step, EntityId id, std::uint64_t purpose) {
  return random_unit(step.seed, id, step.now, purpose);
}

void set_out(const Step& step, const CreatureDefinition& kind, const Creature& creature) {
  Wander& wander = creature.wander;
  const float turn = chance(step, creature.id, random_purpose("wander_turn")) * math::kTwoPi;
  // The square root spreads destinations evenly over the disc.
  const float way = std::sqrt(chance(step, creature.id, random_purpose("wander_way")));
  wander.destination =
      wander.home + math::direction_of_heading(turn - math::kPi) * (way * kind.roam_radius_m);
  const math::Vec2 offset = wander.destination - flat(creature.position.metres);
  const float seconds = length(offset) / kind.walk_m_per_s * kPatience + 1;
  wander.give_up_at = step.now + static_cast<TickNumber>(seconds * kTicksPerSecond);
  wander.walking = 1;
  creature.heading.radians = math::heading_of_direction(offset);
}

void rest(const Step& step, const CreatureDefinition& kind, const Creature& creature) {
  const float share = chance(step, creature.id, random_purpose("wander_pause"));
  const float seconds = kind.pause_s_min + (kind.pause_s_max - kind.pause_s_min) * share;
  creature.wander.resume_at = step.now + 1 + static_cast<TickNumber>(seconds * kTicksPerSecond);
  creature.wander.walking = 0;
  creature.velocity.metres_per_s = {};
}

/// In the air it keeps its way: off a ledge, or thrown. It lands standing.
void fall(const physics::CollisionWorld& world, const Creature& creature) {
  const math::Vec3 from = creature.position.metres;
  physics::Body body{from, false};
  math::Vec3 velocity = creature.velocity.metres_per_s;
  velocity.y = std::max(velocity.y - kGravity * kTickSeconds, -kFallMax);
  const physics::Rise risen = physics::rise(world, kShape, body, velocity.y * kTickSeconds);
  if (risen != physics::Rise::AsAsked) velocity.y = 0;
  if (risen == physics::Rise::Slid ||
      !physics::walk(world, kShape, body, flat(velocity) * kTickSeconds)) {
    const math::Vec3 went = (body.position - from) * static_cast<float>(kTicksPerSecond);
    velocity = {went.x, velocity.y, went.z};
  }
  creature.position.metres = body.position;
  creature.velocity = {body.grounded ? math::Vec3{} : velocity, body.grounded ? 1u : 0u};
}

void walk_on(const Step& step, const CreatureDefinition& kind, const physics::CollisionWorld& world,
             const Creature& creature) {
  const math::Vec2 offset = creature.wander.destination - flat(creature.position.metres);
  const float distance = length(offset);
  const float stride = kind.walk_m_per_s * kTickSeconds;
  if (distance <= stride || step.now >= creature.wander.give_up_at) {
    return rest(step, kind, creature);
  }
  physics::Body body{creature.position.metres, true};
  const math::Vec2 way = offset * (stride / distance);
  const bool free_way = physics::walk(world, kShape, body, way);
  creature.position.metres = body.position;
  creature.velocity.grounded = body.grounded ? 1 : 0;
  if (!free_way) return rest(step, kind, creature);
  const math::Vec2 velocity = way * static_cast<float>(kTicksPerSecond);
  creature.velocity.metres_per_s = {velocity.x, 0, velocity.z};
}

}  // namespace

void wander(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
            Singleton<const pace::Pace> pace, Creatures creatures) {
  creatures.par_each(
      [&](EntityId id, Wander& wander, Position& position, Heading& heading, Velocity& velocity) {
        const Creature creature{id, wander, position, heading, velocity};
        if (velocity.grounded == 0) return fall(world, creature);
        if (step.now < wander.resume_at) return;
        const CreatureDefinition* kind = zone.find_creature(wander.definition);
        if (kind == nullptr) return;  // its kind has gone from the content
        if (wander.walking == 0) {
          if (pace->ai_reduced != 0) return;  // overload: it stays where it is
          set_out(step, *kind, creature);
        }
        walk_on(step, *kind, world, creature);
      });
}

}  // namespace tessera::wandering
