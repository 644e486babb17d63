// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// When players fight each other: both have raised their flag, and not under the same banner, or
// both have agreed to a duel.
//
//   Act       set_flags       a flag is raised at once, and falls some minutes after one has taken
//                             it down, or after the last blow
//             arrange_duels   challenges, answers, and those who give up
//   Resolve   heed_blows      who heals a flagged fighter in combat is flagged himself; a duellist
//                             who would die yields
//   World     run_duels       countdown, the circle, its end
//   Progress  reward_kills    honour for a flagged enemy, ever less for the same one
//
// In safe areas nobody is touched, flagged or not (gameplay/abilities).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/physics/triggers/area_index.h"
#include "gameplay/combat/combat.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/shared/rule.h"

namespace tessera::pvp {

enum class DuelState : std::uint32_t {
  None,
  Asks,       ///< has challenged somebody
  IsAsked,    ///< and has not answered
  Countdown,  ///< nobody can be touched yet
  Fights,
};

/// Of a player. Written by arrange_duels and run_duels.
struct Duel {
  EntityId opponent{};
  math::Vec3 middle{};  ///< of the circle
  DuelState state{};
  TickNumber until = 0;           ///< the challenge counts; the countdown lasts
  TickNumber left_circle_at = 0;  ///< 0: he is inside
  friend constexpr auto describe(ecs::Described<Duel>) {
    return ecs::component<Duel>(
        "duel", {.audience = ecs::Audience::Owner}, ecs::field("opponent", &Duel::opponent),
        ecs::field("middle", &Duel::middle), ecs::field("state", &Duel::state),
        ecs::field("until", &Duel::until), ecs::field("left_circle_at", &Duel::left_circle_at));
  }
};

struct Victim {
  CharacterId character{};
  TickNumber forget_at = 0;
  std::uint32_t kills = 0;
  std::uint32_t reserved = 0;
};

}  // namespace tessera::pvp

template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::pvp::Victim> = true;

namespace tessera::pvp {

/// Those whom one has killed lately; the oldest makes room.
inline constexpr std::size_t kVictimsMax = 8;

/// Of a player.
struct Renown {
  std::array<Victim, kVictimsMax> victims{};
  TickNumber flag_falls_at = 0;  ///< 0: it stays up until he takes it down
  std::uint32_t honour = 0;
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Renown>) {
    return ecs::component<Renown>(
        "renown", {.audience = ecs::Audience::Owner}, ecs::field("victims", &Renown::victims),
        ecs::field("flag_falls_at", &Renown::flag_falls_at), ecs::field("honour", &Renown::honour),
        ecs::field("reserved", &Renown::reserved));
  }
};

// ---- what comes in ------------------------------------------------------------------------------

struct SetFlag {
  EntityId entity{};
  std::uint32_t action = 0;
  std::uint32_t is_up = 0;
  std::uint32_t banner = 0;  ///< 1 to kBannersMax; 0: none
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<SetFlag>) {
    return ecs::component<SetFlag>(
        "set_flag", {}, ecs::field("entity", &SetFlag::entity),
        ecs::field("action", &SetFlag::action), ecs::field("is_up", &SetFlag::is_up),
        ecs::field("banner", &SetFlag::banner), ecs::field("reserved", &SetFlag::reserved));
  }
};

enum class DuelWish : std::uint32_t { Challenge, Accept, Decline, GiveUp };

struct WishDuel {
  EntityId entity{};
  EntityId target{};  ///< of a challenge
  std::uint32_t action = 0;
  DuelWish wish{};
  friend constexpr auto describe(ecs::Described<WishDuel>) {
    return ecs::component<WishDuel>("wish_duel", {}, ecs::field("entity", &WishDuel::entity),
                                    ecs::field("target", &WishDuel::target),
                                    ecs::field("action", &WishDuel::action),
                                    ecs::field("wish", &WishDuel::wish));
  }
};

// ---- what comes out -----------------------------------------------------------------------------

/// By himself (`action`), because it has fallen, or because he helped somebody flagged.
struct FlagSet {
  EntityId entity{};
  std::uint32_t action = 0;
  std::uint32_t is_up = 0;
};

/// Somebody is challenged, or a challenge has lapsed or been declined: state None.
struct DuelChanged {
  EntityId entity{};
  EntityId opponent{};
  DuelState state{};
  std::uint32_t action = 0;
};

enum class DuelEnd : std::uint32_t { Yielded, GaveUp, Fled, Died, Left };

struct DuelEnded {
  EntityId winner{};
  EntityId loser{};
  DuelEnd end{};
  std::uint32_t reserved = 0;
};

enum class PvpRefusal : std::uint32_t {
  NotAlive,
  NoTarget,  ///< no player there, dead, or himself
  TooFar,
  Busy,      ///< one of them is in a duel, or in combat; nobody changes his banner in combat
  NotAsked,  ///< nothing to accept, decline or give up
  SafeArea,
};

struct PvpRefused {
  EntityId entity{};
  std::uint32_t action = 0;
  PvpRefusal reason{};
};

struct HonourGained {
  EntityId entity{};
  EntityId victim{};
  std::uint32_t amount = 0;
  std::uint32_t reserved = 0;
};

// ---- the rules ----------------------------------------------------------------------------------

/// So near one must be to challenge somebody.
inline constexpr float kChallenge_m = 20;

using Flags = Query<Renown, combat::Fighter>;
using Duellists = Query<Duel, combat::Fighter, combat::Vitals, effects::RunningEffects,
                        combat::Stats, const Position>;

void set_flags(const Step& step, const Rulebook& rules, In<SetFlag> intents, Flags players,
               Query<const Renown, const combat::Fighter> all, Out<FlagSet> set,
               Out<PvpRefused> refused);

void arrange_duels(const Step& step, const Rulebook& rules, const ZoneDefinition& zone,
                   const physics::AreaIndex& areas, In<WishDuel> wishes, Duellists players,
                   Out<DuelChanged> changed, Out<DuelEnded> ended, Out<PvpRefused> refused);

void heed_blows(const Step& step, const Rulebook& rules, InEvents<combat::CombatEvent> events,
                InEvents<combat::Yielded> yielded, Flags players, Duellists duellists,
                Out<FlagSet> set, Out<DuelEnded> ended);

void run_duels(const Step& step, const Rulebook& rules, Query<const Duel> duels, Duellists players,
               Out<DuelChanged> changed, Out<DuelEnded> ended);

void reward_kills(const Step& step, const Rulebook& rules, InEvents<combat::Died> died,
                  Query<Renown, const combat::Fighter, const PlayerControl> players,
                  Out<HonourGained> gained);

}  // namespace tessera::pvp
