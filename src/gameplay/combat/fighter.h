// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What makes an entity a fighter: players and creatures have the same components, so every rule of
// combat is written once. Which rule writes each is said beside it.
#pragma once

#include <array>
#include <cstdint>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/ecs/component.h"
#include "gameplay/combat/talents.h"
#include "gameplay/definitions/rulebook.h"
#include "gameplay/effects/running_effects.h"
#include "gameplay/lag_compensation/rewind.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::StatValues> = true;

namespace tessera::combat {

/// Who fights whom.
enum class Side : std::uint8_t {
  Players,
  Wildlife,  ///< defends itself, attacks nobody
  Monsters,
};

enum class Life : std::uint8_t {
  Alive,
  Dead,    ///< lies where it fell
  Spirit,  ///< a player who walks back; nobody touches it, and it touches nobody
};

struct Fighter {
  TickNumber in_combat_until = 0;
  TickNumber invulnerable_until = 0;  ///< a dodge
  TickNumber blocks_since = 0;        ///< 0: it does not block
  TickNumber silenced_until = 0;      ///< an interrupt
  TickNumber died_at = 0;
  EntityId killer{};
  ClassId class_id{};
  std::uint16_t level = 1;
  Side side{};
  Life life{};
  std::uint8_t controls = 0;  ///< kCannot... of what runs on it
  std::uint8_t combo_points = 0;
  std::uint32_t duel = 0;       ///< two players with the same number fight each other; 0: none
  std::uint8_t is_flagged = 0;  ///< 1: fights all players who are it, too ...
  std::uint8_t banner = 0;      ///< ... but not those of the same one, 1 to kBannersMax; 0: none
  std::array<std::uint8_t, 2> reserved{};
  friend constexpr auto describe(ecs::Described<Fighter>) {
    return ecs::component<Fighter>(
        "fighter", {}, ecs::field("in_combat_until", &Fighter::in_combat_until),
        ecs::field("invulnerable_until", &Fighter::invulnerable_until),
        ecs::field("blocks_since", &Fighter::blocks_since),
        ecs::field("silenced_until", &Fighter::silenced_until),
        ecs::field("died_at", &Fighter::died_at), ecs::field("killer", &Fighter::killer),
        ecs::field("class_id", &Fighter::class_id), ecs::field("level", &Fighter::level),
        ecs::field("side", &Fighter::side), ecs::field("life", &Fighter::life),
        ecs::field("controls", &Fighter::controls),
        ecs::field("combo_points", &Fighter::combo_points), ecs::field("duel", &Fighter::duel),
        ecs::field("is_flagged", &Fighter::is_flagged), ecs::field("banner", &Fighter::banner),
        ecs::field("reserved", &Fighter::reserved));
  }
};

/// Whole points. Invariant: 0 <= health <= health_max, 0 <= resource <= resource_max, and health is
/// 0 if and only if the fighter is not alive.
struct Vitals {
  std::int32_t health = 1;
  std::int32_t health_max = 1;
  std::int32_t resource = 0;
  std::int32_t resource_max = 0;
  friend constexpr auto describe(ecs::Described<Vitals>) {
    return ecs::component<Vitals>(
        "vitals", {.audience = ecs::Audience::Owner}, ecs::field("health", &Vitals::health),
        ecs::field("health_max", &Vitals::health_max), ecs::field("resource", &Vitals::resource),
        ecs::field("resource_max", &Vitals::resource_max));
  }
};

/// What class, level, talents and running effects come to; made anew only when one of them changed.
struct Stats {
  StatValues values{};
  std::uint32_t stale = 1;  ///< 1: something changed since
  friend constexpr auto describe(ecs::Described<Stats>) {
    return ecs::component<Stats>("stats", {}, ecs::field("values", &Stats::values),
                                 ecs::field("stale", &Stats::stale));
  }
  float operator[](Stat stat) const { return values[stat]; }
};

/// As many abilities as a fighter can have.
inline constexpr std::size_t kAbilitiesMax = 24;

struct Cooldowns {
  /// When all charges of an ability are back, by its place in the class's list of abilities. They
  /// come back one by one; so there is one now if this is less than a cooldown for each of the
  /// others away.
  std::array<TickNumber, kAbilitiesMax> full_at{};
  TickNumber global_ready_at = 0;
  friend constexpr auto describe(ecs::Described<Cooldowns>) {
    return ecs::component<Cooldowns>("cooldowns", {.audience = ecs::Audience::Owner},
                                     ecs::field("full_at", &Cooldowns::full_at),
                                     ecs::field("global_ready_at", &Cooldowns::global_ready_at));
  }
};

/// Where an ability goes.
struct Aim {
  EntityId target{};
  math::Vec3 point{};  ///< on the ground
  float heading = 0;   ///< radians
  float pitch = 0;     ///< radians, up is positive
  lag_compensation::Rewind rewind{};
  std::uint32_t has_point = 0;
  std::uint32_t reserved = 0;
};

}  // namespace tessera::combat

template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::combat::Aim> = true;

namespace tessera::combat {

/// What a fighter is in the middle of, what it did last, and what it wants to do next.
struct Casting {
  Aim aim{};
  Aim next_aim{};
  TickNumber started_at = 0;
  TickNumber lands_at = 0;     ///< the end of the cast, or the next landing of a channel
  TickNumber ends_at = 0;      ///< of all of it
  TickNumber combo_since = 0;  ///< when `combo_after` ended
  TickNumber next_until = 0;   ///< so long the buffered ability waits
  std::uint32_t next_action = 0;
  AbilityId ability{};            ///< none: it casts nothing
  AbilityId next{};               ///< pressed a little too early
  AbilityId combo_after{};        ///< the ability that ended last
  std::uint8_t combo_points = 0;  ///< that the ability consumed when it began
  std::array<std::uint8_t, 5> reserved{};
  friend constexpr auto describe(ecs::Described<Casting>) {
    return ecs::component<Casting>(
        "casting", {}, ecs::field("aim", &Casting::aim), ecs::field("next_aim", &Casting::next_aim),
        ecs::field("started_at", &Casting::started_at), ecs::field("lands_at", &Casting::lands_at),
        ecs::field("ends_at", &Casting::ends_at), ecs::field("combo_since", &Casting::combo_since),
        ecs::field("next_until", &Casting::next_until),
        ecs::field("next_action", &Casting::next_action), ecs::field("ability", &Casting::ability),
        ecs::field("next", &Casting::next), ecs::field("combo_after", &Casting::combo_after),
        ecs::field("combo_points", &Casting::combo_points),
        ecs::field("reserved", &Casting::reserved));
  }
};

/// How a player defends himself with what he holds down; creatures do without. Written by
/// stand_guard.
struct Guard {
  TickNumber blocks_again_at = 0;  ///< no sooner
  std::uint32_t rolls = 0;         ///< 1: he rolled in the last tick
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Guard>) {
    return ecs::component<Guard>(
        "guard", {}, ecs::field("blocks_again_at", &Guard::blocks_again_at),
        ecs::field("rolls", &Guard::rolls), ecs::field("reserved", &Guard::reserved));
  }
};

/// All that fight, with all of it.
using Fighters = Query<Fighter, Vitals, Stats, effects::RunningEffects, Cooldowns, Casting,
                       Velocity, const Position, const Heading>;

/// May the one hurt the other? Players hurt each other in duels, and with flags (gameplay/pvp). Of
/// two different fighters.
inline bool are_enemies(const Fighter& one, const Fighter& other) {
  if (one.side != other.side) return true;
  if (one.side != Side::Players) return false;
  if (one.duel != 0 || other.duel != 0) return one.duel == other.duel;
  const bool is_same_banner = one.banner != 0 && one.banner == other.banner;
  return one.is_flagged != 0 && other.is_flagged != 0 && !is_same_banner;
}

/// All components of a fighter, for who spawns one.
struct FighterParts {
  Fighter fighter;
  Vitals vitals;
  Stats stats;
  effects::RunningEffects effects{};
  Cooldowns cooldowns{};
  Casting casting{};
  Condition condition{};
};
/// A fighter of this class and level, well and rested. A class that content does not have makes one
/// who can do nothing and has one point of health.
FighterParts make_fighter(const Rulebook& rules, ClassId class_id, std::uint32_t level, Side side,
                          const Talents* talents = nullptr);

/// Derives the stats again if something changed, and keeps the vitals within their new bounds.
/// `talents`: null for who has none.
void refresh_stats(const Rulebook& rules, const effects::RunningEffects& running,
                   const Fighter& fighter, Vitals& vitals, Stats& stats, const Talents* talents);

/// What the effect remembers of a fighter.
effects::Source source_of(EntityId entity, const Fighter& fighter, const Stats& stats);

}  // namespace tessera::combat
