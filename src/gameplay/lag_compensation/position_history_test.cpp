// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/lag_compensation/position_history.h"

#include <gtest/gtest.h>

#include "gameplay/testing/test_world.h"

namespace tessera::lag_compensation {
namespace {

/// One who was at x = tick at the end of each tick.
PositionHistory runner(TickNumber first, TickNumber last) {
  PositionHistory history;
  for (TickNumber tick = first; tick <= last; ++tick) {
    record(history, tick, {static_cast<float>(tick), 0, 0});
  }
  return history;
}

float x_at(const PositionHistory& history, TickNumber now, Rewind rewind) {
  const auto place = position_at(history, now, rewind);
  EXPECT_TRUE(place);
  return place ? place->x : -1;
}

TEST(PositionHistory, KnowsNothingBeforeTheFirstTick) {
  EXPECT_FALSE(position_at({}, 100, rewind_of_ticks(3)));
}

TEST(PositionHistory, AnswersForTicksAndBetweenThem) {
  const PositionHistory history = runner(100, 150);
  EXPECT_EQ(history.count, kHistoryTicks);
  for (std::uint32_t back = 1; back <= kHistoryTicks; ++back) {
    EXPECT_EQ(x_at(history, 151, rewind_of_ticks(back)), static_cast<float>(151 - back));
  }
  EXPECT_EQ(x_at(history, 151, {5 * kPartsPerTick + 64}), 145.75f);
}

TEST(PositionHistory, EndsAtTheOldestAndTheNewestPlace) {
  const PositionHistory history = runner(100, 150);
  EXPECT_EQ(x_at(history, 151, rewind_of_ticks(40)), 127);
  EXPECT_EQ(x_at(history, 151, {UINT32_MAX}), 127);
  EXPECT_EQ(x_at(history, 151, {}), 150) << "the running tick has no end yet";
  EXPECT_EQ(x_at(runner(149, 150), 151, rewind_of_ticks(9)), 149) << "it entered since";
  EXPECT_EQ(x_at(runner(1, 3), 4, rewind_of_ticks(9)), 1) << "before the first tick of all";
}

TEST(PositionHistory, PutsNobodyBetweenTwoPlacesOfAJump) {
  PositionHistory history = runner(100, 110);
  record(history, 111, {500, 0, 0});
  EXPECT_EQ(x_at(history, 112, {kPartsPerTick + 128}), 110);
  EXPECT_EQ(x_at(history, 112, rewind_of_ticks(1)), 500);
}

TEST(PositionHistory, BeginsAnewAfterAGap) {
  PositionHistory history = runner(100, 110);
  record(history, 113, {7, 0, 0});
  EXPECT_EQ(history.count, 1u);
  EXPECT_EQ(x_at(history, 114, rewind_of_ticks(5)), 7);
}

TEST(RecordPositions, KeepsWhereAPlayerWasAtTheEndOfEachTick) {
  TestWorld world;
  const EntityId ann = world.enter(1, math::Vec3{50, 0, 50});
  std::vector<math::Vec3> places{world.get<Position>(ann).metres};
  for (std::uint32_t batch = 0; batch < 12; ++batch) {
    movement::MoveInputs run{.entity = ann, .first_frame = batch * 3 + 1, .count = 3};
    for (auto& frame : run.frames) frame.move_x = 127;
    world.intend(run);
    for (int tick = 0; tick < 3; ++tick) {
      world.step();
      places.push_back(world.get<Position>(ann).metres);
    }
  }
  const PositionHistory& history = world.get<PositionHistory>(ann);
  ASSERT_EQ(history.newest, world.now);
  for (std::uint32_t back = 0; back < kHistoryTicks; ++back) {
    EXPECT_EQ(position_at(history, world.now, rewind_of_ticks(back)),
              places[places.size() - 1 - back])
        << back;
  }
}

TEST(RecordPositions, KeepsThoseOfCreaturesToo) {
  ZoneDefinition zone = test_zone();
  zone.creatures = {{.id = 1, .name = "Deer", .home_distance_m_max = 100}};
  zone.creature_count = 3;
  TestWorld world(zone);
  ASSERT_EQ(world.populate(), 3u);
  world.step(30);
  std::size_t seen = 0;
  world.registry.view<const PositionHistory, const Position>().each(
      [&](const PositionHistory& history, const Position& position) {
        ++seen;
        EXPECT_EQ(history.count, kHistoryTicks);
        EXPECT_EQ(position_at(history, world.now, {}), position.metres);
      });
  EXPECT_EQ(seen, 3u);
}

}  // namespace
}  // namespace tessera::lag_compensation
