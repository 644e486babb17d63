// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What becomes of players who die.
//
//   Resolve  note_deaths      a player falls: his Corpse says where
//   Act      release_spirits  he lets go of his body, or is made to after kReleaseTicks, and stands
//                             as a spirit in the nearest graveyard
//   Act      revive           a spirit rises by his body with half his strength, or, weary for a
//                             while, where he came to stand
//
// A spirit is faster than the living; nobody sees it as an enemy, and it touches nobody.
#pragma once

#include <cstdint>

#include "gameplay/combat/combat.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/shared/rule.h"

namespace tessera::death {

/// A minute: who has gone away from the keyboard does not lie about for ever.
inline constexpr TickNumber kReleaseTicks = 60 * kTicksPerSecond;
/// So near his body, or the place to which he was taken, a spirit may rise.
inline constexpr float kReach_m = 12;

/// Where a player fell. Every player has one; it counts while he is dead or a spirit.
struct Corpse {
  math::Vec3 place{};
  math::Vec3 graveyard{};  ///< where he came to stand as a spirit
  TickNumber died_at = 0;
  friend constexpr auto describe(ecs::Described<Corpse>) {
    return ecs::component<Corpse>(
        "corpse", {.audience = ecs::Audience::Owner}, ecs::field("place", &Corpse::place),
        ecs::field("graveyard", &Corpse::graveyard), ecs::field("died_at", &Corpse::died_at));
  }
};

/// A player wants to leave his body.
struct ReleaseSpirit {
  EntityId entity{};
  std::uint32_t action = 0;
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<ReleaseSpirit>) {
    return ecs::component<ReleaseSpirit>("release_spirit", {},
                                         ecs::field("entity", &ReleaseSpirit::entity),
                                         ecs::field("action", &ReleaseSpirit::action),
                                         ecs::field("reserved", &ReleaseSpirit::reserved));
  }
};

/// A spirit wants to live again.
struct Revive {
  EntityId entity{};
  std::uint32_t action = 0;
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Revive>) {
    return ecs::component<Revive>("revive", {}, ecs::field("entity", &Revive::entity),
                                  ecs::field("action", &Revive::action),
                                  ecs::field("reserved", &Revive::reserved));
  }
};

struct SpiritReleased {
  EntityId entity{};
  std::uint32_t action = 0;  ///< 0: he was made to
};

struct Revived {
  EntityId entity{};
  std::uint32_t action = 0;
  std::uint32_t by_corpse = 0;
};

enum class DeathRefusal : std::uint8_t {
  NotDead,     ///< there is nothing to let go of
  NotASpirit,  ///< he must let go of his body first
  TooFar,      ///< from his body and from the graveyard
};

struct DeathRefused {
  EntityId entity{};
  std::uint32_t action = 0;
  DeathRefusal reason{};
};

/// The middle of the graveyard that is nearest, or else the nearest spawn point; standing on what
/// is there.
math::Vec3 nearest_graveyard(const ZoneDefinition& zone, const physics::CollisionWorld& world,
                             math::Vec3 place);

void note_deaths(const Step& step, InEvents<combat::Died> died,
                 Query<Corpse, const Position> players);

void release_spirits(const Step& step, const ZoneDefinition& zone,
                     const physics::CollisionWorld& world, In<ReleaseSpirit> intents,
                     Query<const Corpse, const combat::Fighter> bodies,
                     Query<Corpse, combat::Fighter, combat::Vitals, Position, Velocity> players,
                     Out<SpiritReleased> released, Out<DeathRefused> refused);

void revive(const Step& step, const Rulebook& rules, In<Revive> intents,
            Query<Corpse, combat::Fighter, combat::Vitals, combat::Stats, effects::RunningEffects,
                  const Position>
                players,
            combat::TalentsOf talents, Out<Revived> revived, Out<combat::EffectGiven> given,
            Out<DeathRefused> refused);

}  // namespace tessera::death
