// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/interpolation.h"

#include <gtest/gtest.h>

#include "client/server_clock.h"

namespace tessera::client {
namespace {

Sample sample(std::uint32_t tick, float x, float z = 10) {
  Sample s;
  s.tick = tick;
  s.at = {protocol::steps_from_metres(x), protocol::steps_from_metres(z)};
  return s;
}

const physics::HeightField kFlat;

TEST(History, KeepsTheNewestAndIgnoresWhatIsNotNewer) {
  History history;
  for (std::uint32_t tick = 1; tick <= 12; ++tick) history.push(sample(tick * 3, 1));
  history.push(sample(10, 99));
  EXPECT_EQ(history.size(), History::kSamples);
  EXPECT_EQ(history[0].tick, 15u);
  EXPECT_EQ(history.newest().tick, 36u);
  history.clear();
  EXPECT_EQ(history.size(), 0u);
}

TEST(Interpolation, HasNoPoseWithoutASample) {
  EXPECT_FALSE(pose_at(History(), 5, kFlat).has_value());
}

TEST(Interpolation, IsBetweenTheSamplesAndNotBeforeTheOldest) {
  History history;
  history.push(sample(100, 10));
  EXPECT_EQ(pose_at(history, 90, kFlat)->position.x, 10);
  history.push(sample(103, 13));
  history.push(sample(106, 19));
  EXPECT_EQ(pose_at(history, 90, kFlat)->position.x, 10);
  EXPECT_NEAR(pose_at(history, 101.5, kFlat)->position.x, 11.5f, 1e-4f);
  EXPECT_NEAR(pose_at(history, 104, kFlat)->position.x, 15, 1e-4f);
  EXPECT_NEAR(pose_at(history, 106, kFlat)->position.x, 19, 1e-4f);
}

TEST(Interpolation, GoesOnForAMomentAndComesBackToTheLastPlace) {
  History history;
  history.push(sample(100, 10));
  history.push(sample(103, 13));
  EXPECT_NEAR(pose_at(history, 105, kFlat)->position.x, 15, 1e-4f);
  EXPECT_NEAR(pose_at(history, 108, kFlat)->position.x, 14, 1e-4f);
  EXPECT_NEAR(pose_at(history, 109, kFlat)->position.x, 13, 1e-4f);
  EXPECT_NEAR(pose_at(history, 200, kFlat)->position.x, 13, 1e-4f);
}

TEST(Interpolation, TurnsTheShortWayRound) {
  History history;
  Sample a = sample(100, 10);
  Sample b = sample(104, 10);
  a.heading = static_cast<std::uint8_t>(protocol::heading_steps(3.0f));
  b.heading = static_cast<std::uint8_t>(protocol::heading_steps(-3.0f));
  history.push(a);
  history.push(b);
  EXPECT_GT(std::abs(pose_at(history, 102, kFlat)->heading), 3.0f);
}

TEST(Interpolation, HeightsAreTheTerrainsUnlessTold) {
  const physics::HeightField hill({.columns = 2, .rows = 2, .spacing_m = 100, .high_m = 50},
                                  {0, 65535, 0, 65535});
  History history;
  history.push(sample(100, 50, 50));
  EXPECT_NEAR(pose_at(history, 100, hill)->position.y, 25, 0.1f);
  Sample jump = sample(103, 50, 50);
  jump.has_height = true;
  jump.height = protocol::height_steps(27);
  history.push(jump);
  EXPECT_NEAR(pose_at(history, 103, hill)->position.y, 27, 0.02f);
  EXPECT_NEAR(pose_at(history, 101.5, hill)->position.y, 26, 0.1f);
}

TEST(ServerClock, FollowsTheFastestPacketsAndIsNotDraggedByJitter) {
  ServerClock clock;
  EXPECT_EQ(clock.tick_at(5), 0);
  std::uint32_t late = 7;
  for (std::uint32_t tick = 1000; tick < 2000; tick += 3) {
    late = late * 1103515245 + 12345;
    const auto jitter_us = static_cast<std::int64_t>(late >> 16) % 40'000;
    clock.arrived(tick, std::int64_t{tick} * 1'000'000 / 60 + 20'000 + jitter_us);
  }
  const double estimate = clock.tick_at(std::int64_t{2000} * 1'000'000 / 60 + 20'000);
  EXPECT_NEAR(estimate, 2000, 1.0);
}

TEST(ServerClock, BeginsAnewAfterAStandstill) {
  ServerClock clock;
  clock.arrived(1000, 0);
  clock.arrived(1003, 10'000'000);
  EXPECT_NEAR(clock.tick_at(10'000'000), 1003, 0.01);
}

}  // namespace
}  // namespace tessera::client
