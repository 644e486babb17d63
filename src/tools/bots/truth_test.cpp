// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/truth.h"

#include <gtest/gtest.h>

namespace tessera::bots {
namespace {

constexpr std::int64_t kFrameUs = 16'667;

/// Bot 0 walks east at 3 m/s and has noted 100 frames; frame i was noted at i * kFrameUs.
Truth walker() {
  Truth truth(1);
  for (int i = 0; i < 100; ++i) truth.note(0, i * kFrameUs, {0.05f * static_cast<float>(i), 0, 0});
  return truth;
}

TEST(Truth, IsSilentUntilABotHasWalkedForASecond) {
  Truth truth(1);
  truth.note(0, 0, {});
  EXPECT_FALSE(truth.compare(0, {}, 1));
}

TEST(Truth, ShowsNoStalenessForTheNewestPosition) {
  const auto seen = walker().compare(0, {0.05f * 99, 0, 0}, 99 * kFrameUs + 5000);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->staleness_ms, 0);
  EXPECT_NEAR(seen->error_m, 0, 1e-5);
}

TEST(Truth, CountsStalenessFromTheMomentTheOtherMovedOn) {
  const auto seen = walker().compare(0, {0.05f * 96 + 0.005f, 0, 0}, 100 * kFrameUs);
  ASSERT_TRUE(seen);
  EXPECT_NEAR(seen->staleness_ms, 3 * 16.667, 0.01);  // left it at frame 97, now is frame 100
  EXPECT_NEAR(seen->error_m, 0.145, 1e-3);
}

TEST(Truth, DoesNotAgeWhileTheOtherStandsStill) {
  Truth truth(1);
  for (int i = 0; i < 100; ++i) truth.note(0, i * kFrameUs, {7, 0, 7});
  const auto seen = truth.compare(0, {7.01f, 0, 7}, 200 * kFrameUs);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->staleness_ms, 0);
}

TEST(Truth, TakesTheNearestFrameWhereTheServerCorrectedTheBot) {
  const auto seen = walker().compare(0, {0.05f * 90, 0, 0.5f}, 100 * kFrameUs);
  ASSERT_TRUE(seen);
  EXPECT_NEAR(seen->staleness_ms, 9 * 16.667, 0.01);
}

}  // namespace
}  // namespace tessera::bots
