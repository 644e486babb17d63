// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/math/angles.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/core/random.h"

namespace tessera::math {
namespace {

TEST(Angles, WrapKeepsTheDirectionAndTheRange) {
  RandomStream random(11);
  for (int i = 0; i < 100'000; ++i) {
    const float angle = random.between(-60, 60);
    const float wrapped = wrap_angle(angle);
    ASSERT_GE(wrapped, -kPi) << angle;
    ASSERT_LT(wrapped, kPi) << angle;
    ASSERT_NEAR(sin(wrapped), sin(angle), 1e-5f) << angle;
    ASSERT_NEAR(cos(wrapped), cos(angle), 1e-5f) << angle;
  }
}

TEST(Angles, WrapTakesItsBoundsToTheLowerOne) {
  EXPECT_EQ(wrap_angle(kPi), -kPi);
  EXPECT_EQ(wrap_angle(-kPi), -kPi);
  EXPECT_EQ(wrap_angle(0), 0);
}

TEST(Angles, WhatIsNoAngleBecomesNorth) {
  EXPECT_EQ(wrap_angle(std::numeric_limits<float>::quiet_NaN()), 0);
  EXPECT_EQ(wrap_angle(std::numeric_limits<float>::infinity()), 0);
  EXPECT_EQ(quantise_angle(-1e20f), 0);
}

TEST(Angles, EveryQuantisedHeadingSurvivesTheRoundTrip) {
  for (std::uint32_t parts = 0; parts < 65536; ++parts) {
    const float angle = angle_from_quantised(static_cast<std::uint16_t>(parts));
    ASSERT_GE(angle, -kPi);
    ASSERT_LT(angle, kPi);
    ASSERT_EQ(quantise_angle(angle), parts);
  }
}

TEST(Angles, HeadingsGrowClockwiseFromNorth) {
  EXPECT_NEAR(direction_of_heading(0).z, -1, 1e-6f);
  EXPECT_NEAR(direction_of_heading(kHalfPi).x, 1, 1e-6f);
  EXPECT_NEAR(heading_of_direction({0, -2}), 0, 1e-6f);
  EXPECT_NEAR(heading_of_direction({3, 0}), kHalfPi, 1e-6f);
  EXPECT_NEAR(heading_of_direction({-3, 0}), -kHalfPi, 1e-6f);
  EXPECT_EQ(heading_of_direction({0, 1}), -kPi);
}

TEST(Angles, HeadingAndDirectionAreInverse) {
  RandomStream random(12);
  for (int i = 0; i < 10'000; ++i) {
    const float heading = random.between(-3.1f, 3.1f);
    ASSERT_NEAR(heading_of_direction(direction_of_heading(heading)), heading, 2e-6f);
  }
}

}  // namespace
}  // namespace tessera::math
