// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests and benchmarks of fighting: a small rulebook, and a world with fighters in a line.
//
//   Arena arena;
//   const EntityId ann = arena.player({100, 0, 100});
//   const EntityId orc = arena.monster({100, 0, 98});
//   arena.use(ann, "strike", orc);
//   EXPECT_EQ(arena.damage_to(orc), 10);
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "gameplay/abilities/abilities.h"
#include "gameplay/lag_compensation/position_history.h"
#include "gameplay/spawning/spawning.h"
#include "gameplay/testing/test_world.h"

namespace tessera {

/// Plain numbers: 100 health, 100 energy, no critical hits, no misses, no armour.
inline Rulebook arena_rules() {
  Rulebook rules;
  for (std::size_t i = 0; i < kStats; ++i) rules.stats.formulas[i].low = -1e9f;
  const auto base = [&](Stat stat, float value) {
    rules.stats.formulas[static_cast<std::size_t>(stat)].base = value;
  };
  base(Stat::HealthMax, 100);
  base(Stat::ResourceMax, 100);
  base(Stat::HitChance, 1);
  base(Stat::CriticalDamage, 2);
  base(Stat::BlockShare, 0.5f);
  for (const Stat factor : {Stat::Haste, Stat::MoveSpeed, Stat::DamageDone, Stat::DamageTaken,
                            Stat::HealingDone, Stat::HealingTaken, Stat::ThreatDone}) {
    base(factor, 1);
  }
  rules.combat.miss_per_level = 0;
  rules.combat.global_cooldown_ticks = 30;
  return rules;
}

class Arena {
 public:
  static constexpr ClassId kClass{1};

  explicit Arena(Rulebook rules = arena_rules()) : Arena(std::move(rules), test_zone()) {}
  Arena(Rulebook rules, ZoneDefinition zone, unsigned workers = 0)
      : world(with_class(std::move(rules), std::move(zone)), workers) {}

  const Rulebook& rules() const { return rules_of(world.zone); }

  EntityId player(math::Vec3 place, float heading = 0) {
    return fighter(place, heading, combat::Side::Players);
  }
  EntityId monster(math::Vec3 place, float heading = 0, std::uint32_t level = 1) {
    return fighter(place, heading, combat::Side::Monsters, level);
  }

  /// A player with a session, who is perceived and has a class.
  EntityId enter(std::uint64_t character, math::Vec3 place, std::uint32_t level = 1) {
    world.intend(presence::EnterWorld{.session = {character},
                                      .character = {character},
                                      .account = {character},
                                      .name = FixedString<kNameBytesMax>("Ann"),
                                      .position = place,
                                      .flags = presence::kHasSavedPosition,
                                      .class_id = kClass.value,
                                      .level = level});
    world.step();
    for (const presence::EnteredWorld& entered : world.events<presence::EnteredWorld>()) {
      if (entered.character.value == character) return entered.entity;
    }
    return {};
  }
  /// A creature of the zone's kind of this number, at its home.
  EntityId creature(std::size_t kind, math::Vec3 home, float heading = 0, std::uint32_t level = 1) {
    return spawning::spawn_creature(world.registry, rules(), world.zone.creatures[kind], home,
                                    heading, level);
  }

  /// One tick with this ability; what came of it is in world.events().
  void use(EntityId actor, std::string_view ability, EntityId target = {},
           std::uint32_t action = 1) {
    press(actor, ability, target, action);
    world.step();
  }
  void press(EntityId actor, std::string_view ability, EntityId target = {},
             std::uint32_t action = 1) {
    const AbilityDefinition* const definition = rules().abilities.find(ability);
    TESSERA_ASSERT(definition != nullptr, "Arena: no such ability");
    combat::Aim aim{.target = target, .heading = world.get<Heading>(actor).radians};
    world.intend(abilities::UseAbility{
        .entity = actor, .aim = aim, .action = action, .ability = definition->id});
  }

  std::int32_t health(EntityId entity) const { return world.get<combat::Vitals>(entity).health; }
  std::int32_t damage_to(EntityId entity) const {
    const auto& vitals = world.get<combat::Vitals>(entity);
    return vitals.health_max - vitals.health;
  }
  std::vector<abilities::UseRefusal> refusals() const {
    std::vector<abilities::UseRefusal> all;
    for (const auto& refused : world.events<abilities::AbilityRefused>()) {
      all.push_back(refused.reason);
    }
    return all;
  }
  std::size_t count(combat::CombatEventKind kind) const {
    std::size_t count = 0;
    for (const auto& event : world.events<combat::CombatEvent>()) count += event.kind == kind;
    return count;
  }
  template <class C>
  C& change(EntityId entity) {
    return *world.registry.get<C>(entity);
  }

  TestWorld world;

 private:
  /// All abilities of the rulebook belong to its one class, which players and monsters have.
  static ZoneDefinition with_class(Rulebook rules, ZoneDefinition zone) {
    ClassDefinition all{.id = kClass,
                        .name = "all",
                        .title = "All",
                        .resource = {},
                        .primary = {},
                        .per_level = {},
                        .abilities = {}};
    all.combo_max = 5;
    for (const AbilityDefinition& ability : rules.abilities.all()) {
      all.abilities.push_back({ability.id, 1});
    }
    rules.classes.add(std::move(all));
    zone.rules = std::make_shared<const Rulebook>(std::move(rules));
    return zone;
  }

  EntityId fighter(math::Vec3 place, float heading, combat::Side side, std::uint32_t level = 1) {
    const combat::FighterParts parts = combat::make_fighter(rules(), kClass, level, side);
    return world.registry.create(Position{place}, Heading{heading}, Velocity{},
                                 Appearance{.name = {}, .kind = EntityKind::Creature},
                                 lag_compensation::PositionHistory{}, parts.fighter, parts.vitals,
                                 parts.stats, parts.effects, parts.cooldowns, parts.casting,
                                 parts.condition);
  }
};

/// An ability that does one thing to one enemy near by, for tests to change.
inline AbilityDefinition simple_ability(std::uint16_t id, std::string name, Outcome outcome) {
  AbilityDefinition ability;
  ability.id = {id};
  ability.title = name;
  ability.name = std::move(name);
  ability.shape.kind = ShapeKind::Target;
  ability.shape.range_m = 5;
  ability.outcomes.push_back(outcome);
  return ability;
}

inline Outcome damage_of(float amount, DamageType type = DamageType::Physical) {
  Outcome outcome;
  outcome.type = type;
  outcome.amount = amount;
  return outcome;
}

}  // namespace tessera
