// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What abilities and effects do to fighters.
//
//   Act      abilities decide whom an ability reaches    -> AbilityLanded   (gameplay/abilities)
//   Move     stand_guard: who rolls is not hit, who blocks is hit less
//   Resolve  Resolve: outcomes of what landed, then effects that are due
//            -> CombatEvent for each hit, heal, miss and control; Died
//   World    regenerate; show_condition, show_effects: what everybody sees of it
//
// One order for all: landed abilities as they were emitted, then effects by entity. Each outcome is
// decided with random numbers of its own place in that order, so a replay decides the same.
#pragma once

#include <cstdint>
#include <vector>

#include "gameplay/combat/fighter.h"
#include "gameplay/combat/tick_wheel.h"
#include "gameplay/movement/input_frame.h"
#include "gameplay/shared/combat_kinds.h"
#include "gameplay/skirmish/nearby.h"

namespace tessera::combat {

// ---- what comes in ------------------------------------------------------------------------------

/// An ability has reached somebody: an event of gameplay/abilities.
struct AbilityLanded {
  EntityId actor{};
  EntityId target{};
  AbilityId ability{};
  std::uint8_t combo_points = 0;
  bool is_behind = false;
  bool is_on_self = false;  ///< what the actor does to himself; the target is the actor
  float share = 1;          ///< of the amounts: chains weaken
  math::Vec3 from{};        ///< where the blow came from
};

/// An effect of no ability: what the world gives.
struct EffectGiven {
  EntityId target{};
  EffectId effect{};
};

// ---- what comes out -----------------------------------------------------------------------------

/// One line of the combat log.
struct CombatEvent {
  EntityId actor{};
  EntityId target{};
  std::int32_t amount = 0;    ///< health lost or gained
  std::int32_t absorbed = 0;  ///< by shields
  float threat = 0;           ///< for the target, or for those who fight whom it healed
  AbilityId ability{};        ///< none: an effect's own
  EffectId effect{};
  CombatEventKind kind{};
  DamageType type{};
  std::uint8_t flags = 0;  ///< kCritical...
  std::uint8_t count = 0;  ///< stacks; effects dispelled
};

/// Somebody's health came to nothing.
struct Died {
  EntityId entity{};
  EntityId killer{};
};

/// A player dodges: for dodge_ticks nothing touches him.
struct RollBegan {
  EntityId entity{};
};

/// Who fights a duel and would have died of his opponent's blow.
struct Yielded {
  EntityId entity{};
  EntityId to{};
};

/// A creature is told whom to fight.
struct Taunted {
  EntityId target{};
  EntityId actor{};
  std::uint32_t ticks = 0;
};

// ---- the rules ----------------------------------------------------------------------------------

/// Counts how often a world was restored: what rules remember beside the world's state is made anew
/// then. A resource.
struct WorldGeneration {
  std::uint64_t value = 0;
};

/// Phase::Move, after players have moved. A player blocks while he holds the button and
/// may act, but does nothing else: an ability ends the block. After a block the next may begin
/// block_pause_ticks later, also when he still holds the button.
void stand_guard(const Step& step, const Rulebook& rules,
                 Query<Guard, Fighter, const Casting, const movement::Roll> players,
                 Out<RollBegan> began);

/// Phase::Resolve. Keeps a wheel of when whose effects are due; all else is in the components.
class Resolve {
 public:
  void operator()(const Step& step, const Rulebook& rules, const WorldGeneration& generation,
                  InEvents<AbilityLanded> landed, InEvents<EffectGiven> given, Fighters fighters,
                  TalentsOf talents, skirmish::Characters characters, Out<CombatEvent> events,
                  Out<Died> died, Out<Taunted> taunted, Out<Yielded> yielded);

 private:
  void rebuild(const Fighters& fighters, TickNumber now);

  TickWheel wheel_;
  skirmish::Nearby nearby_;
  std::uint64_t generation_ = ~std::uint64_t{0};
  std::vector<EntityId> due_;
};

/// Phase::World. A second's regeneration for a sixtieth of the fighters, by their ids: health out
/// of combat, resources always; what decays does so out of combat.
void regenerate(const Step& step, Query<const Fighter, const Stats, const Vitals> fighters,
                Query<Vitals> changed);

/// Phase::World, after all that changes fighters.
void show_condition(const Step& step,
                    Query<const Fighter, const Vitals, const Stats, const Condition> fighters,
                    Query<Condition> changed);

/// Phase::World, after all that puts effects on and takes them off.
void show_effects(const Step& step,
                  Query<const effects::RunningEffects, Without<ShownEffects>> newcomers,
                  Query<const effects::RunningEffects, const ShownEffects> bearers,
                  Query<ShownEffects> changed, Commands& commands);

}  // namespace tessera::combat
