// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/metrics/value_window.h"

#include <gtest/gtest.h>

namespace tessera::platform {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TEST(ValueWindow, SumsAndFindsTheMaximumOfItsSeconds) {
  ValueWindow window(60);
  EXPECT_EQ(window.sum(kSecond), 0u);
  window.add(1 * kSecond, 5);
  window.add(1 * kSecond + 1, 7);
  window.add(2 * kSecond, 1);
  EXPECT_EQ(window.sum(2 * kSecond), 13u);
  EXPECT_EQ(window.max(2 * kSecond), 7u);
}

TEST(ValueWindow, ForgetsWhatIsOlderThanTheWindow) {
  ValueWindow window(2);
  window.add(10 * kSecond, 9);
  window.add(12 * kSecond, 1);
  EXPECT_EQ(window.sum(12 * kSecond), 10u);
  EXPECT_EQ(window.sum(13 * kSecond), 1u);
  EXPECT_EQ(window.max(13 * kSecond), 1u);
  EXPECT_EQ(window.max(20 * kSecond), 0u);
  window.add(14 * kSecond, 3);
  EXPECT_EQ(window.sum(14 * kSecond), 4u);
}

TEST(ValueWindow, LooksBackAsFarAsAsked) {
  ValueWindow window(60);
  for (int second = 1; second <= 10; ++second) {
    window.add(second * kSecond, static_cast<std::uint64_t>(11 - second));
  }
  EXPECT_EQ(window.sum(10 * kSecond, 2), 1u + 2u + 3u);
  EXPECT_EQ(window.max(10 * kSecond, 2), 3u);
  EXPECT_EQ(window.per_second(10 * kSecond, 2), 2.5);
  EXPECT_EQ(window.sum(10 * kSecond, 1'000), 55u);
}

TEST(ValueWindow, AveragesOverWholeSecondsThatHavePassed) {
  ValueWindow window(4);
  EXPECT_EQ(window.per_second(kSecond), 0);
  window.add(10 * kSecond, 100);
  EXPECT_EQ(window.per_second(10 * kSecond), 0);  // the first second still runs
  window.add(11 * kSecond, 200);
  window.add(12 * kSecond, 5'000);
  EXPECT_DOUBLE_EQ(window.per_second(12 * kSecond + 5), 150);
  EXPECT_DOUBLE_EQ(window.per_second(16 * kSecond), 1'250);  // 5,000 in the last 4
}

}  // namespace
}  // namespace tessera::platform
