// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Creatures of our own content, and what comes of meeting them.
#include "story.h"

namespace tessera {
namespace {

using math::Vec3;

constexpr Vec3 kHere{100, 0, 100};

TEST(Wolves, HuntInPacks) {
  Story story;
  const EntityId first = story.creature("Wolf", kHere, 5);
  const EntityId second = story.creature("Wolf", {106, 0, 104}, 5, 3);
  const EntityId hero = story.hero("vanguard", {100, 0, 88}, 5);
  story.seconds(1);
  EXPECT_EQ(story.mind(first).target, hero);
  EXPECT_EQ(story.mind(second).target, hero);
}

TEST(Wolves, CatchWhoRunsAndBite) {
  Story story;
  const EntityId wolf = story.creature("Wolf", kHere, 8);
  const EntityId hero = story.hero("warden", {100, 0, 90}, 8);
  const std::int32_t whole = story.health(hero);
  story.seconds(5);
  EXPECT_LT(story.between(wolf, hero), 3);
  EXPECT_LT(story.health(hero), whole);
}

TEST(Wolves, KillAndGoHome) {
  Story story;
  const EntityId wolf = story.creature("Wolf", kHere, 10);
  const EntityId hero = story.hero("embermage", {100, 0, 92}, 3);
  for (int i = 0; i < 120 && story.lives(hero); ++i) story.seconds(1);
  EXPECT_FALSE(story.lives(hero));
  story.seconds(12);
  EXPECT_EQ(story.mind(wolf).state, ai::State::Idle);
}

TEST(Boars, LeaveThosAloneWhoLeaveThemAlone) {
  Story story;
  const EntityId boar = story.creature("Boar", kHere, 5);
  const EntityId hero = story.hero("shade", {100, 0, 97}, 5);
  story.seconds(4);
  EXPECT_EQ(story.mind(boar).threat_count, 0u);
  story.use_freely(hero, "jab", boar);
  story.seconds(1);
  EXPECT_EQ(story.mind(boar).target, hero);
}

TEST(Deer, RunFromWhoHurtsThem) {
  Story story;
  const EntityId deer = story.creature("Deer", kHere, 20);
  const EntityId hero = story.hero("shade", {100, 0, 98}, 20);
  story.use_freely(hero, "jab", deer);
  story.change<combat::Vitals>(deer).health = story.world.get<combat::Vitals>(deer).health_max / 2;
  story.seconds(3);
  EXPECT_GT(story.between(deer, hero), 8);
}

TEST(Acolytes, CastFromAfar) {
  Story story;
  const EntityId acolyte = story.creature("Acolyte", kHere, 10);
  const EntityId hero = story.hero("vanguard", {100, 0, 84}, 10);
  story.change<combat::Fighter>(hero).controls = 0;
  const std::int32_t whole = story.health(hero);
  story.seconds(6);
  EXPECT_LT(story.health(hero), whole);
  EXPECT_GT(story.between(acolyte, hero), 6);
}

TEST(Acolytes, CanBeInterrupted) {
  Story story;
  const EntityId acolyte = story.creature("Acolyte", kHere, 10);
  const EntityId hero = story.hero("shade", {100, 0, 97.5f}, 20);
  bool interrupted = false;
  for (int i = 0; i < 600 && !interrupted; ++i) {
    story.change<Position>(hero).metres = story.place(acolyte) + Vec3{0, 0, -2};
    story.change<combat::Vitals>(hero).health = 1000;
    if (story.world.get<combat::Casting>(acolyte).ability) {
      story.use_freely(hero, "throat_jab", acolyte);
      for (const auto& event : story.world.events<combat::CombatEvent>()) {
        interrupted |= event.kind == combat::CombatEventKind::Interrupted;
      }
    } else {
      story.world.step();
    }
    const EntityId entity = hero;
    if (!story.lives(entity)) break;
  }
  EXPECT_TRUE(interrupted);
}

TEST(Cutthroats, RunForTheirLivesOnce) {
  Story story;
  const EntityId cutthroat = story.creature("Cutthroat", kHere, 10);
  const EntityId hero = story.hero("vanguard", {100, 0, 96}, 10);
  story.seconds(2);
  ASSERT_EQ(story.mind(cutthroat).target, hero);
  story.change<combat::Vitals>(cutthroat).health = 10;
  story.seconds(2);
  EXPECT_EQ(story.mind(cutthroat).state, ai::State::Fleeing);
  story.seconds(6);
  EXPECT_EQ(story.mind(cutthroat).state, ai::State::Fighting);
}

TEST(Walls, StopBoltsAndLooks) {
  ZoneDefinition zone = Story::field();
  zone.boxes.push_back({{100, 2, 92}, {8, 3, 0.5f}});
  Story story(0, zone);
  const EntityId mage = story.hero("embermage", kHere);
  const EntityId dummy = story.creature("Dummy", {100, 0, 86}, 20);
  story.use_freely(mage, "hush", dummy);
  EXPECT_EQ(story.refusal(), abilities::UseRefusal::NotInSight);
  const std::int32_t whole = story.health(dummy);
  story.use_freely(mage, "frost_lance", {}, Vec3{100, 0, 86});
  story.seconds(2);
  EXPECT_EQ(story.health(dummy), whole);
}

TEST(Growth, AKillBringsExperienceAndALevel) {
  Story story;
  const EntityId hero = story.hero("vanguard", {100, 0, 96}, 1);
  EXPECT_EQ(story.world.get<combat::Fighter>(hero).level, 1u);
  for (int i = 0; i < 40 && story.world.get<combat::Fighter>(hero).level == 1; ++i) {
    const EntityId boar = story.creature("Boar", {100, 0, 94}, 1);
    story.change<combat::Vitals>(boar).health = 1;
    story.use_freely(hero, "slash", boar);
    story.world.step();
  }
  EXPECT_EQ(story.world.get<combat::Fighter>(hero).level, 2u);
  EXPECT_EQ(story.health(hero), story.world.get<combat::Vitals>(hero).health_max);
}

TEST(Death, IsNotTheEnd) {
  Story story;
  const EntityId hero = story.hero("warden", kHere, 1);
  const EntityId wolf = story.creature("Wolf", {100, 0, 96}, 12, 3.1f);
  for (int i = 0; i < 60 && story.lives(hero); ++i) story.seconds(1);
  ASSERT_FALSE(story.lives(hero));
  story.world.intend(death::ReleaseSpirit{.entity = hero, .action = 1});
  story.seconds(1);
  EXPECT_EQ(story.place(hero), (Vec3{128, 0, 128})) << "there is no graveyard but the spawn point";
  story.world.intend(death::Revive{.entity = hero, .action = 2});
  story.world.step();
  EXPECT_TRUE(story.lives(hero));
  EXPECT_TRUE(story.runs(hero, "weary"));
  (void)wolf;
}

/// The same story, with any number of workers.
TEST(Stories, EndTheSameWithAnyNumberOfWorkers) {
  const auto hash_with = [](unsigned workers) {
    Story story(workers);
    const EntityId mage = story.hero("embermage", {100, 0, 90}, 12);
    const EntityId vanguard = story.hero("vanguard", {104, 0, 92}, 12);
    for (int i = 0; i < 12; ++i) {
      const auto x = static_cast<float>(90 + 3 * i);
      story.creature(i % 3 == 0 ? "Wolf" : i % 3 == 1 ? "Cutthroat" : "Acolyte", {x, 0, 112}, 8);
    }
    for (int i = 0; i < 40; ++i) {
      const EntityId near = story.mind(story.creature("Boar", {100, 0, 80}, 1)).target;
      (void)near;
      story.use_freely(mage, "rain_of_fire", {}, Vec3{100, 0, 104});
      story.use_freely(vanguard, "whirl");
      story.seconds(0.5f);
    }
    return story.world.registry.hash();
  };
  const std::uint64_t alone = hash_with(0);
  EXPECT_EQ(hash_with(1), alone);
  EXPECT_EQ(hash_with(7), alone);
}

}  // namespace
}  // namespace tessera
