// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/death/death.h"

#include <gtest/gtest.h>

#include "gameplay/testing/arena.h"

namespace tessera::death {
namespace {

using combat::Life;
using math::Vec3;

constexpr Vec3 kHere{100, 0, 100};
constexpr Vec3 kGraveyard{40, 0, 60};

Rulebook deadly_rules() {
  Rulebook rules = arena_rules();
  rules.abilities.add(simple_ability(1, "slay", damage_of(500)));
  EffectDefinition weary;
  weary.id = {9};
  weary.name = "weary";
  weary.is_harmful = true;
  weary.duration_ticks = 120;
  weary.modifiers = {{.stat = Stat::HealthMax, .multiply = 0.5f}};
  rules.effects.add(std::move(weary));
  rules.combat.weariness = {9};
  return rules;
}

ZoneDefinition zone_with_graveyard() {
  ZoneDefinition zone = test_zone();
  Area area{.name = "graveyard", .centre = {40, 60}, .half_size = {4, 4}};
  area.low_m = -1;
  area.high_m = 5;
  area.properties = static_cast<std::uint8_t>(AreaProperty::Graveyard);
  zone.areas.push_back(area);
  return zone;
}

struct Field {
  Field() : arena(deadly_rules(), zone_with_graveyard()) {
    orc = arena.monster({100, 0, 98});
    ann = arena.enter(1, kHere);
  }
  void kill() { arena.use(orc, "slay", ann); }
  void release() {
    arena.world.intend(ReleaseSpirit{.entity = ann, .action = 7});
    arena.world.step();
  }
  void revive() {
    arena.world.intend(Revive{.entity = ann, .action = 8});
    arena.world.step();
  }
  Life life() const { return arena.world.get<combat::Fighter>(ann).life; }
  Vec3 place() const { return arena.world.get<Position>(ann).metres; }
  DeathRefusal refusal() const { return arena.world.events<DeathRefused>()[0].reason; }

  Arena arena;
  EntityId orc;
  EntityId ann;
};

TEST(Death, WhoDiesLiesWhereHeFellAndCannotMove) {
  Field field;
  field.kill();
  EXPECT_EQ(field.life(), Life::Dead);
  EXPECT_EQ(field.arena.world.get<Corpse>(field.ann).place, kHere);
  EXPECT_EQ(field.arena.world.get<Condition>(field.ann).speed, 0);
  EXPECT_NE(field.arena.world.get<Condition>(field.ann).flags & kShownDead, 0);
}

TEST(Death, TheSpiritStandsInTheNearestGraveyardAndIsFast) {
  Field field;
  field.kill();
  field.release();
  EXPECT_EQ(field.life(), Life::Spirit);
  EXPECT_EQ(field.place(), kGraveyard);
  EXPECT_GT(field.arena.world.get<Condition>(field.ann).speed, 100);
  ASSERT_EQ(field.arena.world.events<SpiritReleased>().size(), 1u);
  EXPECT_EQ(field.arena.world.events<SpiritReleased>()[0].action, 7u);
}

TEST(Death, WithoutAGraveyardItIsASpawnPoint) {
  const ZoneDefinition zone = test_zone();
  const physics::CollisionWorld world = make_collision_world(zone);
  EXPECT_EQ(nearest_graveyard(zone, world, kHere), (Vec3{128, 0, 128}));
}

TEST(Death, WhoWaitsTooLongIsReleased) {
  Field field;
  field.kill();
  field.arena.world.step(static_cast<int>(kReleaseTicks) - 1);
  EXPECT_EQ(field.life(), Life::Dead);
  field.arena.world.step(2);
  EXPECT_EQ(field.life(), Life::Spirit);
}

TEST(Death, NobodyTouchesASpiritAndItTouchesNobody) {
  Field field;
  field.kill();
  field.release();
  field.arena.change<Position>(field.ann).metres = kHere;
  field.arena.world.step(60);
  field.arena.use(field.orc, "slay", field.ann);
  EXPECT_EQ(field.arena.refusals(), std::vector{abilities::UseRefusal::NoTarget});
  field.arena.use(field.ann, "slay", field.orc);
  EXPECT_EQ(field.arena.refusals(), std::vector{abilities::UseRefusal::NotAlive});
}

TEST(Revive, ByHisBodyHeHasHalfHisStrength) {
  Field field;
  field.kill();
  field.release();
  field.arena.change<Position>(field.ann).metres = kHere + Vec3{5, 0, 5};
  field.revive();
  EXPECT_EQ(field.life(), Life::Alive);
  EXPECT_EQ(field.arena.health(field.ann), 50);
  EXPECT_EQ(field.place(), (kHere + Vec3{5, 0, 5}));
  EXPECT_EQ(field.arena.count(combat::CombatEventKind::EffectOn), 0u);
}

TEST(Revive, InTheGraveyardHeIsWearyForAWhile) {
  Field field;
  field.kill();
  field.release();
  field.revive();
  EXPECT_EQ(field.life(), Life::Alive);
  EXPECT_EQ(field.arena.world.get<combat::Vitals>(field.ann).health_max, 50);
  field.arena.world.step(121);
  EXPECT_EQ(field.arena.world.get<combat::Vitals>(field.ann).health_max, 100);
}

TEST(Revive, ElsewhereNothingHappens) {
  Field field;
  field.kill();
  field.revive();
  EXPECT_EQ(field.refusal(), DeathRefusal::NotASpirit);
  field.release();
  field.arena.change<Position>(field.ann).metres = {70, 0, 80};
  field.revive();
  EXPECT_EQ(field.refusal(), DeathRefusal::TooFar);
  EXPECT_EQ(field.life(), Life::Spirit);
}

TEST(Death, TheLivingHaveNothingToLetGoOf) {
  Field field;
  field.release();
  EXPECT_EQ(field.refusal(), DeathRefusal::NotDead);
}

TEST(Death, WhoLeavesTheWorldDeadComesBackInTheGraveyard) {
  Field field;
  field.kill();
  field.arena.world.intend(presence::LeaveWorld{.session = {1}});
  field.arena.world.step();
  ASSERT_EQ(field.arena.world.events<presence::LeftWorld>().size(), 1u);
  EXPECT_EQ(field.arena.world.events<presence::LeftWorld>()[0].position, kGraveyard);
}

}  // namespace
}  // namespace tessera::death
