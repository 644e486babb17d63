// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/interpolation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "client/clocks.h"

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
  history.push(sample(106, 16));
  EXPECT_EQ(pose_at(history, 90, kFlat)->position.x, 10);
  EXPECT_NEAR(pose_at(history, 101.5, kFlat)->position.x, 11.5f, 1e-4f);
  EXPECT_NEAR(pose_at(history, 101.5, kFlat)->velocity_m_per_s.x, 60, 1e-3f);
  EXPECT_NEAR(pose_at(history, 104, kFlat)->position.x, 14, 1e-4f);
  EXPECT_NEAR(pose_at(history, 106, kFlat)->position.x, 16, 1e-4f);
}

TEST(Interpolation, NeverChangesItsVelocityAtOnceNorLeavesTheBoxOfTwoSamples) {
  History history;  // stands, starts, runs, turns back, stops
  const float places[] = {10, 10, 10.3f, 10.7f, 11.1f, 10.8f, 10.4f, 10.4f};
  std::uint32_t tick = 99;
  for (const float x : places) history.push(sample(tick += 3, x));
  float before_x = 10;
  float before_v = 0;
  for (double at = 102; at <= 123; at += 0.01) {
    const Pose pose = *pose_at(history, at, kFlat);
    EXPECT_NEAR(pose.velocity_m_per_s.x, before_v, 0.2f) << at;
    EXPECT_NEAR(pose.position.x, before_x + pose.velocity_m_per_s.x * 0.01f / 60, 1e-4f) << at;
    const auto segment = static_cast<std::size_t>(std::min((at - 102) / 3, 6.0));
    const auto [low, high] = std::minmax(places[segment], places[segment + 1]);
    EXPECT_GT(pose.position.x, low - 0.01f) << at;
    EXPECT_LT(pose.position.x, high + 0.01f) << at;
    before_x = pose.position.x;
    before_v = pose.velocity_m_per_s.x;
  }
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

TEST(PlaybackClock, FollowsWithoutAJumpAndIsThereInTheEnd) {
  PlaybackClock clock;
  std::int64_t now_us = 1'000'000;
  double target = 500;
  clock.follow(target, now_us);
  EXPECT_EQ(clock.tick_at(now_us), 500);
  target += 6;  // a packet was faster than all before it
  double before = clock.tick_at(now_us);
  for (int frame = 0; frame < 600; ++frame) {
    now_us += 1'000'000 / 60;
    target += 1;
    clock.follow(target, now_us);
    const double step = clock.tick_at(now_us) - before;
    EXPECT_GT(step, 0.96) << frame;
    EXPECT_LT(step, 1.04) << frame;
    before = clock.tick_at(now_us);
  }
  EXPECT_NEAR(before, target, 0.1);
  target += 600;  // the server is another one
  clock.follow(target, now_us);
  EXPECT_EQ(clock.tick_at(now_us), target);
}

}  // namespace
}  // namespace tessera::client
