// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fights in which everybody presses anything at anybody, by the rules of our own content. Whatever
// happens, what must hold holds.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "engine/core/random.h"
#include "gameplay/abilities/abilities.h"
#include "gameplay/abilities/missiles.h"
#include "gameplay/testing/test_world.h"
#include "world/content/rules/read_rulebook.h"

namespace tessera {
namespace {

using combat::Fighter;
using combat::Life;
using combat::Vitals;

std::shared_ptr<const Rulebook> our_rules() {
  static const std::shared_ptr<const Rulebook> rules = [] {
    auto read = content::read_rulebook(*content::read_rule_source("content"));
    EXPECT_TRUE(read) << content::to_error(read.error()).message;
    return std::make_shared<const Rulebook>(std::move(*read));
  }();
  return rules;
}

ZoneDefinition field() {
  ZoneDefinition zone = test_zone();
  zone.boxes = {{{128, 2, 128}, {3, 2, 0.5f}, 0.5f}};  // something to stand behind
  zone.rules = our_rules();
  return zone;
}

class Brawl {
 public:
  explicit Brawl(std::uint64_t seed, unsigned workers = 0)
      : world(field(), workers, seed), random_(seed) {
    const Rulebook& rules = *our_rules();
    for (std::uint16_t i = 0; i < 24; ++i) {
      const auto level = 1 + random_.below(kLevelMax);
      const auto side = i % 2 == 0 ? combat::Side::Players : combat::Side::Monsters;
      const combat::FighterParts parts = combat::make_fighter(
          rules, ClassId{static_cast<std::uint16_t>(1 + i / 2 % 4)}, level, side);
      const math::Vec3 place{random_.between(120, 136), 0, random_.between(120, 136)};
      fighters.push_back(world.registry.create(
          Position{place}, Heading{random_.between(-3, 3)}, Velocity{},
          Appearance{.name = {}, .kind = EntityKind::Creature}, lag_compensation::PositionHistory{},
          parts.fighter, parts.vitals, parts.stats, parts.effects, parts.cooldowns, parts.casting,
          parts.condition));
    }
  }

  void step() {
    for (const EntityId entity : fighters) {
      if (random_.chance(0.15f)) press(entity);
      if (random_.chance(0.02f)) {
        Fighter& fighter = *world.registry.get<Fighter>(entity);
        if (fighter.life == Life::Alive)
          fighter.blocks_since = random_.chance(0.5f) ? world.now : 0;
      }
    }
    world.step();
  }

  void press(EntityId actor) {
    const Rulebook& rules = *our_rules();
    const auto& all = rules.abilities.all();
    const Fighter& fighter = world.get<Fighter>(actor);
    const auto& known = rules.classes.find(fighter.class_id)->abilities;
    const bool own = random_.chance(0.9f);
    const AbilityId ability =
        own ? known[random_.below(static_cast<std::uint32_t>(known.size()))].ability
            : all[random_.below(static_cast<std::uint32_t>(all.size()))].id;
    const EntityId target = fighters[random_.below(static_cast<std::uint32_t>(fighters.size()))];
    const math::Vec3 at = world.get<Position>(target).metres;
    world.intend(abilities::UseAbility{
        .entity = actor,
        .aim = {.target = random_.chance(0.9f) ? target : EntityId{},
                .point = at,
                .heading = random_.between(-3, 3),
                .pitch = random_.between(-1, 1),
                .rewind = lag_compensation::rewind_of_ticks(random_.below(18)),
                .has_point = random_.below(2)},
        .action = 1,
        .ability = ability});
  }

  void expect_invariants() {
    for (const EntityId entity : fighters) {
      const Vitals& vitals = world.get<Vitals>(entity);
      const Fighter& fighter = world.get<Fighter>(entity);
      ASSERT_GE(vitals.health, 0);
      ASSERT_LE(vitals.health, vitals.health_max);
      ASSERT_GE(vitals.resource, 0);
      ASSERT_LE(vitals.resource, vitals.resource_max);
      ASSERT_EQ(vitals.health == 0, fighter.life != Life::Alive);
      const ClassDefinition* const kind = our_rules()->classes.find(fighter.class_id);
      ASSERT_LE(fighter.combo_points, kind->combo_max);
      const auto& running = world.get<effects::RunningEffects>(entity);
      ASSERT_TRUE(fighter.life == Life::Alive || running.count == 0);
      TickNumber next_due = effects::kNever;
      for (const effects::RunningEffect& effect : running.running()) {
        const EffectDefinition* const definition = our_rules()->effects.find(effect.effect);
        ASSERT_NE(definition, nullptr);
        ASSERT_GE(effect.stacks, 1);
        ASSERT_LE(effect.stacks, definition->stacks_max);
        ASSERT_GT(effect.ends_at, world.now) << definition->name << " should have ended";
        next_due = std::min({next_due, effect.ends_at, effect.next_at});
      }
      ASSERT_EQ(running.next_due, next_due);
      ASSERT_EQ(fighter.controls, effects::controls_of(running, *our_rules()));
    }
  }

  TestWorld world;
  std::vector<EntityId> fighters;

 private:
  RandomStream random_;
};

TEST(RandomFights, KeepHealthAndResourcesWithinTheirBoundsAndEveryEffectEnds) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Brawl brawl(seed);
    std::size_t blows = 0;
    std::size_t deaths = 0;
    for (int tick = 0; tick < 1800; ++tick) {
      brawl.step();
      blows += brawl.world.events<combat::CombatEvent>().size();
      deaths += brawl.world.events<combat::Died>().size();
      brawl.expect_invariants();
      if (testing::Test::HasFatalFailure()) FAIL() << "in tick " << tick;
    }
    EXPECT_GT(blows, 500u);
    EXPECT_GT(deaths, 0u);
    brawl.world.step(60 * kTicksPerSecond);
    for (const EntityId entity : brawl.fighters) {
      EXPECT_EQ(brawl.world.get<effects::RunningEffects>(entity).count, 0u);
      EXPECT_FALSE(brawl.world.get<combat::Casting>(entity).ability);
    }
    EXPECT_TRUE(brawl.world.registry.view<const abilities::Missile>().empty());
  }
}

TEST(RandomFights, ComeToTheSameHashWithOneTwoAndEightWorkers) {
  Brawl one(9, 0);
  Brawl two(9, 1);
  Brawl eight(9, 7);
  for (int tick = 0; tick < 900; ++tick) {
    one.step();
    two.step();
    eight.step();
    ASSERT_EQ(one.world.registry.hash(), two.world.registry.hash()) << "tick " << tick;
    ASSERT_EQ(one.world.registry.hash(), eight.world.registry.hash()) << "tick " << tick;
  }
}

}  // namespace
}  // namespace tessera
