// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/pace/pace.h"

#include <gtest/gtest.h>

#include "gameplay/testing/test_world.h"

namespace tessera::pace {
namespace {

ZoneDefinition zone_with_creatures() {
  ZoneDefinition zone = test_zone();
  CreatureDefinition hare;
  hare.id = 1;
  hare.name = "Hare";
  hare.pause_s_min = 0;
  hare.pause_s_max = 1;
  hare.home_distance_m_max = 60;
  zone.creatures = {hare};
  zone.creature_count = 20;
  return zone;
}

int walking(const TestWorld& world) {
  int count = 0;
  std::as_const(world.registry).view<const wandering::Wander>().each([&](const auto& wander) {
    count += wander.doing == wandering::Doing::Walks ? 1 : 0;
  });
  return count;
}

TEST(SetPace, KeepsTheLastWordOfATick) {
  TestWorld world;
  EXPECT_EQ(world.registry.singleton<Pace>().clock_permille, 1000u);
  world.intend(SetPace{800, 0});
  world.intend(SetPace{700, 1});
  world.step(2);
  EXPECT_EQ(world.registry.singleton<Pace>().clock_permille, 700u);
  EXPECT_EQ(world.registry.singleton<Pace>().ai_reduced, 1u);
}

TEST(SetPace, LetsCreaturesOnlyFinishWhatTheyBegan) {
  TestWorld world(zone_with_creatures());
  world.populate();
  world.step(120);
  EXPECT_GT(walking(world), 0);
  world.intend(SetPace{1000, 1});
  world.step(60 * 60);
  EXPECT_EQ(walking(world), 0);
  world.intend(SetPace{});
  world.step(60);
  EXPECT_GT(walking(world), 0);
}

}  // namespace
}  // namespace tessera::pace
