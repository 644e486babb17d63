// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/math/angles.h"
#include "gameplay/abilities/abilities.h"
#include "gameplay/testing/arena.h"

namespace tessera::abilities {
namespace {

/// "strike" is instant, "bolt" takes two seconds.
Rulebook spells() {
  Rulebook rules = arena_rules();
  rules.abilities.add(simple_ability(1, "strike", damage_of(10)));
  AbilityDefinition bolt = simple_ability(2, "bolt", damage_of(10, DamageType::Fire));
  bolt.cast_ticks = 120;
  bolt.on_global_cooldown = false;
  rules.abilities.add(bolt);
  return rules;
}

struct Caster {
  const Cast* shown() const { return std::as_const(arena.world.registry).get<Cast>(ann); }

  Arena arena{spells()};
  EntityId ann = arena.player({100, 0, 100}, 0.5f);
  EntityId orc = arena.monster({100, 0, 98});
};

TEST(ShowCasts, ShowsTheAbilityItsTimeAndItsWay) {
  Caster caster;
  caster.arena.use(caster.ann, "bolt", caster.orc);
  ASSERT_NE(caster.shown(), nullptr);
  EXPECT_EQ(caster.shown()->ability, 2);
  EXPECT_EQ(caster.shown()->started_at, caster.arena.world.now);
  EXPECT_EQ(caster.shown()->ticks, 120u);
  EXPECT_NEAR(math::angle_from_quantised(caster.shown()->heading), 0.5f, 1e-4f);
  EXPECT_EQ(caster.shown()->has_point, 0);
}

TEST(ShowCasts, ShowsThePlaceOnTheGround) {
  Caster caster;
  const combat::Aim aim{.target = caster.orc, .point = {98, 0, 97}, .has_point = 1};
  caster.arena.world.intend(UseAbility{.entity = caster.ann, .aim = aim, .ability = {2}});
  caster.arena.world.step();
  ASSERT_NE(caster.shown(), nullptr);
  EXPECT_EQ(caster.shown()->has_point, 1);
  EXPECT_EQ(caster.shown()->point_x, 98 * 16);
  EXPECT_EQ(caster.shown()->point_z, 97 * 16);
}

TEST(ShowCasts, WhatIsDoneAtOnceIsNoCast) {
  Caster caster;
  caster.arena.use(caster.ann, "strike", caster.orc);
  EXPECT_EQ(caster.shown(), nullptr);
}

TEST(ShowCasts, ACastThatIsOverIsLeftAsItIsAndTheNextIsShown) {
  Caster caster;
  caster.arena.use(caster.ann, "bolt", caster.orc);
  const TickNumber first = caster.arena.world.now;
  caster.arena.world.step(130);
  EXPECT_EQ(caster.arena.damage_to(caster.orc), 10);
  EXPECT_EQ(caster.shown()->started_at, first);
  EXPECT_EQ(caster.shown()->ability, 2) << "whoever has a clock knows that it is over";
  caster.arena.use(caster.ann, "bolt", caster.orc);
  EXPECT_EQ(caster.shown()->started_at, caster.arena.world.now);
}

TEST(ShowCasts, ABrokenCastIsTakenBack) {
  Caster caster;
  caster.arena.use(caster.ann, "bolt", caster.orc);
  caster.arena.world.step(30);
  caster.arena.change<Velocity>(caster.ann).metres_per_s = {5, 0, 0};
  caster.arena.world.step();
  EXPECT_EQ(caster.arena.world.events<CastBroken>().size(), 1u);
  EXPECT_EQ(caster.shown()->ability, 0);
}

}  // namespace
}  // namespace tessera::abilities
