// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/spawning/spawning.h"

#include <gtest/gtest.h>

#include "gameplay/testing/arena.h"
#include "gameplay/testing/behaviours.h"

namespace tessera::spawning {
namespace {

constexpr math::Vec3 kHome{100, 0, 98};

TEST(KeepPopulation, TheDeadLieForAWhileAndStandAtHomeAgain) {
  Rulebook rules = arena_rules();
  rules.abilities.add(simple_ability(1, "blast", damage_of(500)));
  Arena arena(rules);
  const EntityId ann = arena.player({100, 0, 100});
  const CreatureDefinition kind{.id = 1, .name = "Orc", .fights_as = "all", .is_hostile = true};
  const EntityId orc =
      spawning::spawn_creature(arena.world.registry, arena.rules(), kind, kHome, 0, 3);
  EXPECT_EQ(arena.world.get<combat::Fighter>(orc).level, 3u);
  arena.change<wandering::Wander>(orc).resume_at = 1'000'000;
  arena.change<Position>(orc).metres = {101, 0, 98};
  arena.use(ann, "blast", orc);
  EXPECT_EQ(arena.health(orc), 0);
  arena.world.step(kCorpseTicks - 1);
  EXPECT_EQ(arena.world.get<combat::Fighter>(orc).life, combat::Life::Dead);
  EXPECT_EQ(arena.world.get<Position>(orc).metres, (math::Vec3{101, 0, 98}));
  arena.world.step();
  EXPECT_EQ(arena.world.get<combat::Fighter>(orc).life, combat::Life::Alive);
  EXPECT_EQ(arena.world.get<combat::Fighter>(orc).level, 3u);
  EXPECT_EQ(arena.damage_to(orc), 0);
  EXPECT_EQ(arena.world.get<Position>(orc).metres, kHome);
}

TEST(KeepPopulation, ACreatureOfNoClassIsNoFighter) {
  Arena arena;
  const CreatureDefinition kind{.id = 1, .name = "Ghost"};
  const EntityId ghost =
      spawning::spawn_creature(arena.world.registry, arena.rules(), kind, kHome, 0);
  EXPECT_EQ(std::as_const(arena.world.registry).get<combat::Fighter>(ghost), nullptr);
}

/// A wide meadow of boars that only stroll.
struct Meadow {
  static ZoneDefinition zone() {
    ZoneDefinition zone = test_zone();
    zone.bounds = {{0, 0}, {2048, 2048}};
    CreatureDefinition boar{.id = 1, .name = "Boar", .fights_as = "all"};
    boar.behaves_as = "idle";
    boar.home_distance_m_max = 2000;
    zone.creatures = {boar};
    return zone;
  }
  static Rulebook rules() {
    Rulebook rules = arena_rules();
    rules.abilities.add(simple_ability(1, "blast", damage_of(500)));
    rules.behaviours.add(behaviour_of("idle", {BehaviourKind::Stroll}));
    return rules;
  }
  Meadow() : arena(rules(), zone()) {}

  std::size_t round(math::Vec3 place) const {
    std::size_t count = 0;
    std::as_const(arena.world.registry)
        .view<const wandering::Wander>()
        .each([&](const wandering::Wander& wander) {
          count += distance(wander.home, place) <= kRound_m;
        });
    return count;
  }
  Arena arena;
};

TEST(KeepPopulation, CreaturesWhomNobodySeesGoWherePlayersAre) {
  Meadow meadow;
  for (int i = 0; i < 40; ++i) {
    meadow.arena.creature(0, {1500 + 10.0f * static_cast<float>(i % 8), 0, 1500});
  }
  const math::Vec3 here{300, 0, 300};
  meadow.arena.enter(1, here);
  EXPECT_EQ(meadow.round(here), 0u);
  meadow.arena.world.step(10 * kTicksPerSecond);
  EXPECT_EQ(meadow.round(here), kWanted) << "no more than are wanted";
  meadow.arena.enter(2, {310, 0, 300});
  meadow.arena.enter(3, {290, 0, 300});
  meadow.arena.world.step(10 * kTicksPerSecond);
  EXPECT_GE(meadow.round(here), kWanted + 1) << "more for more players";
}

TEST(KeepPopulation, WhoIsSeenStays) {
  Meadow meadow;
  const math::Vec3 here{300, 0, 300};
  meadow.arena.enter(1, here);
  const EntityId boar = meadow.arena.creature(0, {420, 0, 300});
  meadow.arena.world.step(10 * kTicksPerSecond);
  EXPECT_EQ(meadow.arena.world.get<wandering::Wander>(boar).home, (math::Vec3{420, 0, 300}));
}

TEST(KeepPopulation, TheFallenComeBackNearThoseWhoLackThem) {
  Meadow meadow;
  const math::Vec3 here{300, 0, 300};
  const EntityId ann = meadow.arena.enter(1, here);
  const EntityId boar = meadow.arena.creature(0, {302, 0, 300});
  meadow.arena.use(ann, "blast", boar);
  const math::Vec3 there{900, 0, 900};
  meadow.arena.change<Position>(ann).metres = there;
  meadow.arena.world.step(static_cast<int>(kCorpseTicks) + 1);
  const auto& position = meadow.arena.world.get<Position>(boar).metres;
  EXPECT_LT(distance(position, there), kRound_m);
  EXPECT_GT(distance(position, there), 20);
}

TEST(KeepPopulation, KindsStayInTheirRings) {
  ZoneDefinition zone = Meadow::zone();
  zone.creatures[0].home_distance_m_min = 800;
  Arena arena(Meadow::rules(), zone);
  arena.enter(1, {1024, 0, 1024});
  const EntityId boar = arena.creature(0, {100, 0, 100});
  arena.world.step(10 * kTicksPerSecond);
  EXPECT_EQ(arena.world.get<wandering::Wander>(boar).home, (math::Vec3{100, 0, 100}));
}

}  // namespace
}  // namespace tessera::spawning
