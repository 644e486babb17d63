// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/talents/talents.h"

#include <gtest/gtest.h>

#include "gameplay/testing/arena.h"

namespace tessera::talents {
namespace {

using combat::Fighter;
using combat::Talents;
using math::Vec3;

constexpr Vec3 kHere{100, 0, 100};
constexpr TalentId kTough{1};   ///< row 0, 3 ranks: 10 % more health each
constexpr TalentId kSharp{2};   ///< row 0, 3 ranks: "hit" for half as much more each
constexpr TalentId kBrief{3};   ///< row 1: "hit" costs half and is back in half the time
constexpr TalentId kAfter{4};   ///< row 0, after kSharp
constexpr TalentId kOthers{5};  ///< of another class

TalentDefinition talent(TalentId id, std::uint8_t row, std::uint8_t ranks) {
  TalentDefinition definition;
  definition.id = id;
  definition.name = "talent_" + std::to_string(id.value);
  definition.class_id = Arena::kClass;
  definition.row = row;
  definition.ranks = ranks;
  return definition;
}

Rulebook talent_rules() {
  Rulebook rules = arena_rules();
  AbilityDefinition hit = simple_ability(1, "hit", damage_of(10));
  hit.on_global_cooldown = false;
  hit.cost = 20;
  hit.cooldown_ticks = 60;
  rules.abilities.add(hit);
  TalentDefinition tough = talent(kTough, 0, 3);
  tough.modifiers.push_back({.stat = Stat::HealthMax, .multiply = 1.1f});
  TalentDefinition sharp = talent(kSharp, 0, 3);
  sharp.abilities.push_back({.ability = {1}, .amount_factor = 1.5f});
  TalentDefinition brief = talent(kBrief, 1, 1);
  brief.abilities.push_back({.ability = {1}, .cooldown_factor = 0.5f, .cost_factor = 0.5f});
  TalentDefinition after = talent(kAfter, 0, 1);
  after.after = kSharp;
  TalentDefinition others = talent(kOthers, 0, 1);
  others.class_id = {9};
  for (const auto& one : {tough, sharp, brief, after, others}) rules.talents.add(one);
  return rules;
}

/// Ann, of level 8: seven points.
struct School {
  explicit School(ZoneDefinition zone = test_zone(), const Talents& saved = {},
                  std::uint32_t level = 8)
      : arena(talent_rules(), std::move(zone)) {
    arena.world.intend(presence::EnterWorld{.session = {1},
                                            .character = {1},
                                            .account = {1},
                                            .position = kHere,
                                            .flags = presence::kHasSavedPosition,
                                            .class_id = Arena::kClass.value,
                                            .level = level,
                                            .talents = saved});
    arena.world.step();
    ann = arena.world.events<presence::EnteredWorld>()[0].entity;
    arena.world.step();
  }
  void learn(TalentId id, int ranks = 1) {
    for (int i = 0; i < ranks; ++i) {
      arena.world.intend(LearnTalent{.entity = ann, .talent = id});
      arena.world.step();
    }
  }
  void forget() {
    arena.world.intend(ForgetTalents{.entity = ann});
    arena.world.step();
  }
  std::optional<TalentRefusal> refusal() const {
    const auto refused = arena.world.events<TalentRefused>();
    if (refused.empty()) return std::nullopt;
    return refused[0].reason;
  }
  const Talents& talents() const { return arena.world.get<Talents>(ann); }
  const combat::Vitals& vitals() const { return arena.world.get<combat::Vitals>(ann); }

  Arena arena;
  EntityId ann;
};

TEST(LearnTalents, ARankChangesTheStatsAtOnce) {
  School school;
  EXPECT_EQ(combat::points_left(school.talents(), 8), 7u);
  school.learn(kTough);
  ASSERT_EQ(school.arena.world.events<TalentLearned>().size(), 1u);
  EXPECT_EQ(school.vitals().health_max, 110);
  school.learn(kTough);
  EXPECT_EQ(school.arena.world.events<TalentLearned>()[0].ranks, 2u);
  EXPECT_EQ(school.vitals().health_max, 121);
  EXPECT_EQ(combat::points_left(school.talents(), 8), 5u);
}

TEST(LearnTalents, ChangesWhatAnAbilityDoesCostsAndWaits) {
  School school;
  const EntityId orc = school.arena.monster({100, 0, 98});
  school.arena.use(school.ann, "hit", orc);
  EXPECT_EQ(school.arena.damage_to(orc), 10);
  EXPECT_EQ(school.vitals().resource, 80);
  school.learn(kSharp, 3);
  school.learn(kTough);
  school.learn(kBrief);
  ASSERT_FALSE(school.refusal());
  school.arena.world.step(60);
  school.arena.use(school.ann, "hit", orc);
  EXPECT_EQ(school.arena.damage_to(orc), 10 + 34);
  EXPECT_EQ(school.vitals().resource, 70);
  school.arena.world.step(29);
  school.arena.use(school.ann, "hit", orc);
  EXPECT_TRUE(school.arena.refusals().empty()) << "back after 30 ticks";
}

TEST(LearnTalents, RefusesWhatTheTreeDoesNotAllow) {
  School school;
  school.learn(TalentId{77});
  EXPECT_EQ(school.refusal(), TalentRefusal::NotKnown);
  school.learn(kOthers);
  EXPECT_EQ(school.refusal(), TalentRefusal::NotKnown);
  school.learn(kBrief);
  EXPECT_EQ(school.refusal(), TalentRefusal::RowClosed);
  school.learn(kAfter);
  EXPECT_EQ(school.refusal(), TalentRefusal::NeedsOther);
  school.learn(kTough, 3);
  EXPECT_FALSE(school.refusal());
  school.learn(kTough);
  EXPECT_EQ(school.refusal(), TalentRefusal::LearnedWhole);
  school.learn(kSharp, 3);
  school.learn(kBrief);
  EXPECT_FALSE(school.refusal()) << "the seventh point";
  school.learn(kAfter);
  EXPECT_EQ(school.refusal(), TalentRefusal::NoPoints);
}

TEST(LearnTalents, AtLevelOneThereIsNothingToSpend) {
  School school(test_zone(), {}, 1);
  school.learn(kTough);
  EXPECT_EQ(school.refusal(), TalentRefusal::NoPoints);
}

TEST(ForgetTalents, GivesAllPointsBack) {
  School school;
  school.learn(kTough, 3);
  school.forget();
  EXPECT_EQ(school.arena.world.events<TalentsForgotten>().size(), 1u);
  EXPECT_EQ(school.talents(), Talents{});
  EXPECT_EQ(school.vitals().health_max, 100);
  EXPECT_LE(school.vitals().health, 100);
}

TEST(ForgetTalents, NeedsPeaceLifeAndASafePlace) {
  ZoneDefinition zone = test_zone();
  Area town;
  town.name = "town";
  town.properties = static_cast<std::uint8_t>(AreaProperty::Safe);
  zone.areas.push_back(town);
  School far(zone);
  far.learn(kTough);
  far.forget();
  EXPECT_EQ(far.refusal(), TalentRefusal::NotSafe);
  School school;
  school.learn(kTough);
  school.arena.change<Fighter>(school.ann).in_combat_until = school.arena.world.now + 100;
  school.forget();
  EXPECT_EQ(school.refusal(), TalentRefusal::InCombat);
  school.arena.change<Fighter>(school.ann).life = combat::Life::Dead;
  school.forget();
  EXPECT_EQ(school.refusal(), TalentRefusal::NotAlive);
  EXPECT_EQ(combat::points_spent(school.talents()), 1u);
}

TEST(SavedTalents, CountWhenTheCharacterComesBack) {
  Talents saved;
  saved.all[saved.count++] = {kTough, 2};
  saved.all[saved.count++] = {TalentId{99}, 1};  // content has it no more
  School school(test_zone(), saved);
  EXPECT_EQ(school.vitals().health_max, 121);
  EXPECT_EQ(school.vitals().health, 121);
  EXPECT_EQ(combat::points_spent(school.talents()), 2u);
  school.arena.world.intend(presence::LeaveWorld{.session = {1}});
  school.arena.world.step();
  ASSERT_EQ(school.arena.world.events<presence::LeftWorld>().size(), 1u);
  EXPECT_EQ(combat::ranks_of(school.arena.world.events<presence::LeftWorld>()[0].talents, kTough),
            2u);
}

TEST(SavedTalents, AreAllGivenBackWhenTheLevelDoesNotHaveThePoints) {
  Talents saved;
  saved.all[saved.count++] = {kTough, 3};
  saved.all[saved.count++] = {kSharp, 3};
  School school(test_zone(), saved, 4);
  EXPECT_EQ(school.talents(), Talents{});
}

TEST(SavedTalents, AreTextThatReadsBackAndNonsenseIsLeftOut) {
  Talents saved;
  saved.all[saved.count++] = {TalentId{101}, 2};
  saved.all[saved.count++] = {TalentId{65535}, 1};
  EXPECT_EQ(combat::talents_text(saved), "101:2,65535:1");
  EXPECT_EQ(combat::talents_of_text("101:2,65535:1"), saved);
  EXPECT_EQ(combat::talents_of_text(""), Talents{});
  EXPECT_EQ(combat::talents_of_text("x,101:2,:,5:9,70000:1,65535:1,7"), saved);
  std::string many;
  for (int i = 1; i <= 100; ++i) many += std::to_string(i) + ":1,";
  EXPECT_EQ(combat::talents_of_text(many).count, combat::kTalentsMax);
}

}  // namespace
}  // namespace tessera::talents
