// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Creatures stroll about their homes: choose a place near by, ask for a way (gameplay/navigation),
// walk it from corner to corner, pause. They collide as players do, and mind players and each other
// where somebody can see it (gameplay/crowd).
#pragma once

#include <cstdint>

#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "engine/physics/motion/body_motion.h"
#include "gameplay/combat/fighter.h"
#include "gameplay/crowd/crowd.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/navigation/paths.h"
#include "gameplay/pace/pace.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::wandering {

enum class Doing : std::uint32_t {
  Rests,
  Asks,   ///< has sent a PathRequest
  Walks,  ///< along its Path
};

/// What a creature is about. Written by wander.
struct Wander {
  math::Vec3 home{};
  std::uint32_t definition = 0;  ///< CreatureDefinition::id
  TickNumber resume_at = 0;      ///< rests until then
  TickNumber give_up_at = 0;     ///< rests if it has not arrived by then
  Doing doing = Doing::Rests;
  std::uint32_t corner = 0;         ///< of its path: walks there
  std::uint32_t blocked_ticks = 0;  ///< so long it has got hardly anywhere
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Wander>) {
    return ecs::component<Wander>(
        "wander", {.version = 2}, ecs::field("home", &Wander::home),
        ecs::field("definition", &Wander::definition), ecs::field("resume_at", &Wander::resume_at),
        ecs::field("give_up_at", &Wander::give_up_at), ecs::field("doing", &Wander::doing),
        ecs::field("corner", &Wander::corner), ecs::field("blocked_ticks", &Wander::blocked_ticks),
        ecs::field("reserved", &Wander::reserved));
  }
};

/// How a creature of this size is made.
physics::BodyShape body_of(CreatureSize size);

/// Creatures and players never share a row.
using Creatures = Query<Wander, Position, Heading, Velocity, navigation::PathRequest, crowd::Member,
                        const navigation::Path, Without<movement::InputQueue>>;

/// Phase::Move, after the players have moved. Who is dead or held stays where it is.
void wander(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
            const crowd::Crowd& crowd, Singleton<const pace::Pace> pace, Creatures creatures,
            Query<const combat::Fighter> fighters);

/// A creature of a kind that stands at its home. It is a fighter if its kind says as what, and the
/// rules have that.
EntityId spawn_creature(ecs::Registry& registry, const Rulebook& rules,
                        const CreatureDefinition& kind, math::Vec3 home, float heading,
                        std::uint32_t level = 1);

/// Puts the zone's creatures into an empty world, each pausing for a random while, at homes in
/// their rings: free and dry places on the navigation mesh, from which there is a way to the first
/// spawn point. The same seed gives the same creatures. For the zone's creation, before its first
/// tick. Returns how many found a place: all, unless content leaves no room.
std::uint32_t populate(ecs::Registry& registry, const ZoneDefinition& zone,
                       const physics::CollisionWorld& world,
                       const navigation::Navigation& navigation, std::uint64_t seed);

}  // namespace tessera::wandering
