// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What makes each class its own, told with our own content.
#include "engine/math/angles.h"
#include "story.h"

namespace tessera {
namespace {

using abilities::UseRefusal;
using math::Vec3;

constexpr Vec3 kHere{100, 0, 100};
constexpr Vec3 kAhead{100, 0, 98};

struct Duel {
  explicit Duel(std::string_view class_name, Vec3 there = kAhead, std::uint32_t level = 20)
      : hero(story.hero(class_name, kHere, level)), dummy(story.creature("Dummy", there, 30)) {}
  Story story;
  EntityId hero;
  EntityId dummy;
};

TEST(Vanguard, GrowsAngryByTheBlowsThatGoHome) {
  Duel duel("vanguard");
  duel.story.change<combat::Vitals>(duel.hero).resource = 0;
  duel.story.use(duel.hero, "slash", duel.dummy);
  EXPECT_EQ(duel.story.resource(duel.hero), 6);
}

TEST(Vanguard, GrowsAngryByTheBlowsThatHeTakes) {
  Duel duel("vanguard");
  duel.story.change<combat::Vitals>(duel.hero).resource = 0;
  duel.story.use(duel.dummy, "bite", duel.hero);
  EXPECT_EQ(duel.story.resource(duel.hero), 4);
}

TEST(Vanguard, LeadsFromSlashToRisingCutToOverheadBlow) {
  Duel duel("vanguard");
  duel.story.use_freely(duel.hero, "rising_cut", duel.dummy);
  EXPECT_EQ(duel.story.refusal(), UseRefusal::NotReady) << "nothing came before";
  duel.story.use_freely(duel.hero, "slash", duel.dummy);
  duel.story.seconds(0.3f);
  duel.story.use_freely(duel.hero, "rising_cut", duel.dummy);
  EXPECT_FALSE(duel.story.refusal());
  duel.story.seconds(0.3f);
  duel.story.use_freely(duel.hero, "overhead_blow", duel.dummy);
  EXPECT_FALSE(duel.story.refusal());
  EXPECT_TRUE(duel.story.runs(duel.dummy, "staggered"));
}

TEST(Vanguard, ComesTooLateForHisCombo) {
  Duel duel("vanguard");
  duel.story.use_freely(duel.hero, "slash", duel.dummy);
  duel.story.seconds(2);
  duel.story.use_freely(duel.hero, "rising_cut", duel.dummy);
  EXPECT_EQ(duel.story.refusal(), UseRefusal::NotReady);
}

TEST(Vanguard, ChargesAtHisEnemyAndPinsHim) {
  Duel duel("vanguard", {100, 0, 90});
  duel.story.use(duel.hero, "charge", duel.dummy);
  EXPECT_TRUE(duel.story.runs(duel.dummy, "rooted_short"));
  EXPECT_EQ(duel.story.world.get<Velocity>(duel.hero).grounded, 0u) << "he leaps";
}

TEST(Vanguard, TurnsAWolfOnHimself) {
  Story story;
  const EntityId mage = story.hero("embermage", {100, 0, 108});
  const EntityId wolf = story.creature("Wolf", kHere, 25);
  story.use_freely(mage, "frost_lance", wolf);
  story.seconds(2);
  ASSERT_EQ(story.mind(wolf).target, mage);
  const EntityId vanguard = story.hero("vanguard", {95, 0, 104});
  story.use_freely(vanguard, "challenge", wolf);
  story.seconds(0.3f);
  EXPECT_EQ(story.mind(wolf).target, vanguard);
}

TEST(Shade, CollectsPointsAndSpendsAllOfThem) {
  Duel duel("shade");
  for (int i = 0; i < 3; ++i) duel.story.use_freely(duel.hero, "jab", duel.dummy);
  EXPECT_EQ(duel.story.world.get<combat::Fighter>(duel.hero).combo_points, 3);
  duel.story.use_freely(duel.hero, "eviscerate", duel.dummy);
  EXPECT_EQ(duel.story.world.get<combat::Fighter>(duel.hero).combo_points, 0);
}

TEST(Shade, StrikesHarderTheMorePointsHeSpends) {
  const auto damage = [](int points) {
    Duel duel("shade");
    for (int i = 0; i < points; ++i) duel.story.use_freely(duel.hero, "jab", duel.dummy);
    const std::int32_t before = duel.story.health(duel.dummy);
    duel.story.use_freely(duel.hero, "eviscerate", duel.dummy);
    return before - duel.story.health(duel.dummy);
  };
  EXPECT_GT(damage(1), 0);
  EXPECT_GT(damage(5), 2 * damage(1));
}

TEST(Shade, HasNothingToFinishWithoutPoints) {
  Duel duel("shade");
  duel.story.use_freely(duel.hero, "eviscerate", duel.dummy);
  EXPECT_EQ(duel.story.refusal(), UseRefusal::TooLittle);
}

TEST(Shade, StabsOnlyInTheBack) {
  Duel duel("shade");
  duel.story.change<Heading>(duel.dummy).radians = math::heading_of_direction({0, 1});
  duel.story.use_freely(duel.hero, "backstab", duel.dummy);
  EXPECT_EQ(duel.story.refusal(), UseRefusal::NotBehind);
  duel.story.change<Heading>(duel.dummy).radians = 0;
  duel.story.use_freely(duel.hero, "backstab", duel.dummy);
  EXPECT_FALSE(duel.story.refusal());
}

TEST(Shade, StunsForAShorterTimeEachTimeAndThenNotAtAll) {
  Duel duel("shade");
  for (int i = 0; i < 3; ++i) {
    duel.story.change<combat::Fighter>(duel.hero).combo_points = 5;
    duel.story.use_freely(duel.hero, "kidney_strike", duel.dummy);
    EXPECT_TRUE(duel.story.runs(duel.dummy, "stunned")) << i;
    duel.story.seconds(2.6f);
    EXPECT_FALSE(duel.story.runs(duel.dummy, "stunned")) << i;
  }
  duel.story.change<combat::Fighter>(duel.hero).combo_points = 5;
  duel.story.use_freely(duel.hero, "kidney_strike", duel.dummy);
  EXPECT_FALSE(duel.story.runs(duel.dummy, "stunned"));
  duel.story.seconds(16);
  duel.story.change<combat::Fighter>(duel.hero).combo_points = 5;
  duel.story.use_freely(duel.hero, "kidney_strike", duel.dummy);
  EXPECT_TRUE(duel.story.runs(duel.dummy, "stunned")) << "it is forgotten";
}

TEST(EmberMage, GrowsHotterWithEachBoltAndVentsItAll) {
  Duel duel("embermage", {100, 0, 94});
  duel.story.use_freely(duel.hero, "vent", duel.dummy);
  EXPECT_EQ(duel.story.refusal(), UseRefusal::NotReady) << "cold";
  for (int i = 0; i < 3; ++i) {
    duel.story.use_freely(duel.hero, "ember_bolt", duel.dummy);
    duel.story.seconds(2);
  }
  const auto& running = duel.story.world.get<effects::RunningEffects>(duel.hero);
  EXPECT_EQ(effects::find(running, duel.story.rules().effects.find("heat")->id)->stacks, 3);
  duel.story.use_freely(duel.hero, "vent", duel.dummy);
  EXPECT_FALSE(duel.story.refusal());
  EXPECT_FALSE(duel.story.runs(duel.hero, "heat"));
}

TEST(EmberMage, HasToStandStillForABolt) {
  Duel duel("embermage", {100, 0, 94});
  duel.story.use_freely(duel.hero, "ember_bolt", duel.dummy);
  duel.story.seconds(0.5f);
  duel.story.change<Position>(duel.hero).metres = kHere + Vec3{0.5f, 0, 0};
  duel.story.world.intend(movement::MoveInputs{});
  duel.story.change<Velocity>(duel.hero).metres_per_s = {3, 0, 0};
  bool broken = false;
  for (int i = 0; i < 3; ++i) {
    duel.story.change<Velocity>(duel.hero).metres_per_s = {3, 0, 0};
    duel.story.world.step();
    broken |= !duel.story.world.events<abilities::CastBroken>().empty();
  }
  EXPECT_TRUE(broken);
}

TEST(EmberMage, FreezesAllRoundHerUntilTheyAreHurt) {
  Duel duel("embermage", {103, 0, 100});
  duel.story.use_freely(duel.hero, "frost_nova");
  ASSERT_TRUE(duel.story.runs(duel.dummy, "frozen"));
  duel.story.use_freely(duel.hero, "frost_lance", duel.dummy);
  duel.story.seconds(0.3f);
  EXPECT_FALSE(duel.story.runs(duel.dummy, "frozen"));
}

TEST(EmberMage, SendsAnArcFromOneToTheNextEverWeaker) {
  Story story;
  const EntityId mage = story.hero("embermage", kHere);
  const EntityId first = story.creature("Dummy", {100, 0, 92}, 30);
  const EntityId second = story.creature("Dummy", {100, 0, 87}, 30);
  const EntityId far = story.creature("Dummy", {100, 0, 70}, 30);
  const std::int32_t whole = story.health(first);
  story.use_freely(mage, "arc", first);
  story.seconds(1.2f);
  EXPECT_LT(story.health(first), whole);
  EXPECT_LT(story.health(second), whole);
  EXPECT_LT(story.health(first), story.health(second));
  EXPECT_EQ(story.health(far), whole);
}

TEST(EmberMage, BurnsWhoStandsInTheRainAndNobodyElse) {
  Story story;
  const EntityId mage = story.hero("embermage", kHere);
  const EntityId in = story.creature("Dummy", {100, 0, 85}, 30);
  const EntityId out = story.creature("Dummy", {115, 0, 85}, 30);
  const std::int32_t whole = story.health(in);
  story.use_freely(mage, "rain_of_fire", {}, Vec3{100, 0, 85});
  story.seconds(4.2f);
  EXPECT_LT(story.health(in), whole);
  EXPECT_EQ(story.health(out), whole);
}

TEST(EmberMage, ShieldsHerselfBeforeHerHealthGoes) {
  Duel duel("embermage");
  const std::int32_t whole = duel.story.health(duel.hero);
  duel.story.use_freely(duel.hero, "ember_ward");
  ASSERT_TRUE(duel.story.runs(duel.hero, "ember_ward"));
  duel.story.use(duel.dummy, "bite", duel.hero);
  EXPECT_EQ(duel.story.health(duel.hero), whole);
}

TEST(Warden, SowsASeedThatHealsAndBloomsAtItsEnd) {
  Story story;
  const EntityId warden = story.hero("warden", kHere);
  const EntityId friendly = story.hero("vanguard", kAhead);
  story.change<combat::Vitals>(friendly).health = 20;
  story.change<combat::Fighter>(friendly).in_combat_until = 1'000'000;  // nothing else heals him
  story.use_freely(warden, "seed_of_life", friendly);
  std::int32_t largest = 0;
  std::int32_t before = story.health(friendly);
  std::int32_t last = 0;
  for (int i = 0; i < 10 * 60; ++i) {
    story.world.step();
    if (story.health(friendly) == before) continue;
    last = story.health(friendly) - before;
    largest = std::max(largest, last);
    before = story.health(friendly);
  }
  EXPECT_FALSE(story.runs(friendly, "seed_of_life"));
  EXPECT_GT(last, 0);
  EXPECT_EQ(last, largest) << "the bloom is the most of it";
}

TEST(Warden, TakesPoisonOffAFriend) {
  Story story;
  const EntityId shade = story.creature("Dummy", {100, 0, 104}, 5);
  const EntityId warden = story.hero("warden", kHere);
  const EntityId friendly = story.hero("vanguard", kAhead);
  effects::apply(story.change<effects::RunningEffects>(friendly), story.rules(),
                 *story.rules().effects.find("venom"), {.actor = shade}, 3, 1, story.world.now);
  ASSERT_TRUE(story.runs(friendly, "venom"));
  story.use_freely(warden, "cleanse", friendly);
  EXPECT_FALSE(story.runs(friendly, "venom"));
}

TEST(Warden, RootsWhoStandsThereToTheGround) {
  Duel duel("warden", {100, 0, 90});
  duel.story.use_freely(duel.hero, "roots", {}, Vec3{100, 0, 90});
  duel.story.seconds(1);
  EXPECT_TRUE(duel.story.runs(duel.dummy, "rooted"));
  EXPECT_EQ(duel.story.world.get<Condition>(duel.dummy).speed, 0);
}

TEST(Everybody, WaitsForTheGlobalCooldown) {
  Duel duel("shade");
  duel.story.use(duel.hero, "jab", duel.dummy);
  duel.story.use(duel.hero, "jab", duel.dummy);
  EXPECT_EQ(duel.story.refusal(), UseRefusal::Busy);
}

TEST(Everybody, MayPressALittleTooEarly) {
  Duel duel("shade");
  duel.story.use(duel.hero, "jab", duel.dummy);
  duel.story.seconds(0.9f);
  const std::int32_t before = duel.story.health(duel.dummy);
  duel.story.use(duel.hero, "jab", duel.dummy);
  EXPECT_FALSE(duel.story.refusal());
  duel.story.seconds(0.2f);
  EXPECT_LT(duel.story.health(duel.dummy), before);
}

TEST(Everybody, KnowsOnlyWhatHisLevelAndClassTeach) {
  Duel duel("shade", kAhead, 1);
  duel.story.use_freely(duel.hero, "blade_rush");
  EXPECT_EQ(duel.story.refusal(), UseRefusal::NotKnown);
  duel.story.use_freely(duel.hero, "fireball", duel.dummy);
  EXPECT_EQ(duel.story.refusal(), UseRefusal::NotKnown);
}

}  // namespace
}  // namespace tessera
