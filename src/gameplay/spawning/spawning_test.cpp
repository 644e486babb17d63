// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/spawning/spawning.h"

#include <gtest/gtest.h>

#include "gameplay/testing/arena.h"

namespace tessera::spawning {
namespace {

constexpr math::Vec3 kHome{100, 0, 98};

TEST(RespawnCreatures, TheDeadLieForAWhileAndStandAtHomeAgain) {
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

TEST(RespawnCreatures, ACreatureOfNoClassIsNoFighter) {
  Arena arena;
  const CreatureDefinition kind{.id = 1, .name = "Ghost"};
  const EntityId ghost =
      spawning::spawn_creature(arena.world.registry, arena.rules(), kind, kHome, 0);
  EXPECT_EQ(std::as_const(arena.world.registry).get<combat::Fighter>(ghost), nullptr);
}

}  // namespace
}  // namespace tessera::spawning
