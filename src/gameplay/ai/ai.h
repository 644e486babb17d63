// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Creatures perceive, hate, decide and act.
//
//   Decide   Think: each mind in its turn perceives, chooses whom it fights, and runs its behaviour
//            tree -> wandering::Orders (where it goes), UseAbility (what it does), HelpCalled,
//            LetGo evade: who lets go cannot be hurt on its way, and is whole again at home
//   Resolve  HoldGrudges: what was done to creatures and their friends becomes threat
//
// A mind has its turn ten times a second with a player within kNearPlayer_m, once a second with one
// within kFarPlayer_m, and none otherwise: it sleeps, unless it is in a fight or on its way home.
// Trees are content (gameplay/definitions/behaviour_definition.h).
#pragma once

#include <vector>

#include "engine/physics/queries/static_world.h"
#include "engine/physics/triggers/area_index.h"
#include "engine/spatial/grid_index.h"
#include "gameplay/abilities/abilities.h"
#include "gameplay/ai/mind.h"
#include "gameplay/combat/combat.h"
#include "gameplay/crowd/crowd.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/shared/rule.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::ai {

/// Minds with a player this near have a turn each second.
inline constexpr float kFarPlayer_m = 200;
inline constexpr std::uint32_t kFarTurnTicks = kTicksPerSecond;

/// A creature begins to fight, or wants help: its friends join it.
struct HelpCalled {
  EntityId caller{};
  EntityId target{};
  float within_m = 0;            ///< 0: nobody shall
  std::uint32_t definition = 0;  ///< only of this kind; 0: of its side
};

/// A creature has let go of everybody and is on its way home, or there.
struct LetGo {
  EntityId entity{};
  std::uint32_t is_home = 0;
};

/// All that a mind looks at.
using Beheld = Query<const combat::Fighter, const combat::Vitals, const combat::Casting,
                     const effects::RunningEffects, const Position, const Velocity>;
/// The one that thinks.
using Minds =
    Query<Mind, wandering::Orders, wandering::Wander, const Heading, const combat::Cooldowns>;
using Players = Query<const Position, const Velocity, const combat::Fighter, With<PlayerControl>>;

/// Phase::Decide. In parallel by chunk: a mind writes nothing but its own. A turn costs some
/// 200 ns, and 40 us for every 1,000 players if any mind is awake.
class Think {
 public:
  void operator()(const Step& step, const ZoneDefinition& zone, const Rulebook& rules,
                  const physics::StaticWorld& world, const physics::AreaIndex& areas,
                  const crowd::Crowd& crowd, Singleton<const pace::Pace> pace, Minds minds,
                  Beheld beheld, Players players, Out<abilities::UseAbility> uses,
                  Out<HelpCalled> calls, Out<LetGo> lets_go);

 private:
  spatial::GridIndex players_{{.margin_m = 0}};
  crowd::NearMap far_;
};

/// Phase::Decide, after Think.
void evade(const Step& step, InEvents<LetGo> lets_go,
           Query<combat::Fighter, combat::Vitals, combat::Stats, effects::RunningEffects> fighters);

/// Those who can hate.
using Grudges = Query<Mind, const Position, const combat::Fighter>;

using Sleepers = Query<const Mind, const wandering::Wander, const Position>;

/// Phase::Resolve, after the outcomes. Looks at the minds that were touched, and at all that fight
/// when somebody was healed.
class HoldGrudges {
 public:
  void operator()(const Step& step, const Rulebook& rules,
                  const combat::WorldGeneration& generation, InEvents<combat::CombatEvent> events,
                  InEvents<combat::Taunted> taunts, InEvents<HelpCalled> calls, Grudges minds,
                  Sleepers sleepers, Query<const combat::Fighter> fighters);

 private:
  struct Grown {
    EntityId against;  ///< who hates him ...
    EntityId whom;     ///< ... hates this one more
    float threat = 0;
  };

  void remember_grudges(const Sleepers& sleepers);
  void find_idle(const Sleepers& sleepers);

  std::vector<EntityId> grudging_;  ///< those with somebody on their table; some have forgotten
  std::vector<Grown> grown_;
  spatial::GridIndex idle_{{.margin_m = 0}};  ///< those who could be called for help
  std::uint64_t generation_ = ~std::uint64_t{0};
};

}  // namespace tessera::ai
