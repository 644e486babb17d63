// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Creatures stroll about their homes: choose a place near by, walk there, pause. Phase::Move; they
// collide as players do.
#pragma once

#include <cstdint>

#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/pace/pace.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::wandering {

/// What a creature is about to do. Written by wander.
struct Wander {
  math::Vec2 home{};
  math::Vec2 destination{};
  TickNumber resume_at = 0;      ///< pauses until then
  TickNumber give_up_at = 0;     ///< takes another destination if it has not arrived by then
  std::uint32_t definition = 0;  ///< CreatureDefinition::id
  std::uint32_t walking = 0;     ///< 1: on its way
  friend constexpr auto describe(ecs::Described<Wander>) {
    return ecs::component<Wander>(
        "wander", {}, ecs::field("home", &Wander::home),
        ecs::field("destination", &Wander::destination),
        ecs::field("resume_at", &Wander::resume_at), ecs::field("give_up_at", &Wander::give_up_at),
        ecs::field("definition", &Wander::definition), ecs::field("walking", &Wander::walking));
  }
};

/// Creatures and players never share a row, so that both move side by side.
using Creatures = Query<Wander, Position, Heading, Velocity, Without<movement::InputQueue>>;

void wander(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
            Singleton<const pace::Pace> pace, Creatures creatures);

/// Puts the zone's creatures into an empty world, in free places of their home rings, each pausing
/// for a random while. The same seed gives the same creatures. For the zone's creation, before its
/// first tick. Returns how many found a place: all, unless content leaves no room.
std::uint32_t populate(ecs::Registry& registry, const ZoneDefinition& zone,
                       const physics::CollisionWorld& world, std::uint64_t seed);

}  // namespace tessera::wandering
