// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fighters use abilities: an intent is judged, paid for, cast, and lands on whom its shape reaches.
//
//   Act  UseAbilities  UseAbility, a player's intent or a creature's event -> AbilityStarted or
//   AbilityRefused; casts that are over land
//        -> AbilityLanded for each target (gameplay/combat decides what it does to it)
//
// An ability that is pressed up to kBufferTicks before it can begin waits and begins by itself.
// Shapes are resolved when the ability lands, by where the actor is now and where he saw the others
// (gameplay/lag_compensation), and nothing reaches through walls.
//
//   World  show_casts: what everybody sees of it
//
// Invariant: cost, cooldown and combo points change if and only if an AbilityStarted is emitted.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/physics/queries/areas_of_effect.h"
#include "engine/physics/triggers/area_index.h"
#include "gameplay/combat/combat.h"
#include "gameplay/combat/fighter.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/skirmish/nearby.h"

namespace tessera::abilities {

// ---- what comes in ------------------------------------------------------------------------------

struct UseAbility {
  EntityId entity{};
  combat::Aim aim{};
  std::uint32_t action = 0;  ///< the client's number for it; returned in the answer
  AbilityId ability{};
  std::uint16_t reserved = 0;
  friend constexpr auto describe(ecs::Described<UseAbility>) {
    return ecs::component<UseAbility>(
        "use_ability", {}, ecs::field("entity", &UseAbility::entity),
        ecs::field("aim", &UseAbility::aim), ecs::field("action", &UseAbility::action),
        ecs::field("ability", &UseAbility::ability), ecs::field("reserved", &UseAbility::reserved));
  }
};

// ---- what comes out -----------------------------------------------------------------------------

struct AbilityStarted {
  EntityId entity{};
  EntityId target{};
  std::uint32_t action = 0;
  std::uint32_t cast_ticks = 0;  ///< 0: it has landed in this tick
  AbilityId ability{};
};

/// It waits until what holds it up is over.
struct AbilityBuffered {
  EntityId entity{};
  std::uint32_t action = 0;
};

enum class UseRefusal : std::uint8_t {
  NotKnown,  ///< there is none, or the class or level does not have it
  NotAlive,
  Controlled,  ///< stunned, silenced, afraid
  OnCooldown,
  Busy,       ///< in the middle of another
  TooLittle,  ///< mana, rage, energy or combo points
  NoTarget,   ///< it needs one, of another kind, alive
  OutOfRange,
  NotInSight,
  NotBehind,
  Moving,
  NotReady,  ///< an effect or a combo must come before
  SafeArea,
};
inline constexpr std::size_t kUseRefusals = static_cast<std::size_t>(UseRefusal::SafeArea) + 1;
/// As reports and logs write them, by UseRefusal.
inline constexpr std::array<std::string_view, kUseRefusals> kUseRefusalNames{
    "not_known",  "not_alive", "controlled",   "on_cooldown",  "busy",
    "too_little", "no_target", "out_of_range", "not_in_sight", "not_behind",
    "moving",     "not_ready", "safe_area"};

struct AbilityRefused {
  EntityId entity{};
  std::uint32_t action = 0;
  AbilityId ability{};
  UseRefusal reason{};
};

/// A cast ended before it was over.
struct CastBroken {
  EntityId entity{};
  AbilityId ability{};
};

/// 150 ms.
inline constexpr TickNumber kBufferTicks = 9;

/// Whom a shape reaches; kept for its memory.
struct Reached {
  struct One {
    EntityId entity;
    math::Vec3 place{};  ///< where he was seen
    float away_m = 0;
  };
  std::vector<One> all;  ///< the nearest first

  skirmish::Nearby nearby;
  physics::CharacterColumns columns;
  std::vector<One> candidates;
  std::vector<std::uint32_t> touched;
  bool indexed = false;  ///< `nearby` is of this tick
};

/// Of one without talents: does nothing but the aim stand in the way? Is it known, off its
/// cooldown, paid for, and does what must come before? About 30 ns.
bool is_ready(const Rulebook& rules, const combat::Fighter& fighter, const combat::Vitals& vitals,
              const combat::Cooldowns& cooldowns, const combat::Casting& casting,
              const effects::RunningEffects& running, const AbilityDefinition& ability,
              TickNumber now);

// ---- the rule -----------------------------------------------------------------------------------

/// Phase::Act. What it remembers from tick to tick (who casts) is made anew from the components
/// when a world is restored. About 0.5 us an ability, and 8 ns for every character in the world if
/// any lands on an area.
class UseAbilities {
 public:
  void operator()(const Step& step, const Rulebook& rules, const ZoneDefinition& zone,
                  const combat::WorldGeneration& generation, const physics::StaticWorld& world,
                  const physics::AreaIndex& areas, In<UseAbility> intents,
                  InEvents<UseAbility> creatures, combat::Fighters fighters,
                  combat::TalentsOf talents, skirmish::Characters characters, Commands& commands,
                  Out<AbilityStarted> started, Out<AbilityBuffered> buffered,
                  Out<AbilityRefused> refused, Out<CastBroken> broken,
                  Out<combat::AbilityLanded> landed);

 private:
  void rebuild(const combat::Fighters& fighters, TickNumber now);

  combat::TickWheel wheel_;
  std::uint64_t generation_ = ~std::uint64_t{0};
  std::vector<EntityId> due_;
  Reached reached_;
};

/// Phase::World, after all that ends casts.
void show_casts(const Step& step, Query<const combat::Casting, Without<Cast>> newcomers,
                Query<const combat::Casting, const Cast> casters, Query<Cast> changed,
                Commands& commands);

}  // namespace tessera::abilities
