// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/lag_compensation/rewind.h"

#include <gtest/gtest.h>

namespace tessera::lag_compensation {
namespace {

constexpr Rewind kOneSecond = rewind_of_ticks(60);

TEST(Rewind, IsWhatThePlayerSawWhenHisLineExplainsIt) {
  // 150 ms are 9 ticks, and he sees others 8 ticks late.
  EXPECT_EQ(granted_rewind(rewind_of_ticks(17), {.round_trip_ms = 150}), rewind_of_ticks(17));
  EXPECT_EQ(granted_rewind(rewind_of_ticks(9), {.round_trip_ms = 20}), rewind_of_ticks(9));
  EXPECT_EQ(granted_rewind({}, {.round_trip_ms = 150}), Rewind{});
}

TEST(Rewind, IsNeverBeyond300Milliseconds) {
  EXPECT_EQ(kRewindMax, rewind_of_ticks(18));
  for (const std::uint32_t round_trip_ms : {150u, 300u, 1000u, 100'000u, UINT32_MAX}) {
    EXPECT_EQ(granted_rewind(kOneSecond, {.round_trip_ms = round_trip_ms}), kRewindMax);
    EXPECT_EQ(granted_rewind({UINT32_MAX}, {.round_trip_ms = round_trip_ms}), kRewindMax);
    EXPECT_LE(expected_rewind({.round_trip_ms = round_trip_ms}), kRewindMax);
  }
}

TEST(Rewind, IsNoMoreThanTheMeasuredRoundTripExplains) {
  // 50 ms are 3 ticks; with interpolation and tolerance 13, or 217 ms.
  EXPECT_EQ(granted_rewind(kOneSecond, {.round_trip_ms = 50}), rewind_of_ticks(13));
  EXPECT_EQ(granted_rewind(kOneSecond, {.round_trip_ms = 0}), rewind_of_ticks(10));
}

TEST(Rewind, OfWhoSaysNothingIsItsRoundTripAndTheInterpolation) {
  EXPECT_EQ(expected_rewind({.round_trip_ms = 50}).parts, 11 * kPartsPerTick + kPartsPerTick / 2);
  EXPECT_EQ(expected_rewind({.round_trip_ms = 200}), kRewindMax);
}

TEST(Rewind, CountsTicksOfGameTime) {
  // At half speed 100 ms are 3 ticks.
  EXPECT_EQ(rewind_bound({.round_trip_ms = 100, .clock_permille = 500}), rewind_of_ticks(13));
  EXPECT_EQ(rewind_bound({.round_trip_ms = 50, .clock_permille = 5000}), rewind_of_ticks(13));
}

TEST(ClaimedRewind, IsHowLongAgoTheShownTickWas) {
  EXPECT_EQ(claimed_rewind(1000, 990 * kPartsPerTick), rewind_of_ticks(10));
  EXPECT_EQ(claimed_rewind(1000, 990 * kPartsPerTick + 64).parts, 10 * kPartsPerTick - 64);
  EXPECT_EQ(claimed_rewind(1000, 1001 * kPartsPerTick), Rewind{}) << "still to come";
  EXPECT_EQ(claimed_rewind(1000, UINT64_MAX), Rewind{});
  EXPECT_EQ(claimed_rewind(TickNumber{1} << 40, 0).parts, UINT32_MAX);
}

}  // namespace
}  // namespace tessera::lag_compensation
