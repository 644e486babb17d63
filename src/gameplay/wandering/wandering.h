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
#include "gameplay/wandering/orders.h"

namespace tessera::wandering {

enum class Doing : std::uint32_t {
  Rests,
  Asks,          ///< has sent a PathRequest
  Walks,         ///< along its Path
  WalksAndAsks,  ///< along its old Path, until there is another
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
  std::uint32_t has_orders = 0;     ///< 1: its Orders count; written by who gives them
  TickNumber stuck_since = 0;       ///< there is no way to where its orders send it; 0: there is
  friend constexpr auto describe(ecs::Described<Wander>) {
    return ecs::component<Wander>(
        "wander", {.version = 3}, ecs::field("home", &Wander::home),
        ecs::field("definition", &Wander::definition), ecs::field("resume_at", &Wander::resume_at),
        ecs::field("give_up_at", &Wander::give_up_at), ecs::field("doing", &Wander::doing),
        ecs::field("corner", &Wander::corner), ecs::field("blocked_ticks", &Wander::blocked_ticks),
        ecs::field("has_orders", &Wander::has_orders),
        ecs::field("stuck_since", &Wander::stuck_since));
  }
};

/// How a creature of this size is made.
physics::BodyShape body_of(CreatureSize size);

/// Creatures and players never share a row.
using Creatures = Query<Wander, Position, Heading, Velocity, navigation::PathRequest, crowd::Member,
                        const navigation::Path, Without<movement::InputQueue>>;

/// Of creatures that fight, and so have somebody who decides for them.
using Senders = Query<const combat::Fighter, const Condition, const Orders>;

/// Phase::Move, after the players have moved. Who has orders follows them, all others stroll; who
/// is dead or held stays where it is.
void wander(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
            const crowd::Crowd& crowd, Singleton<const pace::Pace> pace, Creatures creatures,
            Senders senders);

}  // namespace tessera::wandering
