// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/experience/experience.h"

#include <gtest/gtest.h>

#include "gameplay/testing/arena.h"
#include "gameplay/testing/behaviours.h"

namespace tessera::experience {
namespace {

using math::Vec3;

constexpr Vec3 kHome{100, 0, 100};

/// A level takes 100, a creature gives 40; "poke" hurts a little, "slay" kills.
Rulebook rules_of_growth() {
  Rulebook rules = arena_rules();
  AbilityDefinition slay = simple_ability(1, "slay", damage_of(500));
  slay.shape.range_m = 50;
  slay.on_global_cooldown = false;
  rules.abilities.add(std::move(slay));
  AbilityDefinition poke = simple_ability(2, "poke", damage_of(1));
  poke.shape.range_m = 50;
  rules.abilities.add(std::move(poke));
  rules.behaviours.add(behaviour_of("idle", {BehaviourKind::Stroll}));
  rules.stats.formulas[static_cast<std::size_t>(Stat::HealthMax)].per_level = 10;
  rules.experience = {.next_base = 100,
                      .next_per_level = 0,
                      .next_per_level_squared = 0,
                      .kill_base = 40,
                      .kill_per_level = 0,
                      .more_per_sharer = 0.5f};
  return rules;
}

struct Meadow {
  Meadow() : arena(rules_of_growth(), zone()) {}
  static ZoneDefinition zone() {
    ZoneDefinition zone = test_zone();
    CreatureDefinition boar{.id = 1, .name = "Boar", .fights_as = "all"};
    boar.behaves_as = "idle";
    zone.creatures = {boar};
    return zone;
  }
  EntityId boar(std::uint32_t level = 1) { return arena.creature(0, kHome, 0, level); }
  std::uint32_t experience(EntityId entity) const {
    return arena.world.get<Progress>(entity).experience;
  }
  std::uint32_t level(EntityId entity) const {
    return arena.world.get<combat::Fighter>(entity).level;
  }
  Arena arena;
};

TEST(Experience, WhoKillsACreatureGrows) {
  Meadow meadow;
  const EntityId ann = meadow.arena.enter(1, {100, 0, 95});
  meadow.arena.use(ann, "slay", meadow.boar());
  EXPECT_EQ(meadow.experience(ann), 40u);
  ASSERT_EQ(meadow.arena.world.events<ExperienceGained>().size(), 1u);
}

TEST(Experience, EnoughOfItIsALevelAndHealsAndWhatIsLeftCounts) {
  Meadow meadow;
  const EntityId ann = meadow.arena.enter(1, {100, 0, 95});
  for (int i = 0; i < 3; ++i) {
    meadow.arena.change<combat::Vitals>(ann).health = 5;
    meadow.arena.use(ann, "slay", meadow.boar());
  }
  EXPECT_EQ(meadow.level(ann), 2u);
  EXPECT_EQ(meadow.experience(ann), 20u);
  EXPECT_EQ(meadow.arena.world.get<combat::Vitals>(ann).health, 120);
  ASSERT_EQ(meadow.arena.world.events<LevelGained>().size(), 1u);
  EXPECT_EQ(meadow.arena.world.events<LevelGained>()[0].level, 2u);
}

TEST(Experience, AllWhoFoughtItShareAndTogetherGetMore) {
  Meadow meadow;
  const EntityId ann = meadow.arena.enter(1, {100, 0, 95});
  const EntityId bob = meadow.arena.enter(2, {102, 0, 95});
  const EntityId eve = meadow.arena.enter(3, {104, 0, 95});
  const EntityId boar = meadow.boar();
  meadow.arena.use(bob, "poke", boar);
  meadow.arena.use(ann, "slay", boar);
  EXPECT_EQ(meadow.experience(ann), 30u);
  EXPECT_EQ(meadow.experience(bob), 30u);
  EXPECT_EQ(meadow.experience(eve), 0u) << "she only watched";
}

TEST(Experience, TheDeadAndThoseWhoHaveGoneGetNothing) {
  Meadow meadow;
  const EntityId ann = meadow.arena.enter(1, {100, 0, 95});
  const EntityId bob = meadow.arena.enter(2, {102, 0, 95});
  const EntityId boar = meadow.boar();
  meadow.arena.use(bob, "poke", boar);
  meadow.arena.change<Position>(bob).metres = {200, 0, 200};
  meadow.arena.use(ann, "slay", boar);
  EXPECT_EQ(meadow.experience(ann), 40u);
  EXPECT_EQ(meadow.experience(bob), 0u);
}

TEST(Experience, WhatIsFarBelowTeachesNothingAndWhatIsAboveTeachesMore) {
  const ExperienceNumbers numbers;
  EXPECT_EQ(experience_of(numbers, 20, 10), 0);
  EXPECT_GT(experience_of(numbers, 5, 7), experience_of(numbers, 7, 7));
  for (std::uint32_t level = 1; level < kLevelMax; ++level) {
    EXPECT_GT(experience_for_next(numbers, level), 0u);
  }
  EXPECT_EQ(experience_for_next(numbers, kLevelMax), 0u);
}

TEST(Experience, TheHighestLevelIsTheEnd) {
  Meadow meadow;
  const EntityId ann = meadow.arena.enter(1, {100, 0, 95}, kLevelMax);
  meadow.arena.use(ann, "slay", meadow.boar(kLevelMax));
  EXPECT_EQ(meadow.experience(ann), 0u);
  EXPECT_EQ(meadow.level(ann), kLevelMax);
}

}  // namespace
}  // namespace tessera::experience
