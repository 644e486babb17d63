// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests and benchmarks of what fighting costs: players 15 m apart, each with creatures two
// metres from him; nobody dies of it. Each fighter uses abilities, and has effects that never end,
// as many as one asks for.
//
//   Battlefield field({.players = 2500, .effects = 5});
//   field.press(1.0f / kTicksPerSecond);  // each player, with this likelihood
//   field.arena.world.step();
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/testing/arena.h"
#include "gameplay/testing/behaviours.h"

namespace tessera {

struct BattlefieldOptions {
  std::uint32_t players = 2500;
  std::uint32_t creatures_each = 1;
  std::uint32_t effects = 5;          ///< on everybody
  std::uint16_t effect_period_s = 3;  ///< 0: each tick
  float creatures_use_s = 1;          ///< a creature uses an ability once in so many seconds
};

class Battlefield {
 public:
  explicit Battlefield(const BattlefieldOptions& options)
      : arena(rules(options), zone(options)), options_(options) {
    const auto side = static_cast<std::uint32_t>(std::ceil(std::sqrt(options.players)));
    for (std::uint32_t i = 0; i < options.players; ++i) {
      const math::Vec3 place{kApart_m * static_cast<float>(1 + i % side), 0,
                             kApart_m * static_cast<float>(1 + i / side)};
      enter(i + 1, place);
      for (std::uint32_t k = 0; k < options.creatures_each; ++k) {
        const float turn =
            2 * math::kPi * static_cast<float>(k) / static_cast<float>(options.creatures_each);
        const math::Vec2 off = math::direction_of_heading(turn) * 2;
        creatures.push_back(arena.creature(0, place + math::Vec3{off.x, 0, off.z}));
      }
    }
    arena.world.step();
    for (const auto& list : {players, creatures}) {
      for (const EntityId entity : list) put_effects_on(entity);
    }
    ++arena.world.generation.value;
    for (std::size_t i = 0; i < creatures.size(); ++i) {
      ai::add_threat(arena.change<ai::Mind>(creatures[i]), players[i / options.creatures_each],
                     1000);
    }
  }

  /// Each player uses an ability on a creature of his, with this likelihood.
  void press(float chance) {
    for (std::uint32_t i = 0; i < options_.players; ++i) {
      if (!random_.chance(chance)) continue;
      arena.press(players[i], kAbilities[random_.below(kAbilities.size())],
                  creatures[i * options_.creatures_each]);
    }
  }

  Arena arena;
  std::vector<EntityId> players;
  std::vector<EntityId> creatures;

 private:
  static constexpr float kApart_m = 15;
  static constexpr std::array<std::string_view, 4> kAbilities = {"strike", "sweep", "chill",
                                                                 "bolt"};

  static Rulebook rules(const BattlefieldOptions& options) {
    Rulebook rules = arena_rules();
    rules.stats.formulas[static_cast<std::size_t>(Stat::HealthMax)].base = 1e8f;
    rules.stats.formulas[static_cast<std::size_t>(Stat::CriticalChance)].base = 0.1f;
    for (std::uint16_t i = 1; i <= options.effects; ++i) {
      EffectDefinition effect;
      effect.id = {i};
      effect.name = "wound " + std::to_string(i);
      effect.is_harmful = true;
      effect.period_ticks = options.effect_period_s == 0
                                ? std::uint16_t{1}
                                : static_cast<std::uint16_t>(options.effect_period_s * 60);
      effect.periodic.push_back(damage_of(3));
      rules.effects.add(std::move(effect));
    }
    EffectDefinition chilled;
    chilled.id = {100};
    chilled.name = "chilled";
    chilled.is_harmful = true;
    chilled.duration_ticks = 120;
    chilled.modifiers.push_back({.stat = Stat::MoveSpeed, .multiply = 0.5f});
    rules.effects.add(std::move(chilled));
    const auto add = [&](std::uint16_t id, Outcome outcome) -> AbilityDefinition {
      AbilityDefinition ability = simple_ability(id, std::string(kAbilities[id - 1u]), outcome);
      ability.on_global_cooldown = false;
      return ability;
    };
    Outcome chills;
    chills.kind = OutcomeKind::ApplyEffect;
    chills.effect = {100};
    AbilityDefinition sweep = add(2, damage_of(6));
    sweep.shape = {.kind = ShapeKind::Cone, .range_m = 5, .half_angle = 0.7f};
    AbilityDefinition bolt = add(4, damage_of(12, DamageType::Fire));
    bolt.shape = {.kind = ShapeKind::Projectile, .range_m = 20, .speed_m_per_s = 25};
    rules.abilities.add(add(1, damage_of(10)));
    rules.abilities.add(std::move(sweep));
    rules.abilities.add(add(3, chills));
    rules.abilities.add(std::move(bolt));
    using enum BehaviourKind;
    BehaviourDefinition behaviour =
        behaviour_of("hunter", {First,
                                0,
                                {{All, 0, {{HomeBeyond, 40}, {Fights}, {GoHome}}},
                                 {All, 0, {{CannotReach, 4}, {GoHome}}},
                                 {All, 0, {{Fights}, {Every, options.creatures_use_s}, {Use}}},
                                 {All, 0, {{Fights}, {Approach, 3}}},
                                 {Stroll}}});
    rules.behaviours.add(std::move(behaviour));
    return rules;
  }

  static ZoneDefinition zone(const BattlefieldOptions& options) {
    ZoneDefinition zone = test_zone();
    const float size = kApart_m * (std::ceil(std::sqrt(static_cast<float>(options.players))) + 2);
    zone.bounds = {{0, 0}, {size, size}};
    zone.players_max = options.players;
    CreatureDefinition kind;
    kind.id = 1;
    kind.name = "Orc";
    kind.fights_as = "all";
    kind.behaves_as = "hunter";
    zone.creatures.push_back(std::move(kind));
    return zone;
  }

  void enter(std::uint64_t number, math::Vec3 place) {
    arena.world.intend(presence::EnterWorld{.session = {number},
                                            .character = {number},
                                            .account = {number},
                                            .position = place,
                                            .flags = presence::kHasSavedPosition,
                                            .class_id = Arena::kClass.value});
    if (number % 256 != 0 && number != options_.players) return;
    arena.world.step();
    for (const auto& entered : arena.world.events<presence::EnteredWorld>()) {
      players.push_back(entered.entity);
    }
  }

  void put_effects_on(EntityId entity) {
    auto& running = arena.change<effects::RunningEffects>(entity);
    for (std::uint16_t i = 1; i <= options_.effects; ++i) {
      (void)effects::apply(running, arena.rules(), *arena.rules().effects.find(EffectId{i}),
                           {.actor = entity}, 1, 1, arena.world.now + random_.below(180));
    }
    effects::find_next_due(running);
  }

  BattlefieldOptions options_;
  RandomStream random_{5};
};

}  // namespace tessera
