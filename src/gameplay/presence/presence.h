// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Characters enter and leave the world. LeaveWorld is handled in Phase::Act and EnterWorld in
// Phase::World, so that one who comes back in the tick in which its old session ends is let in.
#pragma once

#include <cstdint>

#include "engine/core/fixed_string.h"
#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "gameplay/combat/fighter.h"
#include "gameplay/combat/talents.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/experience/experience.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::presence {

/// Set in EnterWorld::flags when position and heading are those of the last visit.
inline constexpr std::uint32_t kHasSavedPosition = 1;

/// A loaded character begins to play.
struct EnterWorld {
  SessionId session{};
  CharacterId character{};
  AccountId account{};
  FixedString<kNameBytesMax> name{};
  math::Vec3 position{};  ///< used if it is free; otherwise a spawn point is taken
  float heading = 0;
  std::uint32_t look = 0;
  std::uint32_t flags = 0;
  std::uint32_t class_id = 0;
  std::uint32_t level = 1;
  std::uint32_t experience = 0;
  std::uint32_t reserved = 0;
  combat::Talents talents{};
  friend constexpr auto describe(ecs::Described<EnterWorld>) {
    return ecs::component<EnterWorld>(
        "enter_world", {.version = 3}, ecs::field("session", &EnterWorld::session),
        ecs::field("character", &EnterWorld::character),
        ecs::field("account", &EnterWorld::account), ecs::field("name", &EnterWorld::name),
        ecs::field("position", &EnterWorld::position), ecs::field("heading", &EnterWorld::heading),
        ecs::field("look", &EnterWorld::look), ecs::field("flags", &EnterWorld::flags),
        ecs::field("class_id", &EnterWorld::class_id), ecs::field("level", &EnterWorld::level),
        ecs::field("experience", &EnterWorld::experience),
        ecs::field("reserved", &EnterWorld::reserved), ecs::field("talents", &EnterWorld::talents));
  }
};

/// A session ends, for whatever reason; the reason is not judged, only passed on.
struct LeaveWorld {
  SessionId session{};
  std::uint32_t reason = 0;
  std::uint32_t may_stay = 0;  ///< 1: in combat the character stays for kStayTicks
  friend constexpr auto describe(ecs::Described<LeaveWorld>) {
    return ecs::component<LeaveWorld>(
        "leave_world", {}, ecs::field("session", &LeaveWorld::session),
        ecs::field("reason", &LeaveWorld::reason), ecs::field("may_stay", &LeaveWorld::may_stay));
  }
};

/// Nobody escapes from a fight by closing the window.
inline constexpr TickNumber kStayTicks = 15 * kTicksPerSecond;

/// A session has ended, and its character stays for a while: it can be hurt, and does nothing.
struct StayedBehind {
  SessionId session{};
  EntityId entity{};
};

/// Its player came back in time: the character goes on as it stands, with another session.
struct TakenOver {
  SessionId old_session{};
  SessionId session{};
  EntityId entity{};
};

struct EnteredWorld {
  SessionId session{};
  CharacterId character{};
  EntityId entity{};
  math::Vec3 position{};
  float heading = 0;
};

enum class EnterRefusal : std::uint32_t {
  AlreadyInWorld,  ///< this character, or this session, plays already
  WorldFull,
  SessionClosed,  ///< it left in the same tick
  NotACharacter,  ///< an id is zero
};

struct EnterRefused {
  SessionId session{};
  CharacterId character{};
  EnterRefusal reason{};
  std::uint32_t reserved = 0;
};

/// The last word about a visit: what the characters service must save.
struct LeftWorld {
  SessionId session{};
  EntityId entity{};
  CharacterId character{};
  AccountId account{};
  math::Vec3 position{};
  float heading = 0;
  TickNumber play_ticks = 0;  ///< of this visit
  combat::Talents talents{};
  std::uint32_t reason = 0;  ///< that of LeaveWorld
  std::uint32_t level = 1;
  std::uint32_t experience = 0;  ///< within the level
  std::uint32_t reserved = 0;
};

/// Removes the characters of ended sessions; those who may stay and are in combat some time later.
/// A session without a character is nobody's loss.
void leave_world(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
                 In<LeaveWorld> intents, Query<const PlayerControl> all_players,
                 Query<PlayerControl, const Position, const Heading> players,
                 Query<const combat::Fighter, const experience::Progress> fighters,
                 combat::TalentsOf talents, Commands& commands, Out<LeftWorld> left,
                 Out<StayedBehind> stayed);

/// Spawns characters with all that a player has (spawn_player in enter_world.cpp). One who has
/// stayed behind is taken over as it stands. Invariants: a character is in the world once; there
/// are never more than players_max.
void enter_world(const Step& step, const ZoneDefinition& zone, const physics::CollisionWorld& world,
                 In<EnterWorld> intents, In<LeaveWorld> leaving, Query<const PlayerControl> players,
                 Query<PlayerControl, const Position, const Heading> staying, Commands& commands,
                 Out<EnteredWorld> entered, Out<TakenOver> taken_over, Out<EnterRefused> refused);

}  // namespace tessera::presence
