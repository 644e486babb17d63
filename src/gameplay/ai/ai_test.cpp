// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/ai/ai.h"

#include <gtest/gtest.h>

#include <cmath>

#include "gameplay/testing/arena.h"
#include "gameplay/testing/behaviours.h"

namespace tessera::ai {
namespace {

using math::Vec3;

constexpr Vec3 kHome{100, 0, 100};
constexpr float kNorth = 0;
constexpr float kSouth = 3.1415f;

/// "claw": 10 damage to a target within 2.5 m, each second; "slay" and "poke" are for players.
Rulebook rules_with(BehaviourDefinition behaviour) {
  Rulebook rules = arena_rules();
  AbilityDefinition claw = simple_ability(1, "claw", damage_of(10));
  claw.shape.range_m = 2.5f;
  claw.cooldown_ticks = 60;
  rules.abilities.add(std::move(claw));
  AbilityDefinition slay = simple_ability(2, "slay", damage_of(500));
  slay.shape.range_m = 30;
  rules.abilities.add(std::move(slay));
  AbilityDefinition poke = simple_ability(3, "poke", damage_of(1));
  poke.shape.range_m = 60;
  poke.on_global_cooldown = false;
  rules.abilities.add(std::move(poke));
  Outcome taunts;
  taunts.kind = OutcomeKind::Taunt;
  taunts.ticks = 180;
  AbilityDefinition challenge = simple_ability(4, "challenge", taunts);
  challenge.shape.range_m = 30;
  rules.abilities.add(std::move(challenge));
  Outcome mends;
  mends.kind = OutcomeKind::Heal;
  mends.amount = 40;
  AbilityDefinition mend = simple_ability(5, "mend", mends);
  mend.shape.reach = Reach::Friends;
  mend.shape.range_m = 30;
  rules.abilities.add(std::move(mend));
  for (BehaviourNode& node : behaviour.nodes) {
    if (node.kind == BehaviourKind::Use) node.choices = 1;
  }
  behaviour.choices = {{AbilityId{1}, 1}};
  rules.behaviours.add(std::move(behaviour));
  return rules;
}

ZoneDefinition zone_with_wolves(bool hostile = true) {
  ZoneDefinition zone = test_zone();
  CreatureDefinition wolf{.id = 1, .name = "Wolf", .fights_as = "all", .is_hostile = hostile};
  wolf.behaves_as = "hunter";
  zone.creatures = {wolf};
  return zone;
}

struct Wood {
  explicit Wood(BehaviourDefinition behaviour = hunter(), bool hostile = true)
      : arena(rules_with(std::move(behaviour)), zone_with_wolves(hostile)) {}

  EntityId wolf(Vec3 home = kHome, float heading = kNorth) {
    const EntityId entity = arena.creature(0, home, heading);
    arena.change<wandering::Wander>(entity).resume_at = 1'000'000;
    return entity;
  }
  const Mind& mind(EntityId entity) const { return arena.world.get<Mind>(entity); }
  Vec3 place(EntityId entity) const { return arena.world.get<Position>(entity).metres; }
  float between(EntityId one, EntityId other) const { return distance(place(one), place(other)); }
  void seconds(float s) { arena.world.step(static_cast<int>(s * kTicksPerSecond)); }

  Arena arena;
};

TEST(Perception, AHostileCreatureAttacksWhomItSeesBeforeIt) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  const EntityId ann = wood.arena.enter(1, {100, 0, 88});
  wood.seconds(4);
  EXPECT_EQ(wood.mind(wolf).state, State::Fighting);
  EXPECT_EQ(wood.mind(wolf).target, ann);
  EXPECT_LT(wood.between(wolf, ann), 2.6f);
  EXPECT_GE(wood.arena.damage_to(ann), 10);
}

TEST(Perception, WhatComesFromBehindIsNotSeen) {
  Wood wood;
  const EntityId wolf = wood.wolf(kHome, kSouth);
  const EntityId ann = wood.arena.enter(1, {100, 0, 88});
  wood.seconds(3);
  EXPECT_EQ(wood.mind(wolf).state, State::Idle);
  EXPECT_EQ(wood.arena.damage_to(ann), 0);
}

TEST(Perception, WallsHide) {
  ZoneDefinition zone = zone_with_wolves();
  zone.boxes.push_back({{100, 2, 94}, {10, 3, 0.5f}});
  Arena arena(rules_with(hunter()), zone);
  const EntityId wolf = arena.creature(0, kHome);
  arena.change<wandering::Wander>(wolf).resume_at = 1'000'000;
  arena.enter(1, {100, 0, 88});
  arena.world.step(180);
  EXPECT_EQ(arena.world.get<Mind>(wolf).threat_count, 0u);
}

TEST(Perception, StepsBehindItsBackAlarmItAndItGoesAndLooks) {
  Wood wood;
  const EntityId wolf = wood.wolf(kHome, kSouth);
  const EntityId ann = wood.arena.enter(1, {100, 0, 95});
  wood.arena.change<Velocity>(ann).metres_per_s = {5, 0, 0};
  wood.arena.world.step();
  for (int i = 0; i < 12 && wood.mind(wolf).state == State::Idle; ++i) {
    wood.arena.change<Velocity>(ann).metres_per_s = {5, 0, 0};
    wood.arena.world.step();
  }
  EXPECT_EQ(wood.mind(wolf).state, State::Alarmed);
  wood.seconds(3);
  EXPECT_EQ(wood.mind(wolf).target, ann) << "it has turned round and sees her";
}

TEST(Perception, TheStrongAreLeftAlone) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  wood.arena.enter(1, {100, 0, 88}, 20);
  wood.seconds(3);
  EXPECT_EQ(wood.mind(wolf).threat_count, 0u);
}

TEST(Perception, PeacefulCreaturesAttackNobodyButDefendThemselves) {
  Wood wood(hunter(), false);
  const EntityId deer = wood.wolf();
  const EntityId ann = wood.arena.enter(1, {100, 0, 98});
  wood.seconds(2);
  EXPECT_EQ(wood.mind(deer).state, State::Idle);
  wood.arena.use(ann, "poke", deer);
  wood.seconds(2);
  EXPECT_EQ(wood.mind(deer).target, ann);
  EXPECT_GE(wood.arena.damage_to(ann), 10);
}

TEST(Perception, ItsKindComesToItsHelp) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  const EntityId near = wood.wolf({104, 0, 103}, kSouth);
  const EntityId far = wood.wolf({100, 0, 140}, kSouth);
  const EntityId ann = wood.arena.enter(1, {100, 0, 88});
  wood.seconds(1);
  EXPECT_EQ(wood.mind(wolf).target, ann);
  EXPECT_EQ(wood.mind(near).target, ann);
  EXPECT_FALSE(wood.mind(far).target);
}

TEST(Threat, ItFightsWhoHurtsItMost) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  const EntityId ann = wood.arena.enter(1, {100, 0, 97});
  const EntityId bob = wood.arena.enter(2, {101, 0, 103});
  wood.arena.use(ann, "poke", wolf, 1);
  wood.arena.world.step(12);
  EXPECT_EQ(wood.mind(wolf).target, ann);
  for (int i = 0; i < 6; ++i) wood.arena.use(bob, "poke", wolf);
  wood.arena.world.step(12);
  EXPECT_EQ(wood.mind(wolf).target, bob);
}

TEST(Threat, ATauntMakesItFightWhoTauntsForAWhileAndKeepsTheOthers) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  const EntityId ann = wood.arena.enter(1, {100, 0, 97});
  const EntityId bob = wood.arena.enter(2, {101, 0, 103});
  for (int i = 0; i < 8; ++i) wood.arena.use(ann, "poke", wolf);
  const float before = threat_of(wood.mind(wolf), ann);
  wood.arena.use(bob, "challenge", wolf);
  wood.arena.world.step(12);
  EXPECT_EQ(wood.mind(wolf).target, bob);
  EXPECT_EQ(threat_of(wood.mind(wolf), ann), before);
  EXPECT_GE(threat_of(wood.mind(wolf), bob), before);
}

TEST(Threat, WhoHealsItsEnemyIsItsEnemy) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  const EntityId ann = wood.arena.enter(1, {100, 0, 98});
  const EntityId eve = wood.arena.enter(2, {80, 0, 100});
  wood.seconds(3);
  ASSERT_EQ(wood.mind(wolf).target, ann);
  ASSERT_GT(wood.arena.damage_to(ann), 0);
  EXPECT_EQ(threat_of(wood.mind(wolf), eve), 0);
  wood.arena.use(eve, "mend", ann);
  EXPECT_GT(threat_of(wood.mind(wolf), eve), 0);
}

TEST(Leash, WhoIsLedTooFarGoesHomeAndIsWholeAgain) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  const EntityId ann = wood.arena.enter(1, {100, 0, 90});
  wood.arena.use(ann, "poke", wolf);
  for (int i = 0; i < 700 && wood.mind(wolf).state != State::Returning; ++i) {
    wood.arena.change<Position>(ann).metres = wood.place(wolf) + Vec3{0, 0, -4};
    wood.arena.world.step();
  }
  ASSERT_EQ(wood.mind(wolf).state, State::Returning);
  EXPECT_GT(wood.arena.damage_to(wolf), 0);
  EXPECT_EQ(wood.mind(wolf).threat_count, 0u);
  wood.arena.world.step(2);
  wood.arena.use(ann, "slay", wolf);
  EXPECT_EQ(wood.arena.count(combat::CombatEventKind::Dodged), 1u) << "nothing touches it";
  wood.arena.change<Position>(ann).metres = {20, 0, 20};
  for (int i = 0; i < 900 && wood.mind(wolf).state != State::Idle; ++i) wood.arena.world.step();
  EXPECT_EQ(wood.mind(wolf).state, State::Idle);
  wood.arena.world.step();
  EXPECT_EQ(wood.arena.damage_to(wolf), 0);
  EXPECT_LT(distance(wood.place(wolf), kHome), 3);
}

TEST(Leash, TheFightEndsWhenTheEnemyIsDeadOrGone) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  wood.arena.enter(1, {100, 0, 92});
  wood.seconds(1);
  ASSERT_EQ(wood.mind(wolf).state, State::Fighting);
  wood.arena.world.intend(presence::LeaveWorld{.session = {1}});
  wood.seconds(8);
  EXPECT_EQ(wood.mind(wolf).state, State::Idle);
}

TEST(Behaviour, ItFleesWhenItIsHurtAndComesBack) {
  using enum BehaviourKind;
  Wood wood(behaviour_of("hunter", {First,
                                    0,
                                    {{All, 0, {{HealthBelow, 0.5f}, {Every, 60}, {Flee, 2}}},
                                     {All, 0, {{Fights}, {First, 0, {{Use}, {Approach, 2}}}}},
                                     {Stroll}}}));
  const EntityId wolf = wood.wolf();
  const EntityId ann = wood.arena.enter(1, {100, 0, 98});
  wood.seconds(1);
  wood.arena.change<combat::Vitals>(wolf).health = 40;
  wood.seconds(1.5f);
  EXPECT_EQ(wood.mind(wolf).state, State::Fleeing);
  EXPECT_GT(wood.between(wolf, ann), 5);
  wood.seconds(3);
  EXPECT_EQ(wood.mind(wolf).state, State::Fighting);
  EXPECT_LT(wood.between(wolf, ann), 3);
}

TEST(Behaviour, PatrolsGoRoundTheirHome) {
  using enum BehaviourKind;
  Wood wood(behaviour_of("hunter", {Patrol, 10}), false);
  const EntityId wolf = wood.wolf();
  wood.arena.enter(1, {120, 0, 120});
  float least = 100;
  std::uint32_t points = 0;
  wood.seconds(15);
  for (int i = 0; i < 60; ++i) {
    wood.seconds(1);
    least = std::min(least, distance(wood.place(wolf), kHome));
    points |= 1u << wood.mind(wolf).patrol_point;
  }
  EXPECT_GT(least, 6);
  EXPECT_EQ(points, 0b111111u);
}

TEST(Behaviour, WhoIsAfraidRunsWhateverItsTreeSays) {
  Wood wood;
  const EntityId wolf = wood.wolf();
  const EntityId ann = wood.arena.enter(1, {100, 0, 97});
  wood.seconds(1);
  wood.arena.change<combat::Fighter>(wolf).controls = kFlees;
  wood.seconds(2);
  EXPECT_GT(wood.between(wolf, ann), 6);
}

TEST(Turns, CreaturesSleepWithNoPlayerAbout) {
  using enum BehaviourKind;
  ZoneDefinition zone = zone_with_wolves(false);
  zone.bounds = {{0, 0}, {2048, 2048}};
  Arena arena(rules_with(behaviour_of("hunter", {All, 0, {{Every, 0.01f}, {Stroll}}})), zone);
  arena.enter(1, {100, 0, 100});
  const EntityId near = arena.creature(0, {120, 0, 100});
  const EntityId far = arena.creature(0, {250, 0, 100});
  const EntityId alone = arena.creature(0, {1500, 0, 1500});
  const auto turns = [&](EntityId entity) {
    int count = 0;
    TickNumber last = 0;
    for (int i = 0; i < 120; ++i) {
      arena.world.step();
      const TickNumber timer = arena.world.get<Mind>(entity).timers[0];
      count += timer != last && timer != 0;
      last = timer;
    }
    return count;
  };
  EXPECT_NEAR(turns(near), 20, 1);
  EXPECT_NEAR(turns(far), 2, 1);
  EXPECT_EQ(turns(alone), 0);
}

}  // namespace
}  // namespace tessera::ai
