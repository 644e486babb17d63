// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/abilities/abilities.h"

#include <gtest/gtest.h>

#include <limits>

#include "gameplay/abilities/missiles.h"
#include "gameplay/testing/arena.h"

namespace tessera::abilities {
namespace {

using math::Vec3;
using Refusals = std::vector<UseRefusal>;

constexpr Vec3 kHere{100, 0, 100};

Rulebook with(AbilityDefinition ability) {
  Rulebook rules = arena_rules();
  rules.abilities.add(std::move(ability));
  return rules;
}

Rulebook strike() { return with(simple_ability(1, "strike", damage_of(10))); }

TEST(UseAbilities, StrikesTheTargetInTheTickInWhichItIsUsed) {
  Arena arena(strike());
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "strike", orc);
  ASSERT_EQ(arena.world.events<AbilityStarted>().size(), 1u);
  EXPECT_EQ(arena.damage_to(orc), 10);
}

TEST(UseAbilities, RefusesWhatIsOutOfRange) {
  Arena arena(strike());
  const EntityId ann = arena.player(kHere);
  arena.use(ann, "strike", arena.monster({100, 0, 94}));
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::OutOfRange});
}

TEST(UseAbilities, RefusesWhatStandsBehindAWall) {
  ZoneDefinition zone = test_zone();
  zone.boxes = {{{100, 2, 99}, {3, 2, 0.2f}, 0}};
  Arena arena(strike(), zone);
  const EntityId ann = arena.player(kHere);
  arena.use(ann, "strike", arena.monster({100, 0, 98}));
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NotInSight});
}

TEST(UseAbilities, RefusesFriendsTheDeadAndNobody) {
  Arena arena(strike());
  const EntityId ann = arena.player(kHere);
  arena.use(ann, "strike", arena.player({100, 0, 98}));
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NoTarget});
  arena.use(ann, "strike", {});
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NoTarget});
  arena.use(ann, "strike", ann);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NoTarget});
  const EntityId orc = arena.monster({100, 0, 98});
  arena.change<combat::Fighter>(orc).life = combat::Life::Dead;
  arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NoTarget});
}

TEST(UseAbilities, RefusesTheDeadActor) {
  Arena arena(strike());
  const EntityId ann = arena.player(kHere);
  arena.change<combat::Fighter>(ann).life = combat::Life::Dead;
  arena.use(ann, "strike", arena.monster({100, 0, 98}));
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NotAlive});
}

TEST(UseAbilities, RefusesWhatTheClassOrTheLevelDoesNotHave) {
  Rulebook rules = strike();
  Arena arena(rules);
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  for (const AbilityId id : {AbilityId{0}, AbilityId{2}, AbilityId{65535}}) {
    arena.world.intend(UseAbility{.entity = ann, .aim = {.target = orc}, .ability = id});
    arena.world.step();
    EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NotKnown}) << id.value;
  }
}

TEST(UseAbilities, RefusesWithoutTheResourceAndTakesTheCostOnce) {
  AbilityDefinition costly = simple_ability(1, "strike", damage_of(1));
  costly.cost = 60;
  costly.on_global_cooldown = false;
  Arena arena(with(costly));
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.world.get<combat::Vitals>(ann).resource, 40);
  arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::TooLittle});
  EXPECT_EQ(arena.world.get<combat::Vitals>(ann).resource, 40);
  EXPECT_EQ(arena.damage_to(orc), 1);
}

TEST(UseAbilities, WaitsForTheCooldown) {
  AbilityDefinition slow = simple_ability(1, "strike", damage_of(1));
  slow.cooldown_ticks = 100;
  slow.on_global_cooldown = false;
  Arena arena(with(slow));
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "strike", orc);
  arena.world.step(98);
  arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::OnCooldown});
  arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.damage_to(orc), 2);
}

TEST(UseAbilities, ChargesComeBackOneByOne) {
  AbilityDefinition charged = simple_ability(1, "strike", damage_of(1));
  charged.cooldown_ticks = 100;
  charged.charges = 2;
  charged.on_global_cooldown = false;
  Arena arena(with(charged));
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  for (int i = 0; i < 3; ++i) arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::OnCooldown});
  EXPECT_EQ(arena.damage_to(orc), 2);
  arena.world.step(97);  // 100 ticks after the first
  arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.damage_to(orc), 3);
  arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::OnCooldown});
}

TEST(UseAbilities, BuffersWhatIsPressedALittleTooEarly) {
  Arena arena(strike());
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "strike", orc, 1);
  arena.world.step(10);
  arena.use(ann, "strike", orc, 2);  // 19 ticks too early
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::Busy});
  arena.world.step(10);
  arena.use(ann, "strike", orc, 3);  // 8 ticks too early
  ASSERT_EQ(arena.world.events<AbilityBuffered>().size(), 1u);
  arena.world.step(8);
  ASSERT_EQ(arena.world.events<AbilityStarted>().size(), 1u);
  EXPECT_EQ(arena.world.events<AbilityStarted>()[0].action, 3u);
  EXPECT_EQ(arena.damage_to(orc), 20);
}

Rulebook bolt(std::uint16_t cast_ticks) {
  AbilityDefinition bolt = simple_ability(1, "bolt", damage_of(10, DamageType::Fire));
  bolt.cast_ticks = cast_ticks;
  bolt.is_spell = true;
  return with(bolt);
}

TEST(UseAbilities, ACastLandsWhenItsTimeIsOver) {
  Arena arena(bolt(60));
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "bolt", orc);
  EXPECT_EQ(arena.world.events<AbilityStarted>()[0].cast_ticks, 60u);
  arena.world.step(59);
  EXPECT_EQ(arena.damage_to(orc), 0);
  arena.world.step();
  EXPECT_EQ(arena.damage_to(orc), 10);
}

TEST(UseAbilities, MovingBreaksACast) {
  Arena arena(bolt(60));
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "bolt", orc);
  arena.world.step(30);
  arena.change<Velocity>(ann).metres_per_s = {3, 0, 0};
  arena.world.step();
  EXPECT_EQ(arena.world.events<CastBroken>().size(), 1u);
  arena.world.step(60);
  EXPECT_EQ(arena.damage_to(orc), 0);
  arena.use(ann, "bolt", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::Moving});
}

TEST(UseAbilities, AChannelLandsAgainAndAgain) {
  AbilityDefinition drain = simple_ability(1, "drain", damage_of(5));
  drain.channel_ticks = 60;
  drain.channel_period = 20;
  Arena arena(with(drain));
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "drain", orc);
  arena.world.step(19);
  EXPECT_EQ(arena.damage_to(orc), 0);
  arena.world.step(1);
  EXPECT_EQ(arena.damage_to(orc), 5);
  arena.world.step(100);
  EXPECT_EQ(arena.damage_to(orc), 15);
}

TEST(UseAbilities, AConeReachesEnemiesAheadAndNobodyElse) {
  AbilityDefinition cleave = simple_ability(1, "cleave", damage_of(10));
  cleave.shape = {.kind = ShapeKind::Cone, .range_m = 3, .half_angle = 0.8f};
  Arena arena(with(cleave));
  const EntityId ann = arena.player(kHere);  // looks north
  const EntityId ahead = arena.monster({100, 0, 98});
  const EntityId aside = arena.monster({101, 0, 98.5f});
  const EntityId behind = arena.monster({100, 0, 102});
  const EntityId far = arena.monster({100, 0, 95});
  const EntityId bob = arena.player({99.5f, 0, 98});
  arena.world.step();
  arena.use(ann, "cleave");
  EXPECT_EQ(arena.damage_to(ahead), 10);
  EXPECT_EQ(arena.damage_to(aside), 10);
  EXPECT_EQ(arena.damage_to(behind), 0);
  EXPECT_EQ(arena.damage_to(far), 0);
  EXPECT_EQ(arena.damage_to(bob), 0);
}

TEST(UseAbilities, ACircleReachesRoundItsPoint) {
  AbilityDefinition rain = simple_ability(1, "rain", damage_of(10));
  rain.shape = {.kind = ShapeKind::Circle, .range_m = 20, .radius_m = 3};
  Arena arena(with(rain));
  const EntityId ann = arena.player(kHere);
  const EntityId near = arena.monster({100, 0, 90});
  const EntityId away = arena.monster({100, 0, 85});
  arena.world.step();
  combat::Aim aim{.point = {101, 0, 90}, .has_point = 1};
  arena.world.intend(UseAbility{.entity = ann, .aim = aim, .ability = {1}});
  arena.world.step();
  EXPECT_EQ(arena.damage_to(near), 10);
  EXPECT_EQ(arena.damage_to(away), 0);
}

TEST(UseAbilities, RefusesPlacesThatAreNoneOrTooFar) {
  AbilityDefinition rain = simple_ability(1, "rain", damage_of(10));
  rain.shape = {.kind = ShapeKind::Circle, .range_m = 20, .radius_m = 3};
  Arena arena(with(rain));
  const EntityId ann = arena.player(kHere);
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  for (const Vec3 point :
       {Vec3{kNan, 0, 90}, Vec3{100, kNan, 90}, Vec3{100, 0, 1e30f}, Vec3{100, 0, 79}}) {
    combat::Aim aim{.point = point, .has_point = 1};
    arena.world.intend(UseAbility{.entity = ann, .aim = aim, .ability = {1}});
    arena.world.step();
    EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::OutOfRange});
  }
  arena.use(ann, "rain");
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NoTarget});
}

TEST(UseAbilities, AChainJumpsToTheNearestAndWeakens) {
  AbilityDefinition lightning = simple_ability(1, "lightning", damage_of(20));
  lightning.shape = {
      .kind = ShapeKind::Chain, .range_m = 10, .jump_m = 6, .jumps = 2, .jump_share = 0.5f};
  Arena arena(with(lightning));
  const EntityId ann = arena.player(kHere);
  const EntityId first = arena.monster({100, 0, 95});
  const EntityId second = arena.monster({103, 0, 95});
  const EntityId third = arena.monster({103, 0, 91});
  const EntityId fourth = arena.monster({103, 0, 88});
  arena.world.step();
  arena.use(ann, "lightning", first);
  EXPECT_EQ(arena.damage_to(first), 20);
  EXPECT_EQ(arena.damage_to(second), 10);
  EXPECT_EQ(arena.damage_to(third), 5);
  EXPECT_EQ(arena.damage_to(fourth), 0);
}

TEST(UseAbilities, AMissileFliesAndStrikesTheFirstEnemy) {
  AbilityDefinition arrow = simple_ability(1, "arrow", damage_of(10));
  arrow.shape = {.kind = ShapeKind::Projectile, .range_m = 30, .speed_m_per_s = 30};
  Arena arena(with(arrow));
  const EntityId ann = arena.player(kHere);
  const EntityId bob = arena.player({100, 0, 95});  // a friend does not stop it
  const EntityId orc = arena.monster({100, 0, 90});
  const EntityId hidden = arena.monster({100, 0, 85});
  arena.use(ann, "arrow");
  EXPECT_EQ(arena.damage_to(orc), 0);
  arena.world.step(30);
  EXPECT_EQ(arena.damage_to(orc), 10);
  EXPECT_EQ(arena.damage_to(bob), 0);
  EXPECT_EQ(arena.damage_to(hidden), 0);
  EXPECT_TRUE(arena.world.registry.view<const Missile>().empty());
}

TEST(UseAbilities, ABurstingMissileReachesAllRoundWhereItStrikes) {
  AbilityDefinition fireball = simple_ability(1, "fireball", damage_of(10, DamageType::Fire));
  fireball.shape = {
      .kind = ShapeKind::Projectile, .range_m = 30, .radius_m = 4, .speed_m_per_s = 30};
  Arena arena(with(fireball));
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 90});
  const EntityId beside = arena.monster({102, 0, 90});
  const EntityId away = arena.monster({110, 0, 90});
  arena.use(ann, "fireball");
  arena.world.step(40);
  EXPECT_EQ(arena.damage_to(orc), 10);
  EXPECT_EQ(arena.damage_to(beside), 10);
  EXPECT_EQ(arena.damage_to(away), 0);
}

TEST(UseAbilities, ASeekingMissileFollowsItsTarget) {
  AbilityDefinition bolt = simple_ability(1, "bolt", damage_of(10));
  bolt.shape = {
      .kind = ShapeKind::Projectile, .range_m = 40, .speed_m_per_s = 20, .turn_rate_rad_per_s = 6};
  Arena arena(with(bolt));
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 88});
  arena.use(ann, "bolt", orc);
  for (int i = 0; i < 90 && arena.damage_to(orc) == 0; ++i) {
    arena.change<Position>(orc).metres.x += 0.05f;
    arena.world.step();
  }
  EXPECT_EQ(arena.damage_to(orc), 10);
}

TEST(UseAbilities, AFollowerOfAComboNeedsTheOtherWithinItsWindow) {
  Rulebook rules = strike();
  AbilityDefinition second = simple_ability(2, "thrust", damage_of(30));
  second.combo = {{.after = {1}, .from_tick = 5, .to_tick = 40}};
  second.on_global_cooldown = false;
  rules.abilities.add(second);
  Arena arena(rules);
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "thrust", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NotReady});
  arena.use(ann, "strike", orc);
  arena.use(ann, "thrust", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NotReady}) << "too early";
  arena.world.step(9);
  arena.use(ann, "thrust", orc);
  EXPECT_EQ(arena.damage_to(orc), 40);
  arena.use(ann, "thrust", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::NotReady}) << "once for each";
}

TEST(UseAbilities, AFinisherConsumesAllComboPoints) {
  Rulebook rules = arena_rules();
  AbilityDefinition jab = simple_ability(1, "jab", damage_of(1));
  Outcome point;
  point.kind = OutcomeKind::GainCombo;
  point.amount = 1;
  point.to_self = true;
  jab.outcomes.push_back(point);
  jab.on_global_cooldown = false;
  rules.abilities.add(jab);
  Outcome blow = damage_of(10);
  blow.per_combo_point = 1;
  AbilityDefinition finisher = simple_ability(2, "finisher", blow);
  finisher.combo_cost_min = 1;
  finisher.on_global_cooldown = false;
  rules.abilities.add(finisher);
  Arena arena(rules);
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 98});
  arena.use(ann, "finisher", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::TooLittle});
  for (int i = 0; i < 3; ++i) arena.use(ann, "jab", orc);
  arena.use(ann, "finisher", orc);
  EXPECT_EQ(arena.damage_to(orc), 3 + 40);
  EXPECT_EQ(arena.world.get<combat::Fighter>(ann).combo_points, 0);
}

TEST(UseAbilities, AreJudgedByWhereTheActorSawTheTarget) {
  Arena arena(strike());
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster({100, 0, 96});
  arena.world.step(30);
  for (int i = 0; i < 12; ++i) {
    arena.change<Position>(orc).metres.z -= 0.2f;
    arena.world.step();
  }
  arena.use(ann, "strike", orc);
  EXPECT_EQ(arena.refusals(), Refusals{UseRefusal::OutOfRange});
  combat::Aim aim{.target = orc, .rewind = lag_compensation::rewind_of_ticks(13)};
  arena.world.intend(UseAbility{.entity = ann, .aim = aim, .ability = {1}});
  arena.world.step();
  EXPECT_EQ(arena.damage_to(orc), 10);
}

}  // namespace
}  // namespace tessera::abilities
