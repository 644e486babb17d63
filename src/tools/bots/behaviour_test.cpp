// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour.h"

#include <gtest/gtest.h>

#include "gameplay/movement/character_motion.h"

namespace tessera::bots {
namespace {

constexpr int kFramesPerMinute = 60 * 60;

TEST(Homes, AreSpreadWithTheDensityOfRoam) {
  const std::size_t count = 2000;
  int near = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (math::length(home_of(Profile::Roam, i, count) - kTownCentre) < 300) ++near;
  }
  // 0.09 pi square kilometres at 1,600
  EXPECT_NEAR(near, 452, 10);
}

TEST(Homes, OfACrowdAreWithinFiftyMetres) {
  for (std::size_t i = 0; i < 5000; ++i) {
    EXPECT_LE(math::length(home_of(Profile::Crowd, i, 5000) - kTownCentre), 50.01f);
  }
}

TEST(Profiles, HaveNames) {
  EXPECT_EQ(profile_from_name("roam"), Profile::Roam);
  EXPECT_EQ(profile_from_name("crowd"), Profile::Crowd);
  EXPECT_EQ(profile_from_name("idle"), Profile::Idle);
  EXPECT_FALSE(profile_from_name("run"));
}

struct Walk {
  math::Vec3 position;
  int shoves = 0;
  int throws = 0;
  int moving_frames = 0;
  int emotes = 0;
  float farthest_m = 0;
};

/// Lets a behaviour steer a point without walls for a minute.
Walk walk(Profile profile, math::Vec2 home, math::Vec3 start, std::uint64_t seed) {
  Behaviour behaviour(profile, home, seed);
  Walk result{.position = start};
  for (int i = 0; i < kFramesPerMinute; ++i) {
    const auto frame = behaviour.next_frame(result.position);
    const auto velocity = movement::wished_velocity(frame);
    result.position.x += velocity.x / 60;
    result.position.z += velocity.z / 60;
    if (math::length(velocity) > 0.1f) ++result.moving_frames;
    if (behaviour.wants_emote()) ++result.emotes;
    if (behaviour.skirmish() == protocol::ActionKind::Shove) ++result.shoves;
    if (behaviour.skirmish() == protocol::ActionKind::Throw) ++result.throws;
    const float away_m = math::length(math::flat(result.position) - home);
    if (away_m > result.farthest_m) result.farthest_m = away_m;
  }
  return result;
}

TEST(Behaviour, StrollsAboutItsHomeAndStopsNowAndThen) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto result = walk(Profile::Roam, {100, 100}, {100, 0, 100}, seed);
    EXPECT_LT(result.farthest_m, kStrollM + 1) << "seed " << seed;
    EXPECT_GT(result.moving_frames, kFramesPerMinute / 4) << "seed " << seed;
    EXPECT_LT(result.moving_frames, kFramesPerMinute) << "seed " << seed;
    EXPECT_GE(result.emotes, 4) << "seed " << seed;
  }
}

TEST(Behaviour, RunsHomeFromAfar) {
  const auto result = walk(Profile::Roam, {100, 100}, {300, 0, 100}, 1);
  EXPECT_LT(math::length(math::flat(result.position) - math::Vec2{100, 100}), 3 * kStrollM);
}

TEST(Behaviour, ShovesAndThrowsInACrowdOnly) {
  int shoves = 0;
  int throws = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto crowd = walk(Profile::Crowd, {100, 100}, {100, 0, 100}, seed);
    shoves += crowd.shoves;
    throws += crowd.throws;
    const auto roam = walk(Profile::Roam, {100, 100}, {100, 0, 100}, seed);
    EXPECT_EQ(roam.shoves + roam.throws, 0);
  }
  EXPECT_NEAR(shoves + throws, 10 * 60 / Behaviour::kSkirmishSeconds, 20);
  EXPECT_GT(shoves, 40);
  EXPECT_GT(throws, 40);
}

TEST(Behaviour, StandsStillWhenIdleButEmotes) {
  const auto result = walk(Profile::Idle, {100, 100}, {100, 0, 100}, 1);
  EXPECT_EQ(result.moving_frames, 0);
  EXPECT_GE(result.emotes, 4);
}

}  // namespace
}  // namespace tessera::bots
