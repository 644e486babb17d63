// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/height_field.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

/// 3 x 3 samples, 2 m apart, one step a centimetre.
HeightField small_field(std::vector<std::uint16_t> samples) {
  return {{.columns = 3, .rows = 3, .spacing_m = 2, .origin = {}, .low_m = 0, .high_m = 655.35f},
          std::move(samples)};
}

TEST(HeightField, IsFlatByDefault) {
  const HeightField flat;
  EXPECT_EQ(flat.height_at({3, 4}), 0);
  EXPECT_EQ(flat.height_at({-1000, 9e9f}), 0);
  EXPECT_EQ(flat.ground_at({1, 1}).normal(), (math::Vec3{0, 1, 0}));
}

TEST(HeightField, GivesTheSamplesAtTheirPlaces) {
  const HeightField field = small_field({0, 100, 200, 300, 400, 500, 600, 700, 800});
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      const math::Vec2 place{static_cast<float>(column) * 2, static_cast<float>(row) * 2};
      EXPECT_NEAR(field.height_at(place), static_cast<float>(row * 3 + column), 1e-4f);
    }
  }
}

TEST(HeightField, SplitsASquareFromNorthWestToSouthEast) {
  const HeightField field = small_field({0, 100, 0, 0, 0, 0, 0, 0, 0});  // only (2, 0) is 1 m high
  EXPECT_NEAR(field.height_at({1.5f, 0.5f}), 0.5f, 1e-5f);  // eastern triangle of the first square
  EXPECT_NEAR(field.height_at({0.5f, 1.5f}), 0.0f, 1e-5f);  // western triangle: all corners 0
  EXPECT_NEAR(field.height_at({1.0f, 1.0f}), 0.0f, 1e-5f);  // on the diagonal
  EXPECT_NEAR(field.ground_at({1.5f, 0.5f}).gradient.x, 0.5f, 1e-5f);
  EXPECT_NEAR(field.ground_at({1.5f, 0.5f}).gradient.z, -0.5f, 1e-5f);
}

TEST(HeightField, NormalIsUprightToTheSlope) {
  const HeightField field =
      small_field({0, 200, 400, 0, 200, 400, 0, 200, 400});  // 45 degrees, east
  const math::Vec3 normal = field.ground_at({1, 1.5f}).normal();
  EXPECT_NEAR(normal.x, -0.70710678f, 1e-5f);
  EXPECT_NEAR(normal.y, 0.70710678f, 1e-5f);
  EXPECT_NEAR(normal.z, 0, 1e-5f);
}

TEST(HeightField, GoesOnAtItsEdgesAndAnswersForBrokenPlaces) {
  const HeightField field = small_field({100, 200, 300, 100, 200, 300, 100, 200, 300});
  EXPECT_EQ(field.height_at({-5, 1}), field.height_at({0, 1}));
  EXPECT_EQ(field.height_at({50, 1}), field.height_at({4, 1}));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(field.height_at({nan, nan}), field.height_at({0, 0}));
  EXPECT_EQ(field.height_at({std::numeric_limits<float>::infinity(), 0}), field.height_at({4, 0}));
}

TEST(HeightField, HonoursItsOriginAndLowestHeight) {
  const HeightField field({.columns = 2,
                           .rows = 2,
                           .spacing_m = 10,
                           .origin = {100, 200},
                           .low_m = -5,
                           .high_m = 60.535f},
                          {0, 1000, 0, 1000});
  EXPECT_NEAR(field.height_at({100, 200}), -5, 1e-4f);
  EXPECT_NEAR(field.height_at({105, 205}), -4.5f, 1e-4f);
}

TEST(HeightField, IsContinuous) {
  RandomStream random(31);
  std::vector<std::uint16_t> samples(9);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(random.below(1000));
  const HeightField field = small_field(samples);
  for (int i = 0; i < 20'000; ++i) {
    const math::Vec2 a{random.between(0, 4), random.between(0, 4)};
    const math::Vec2 b =
        a + math::Vec2{random.between(-0.01f, 0.01f), random.between(-0.01f, 0.01f)};
    ASSERT_NEAR(field.height_at(a), field.height_at(b), 0.15f);  // the steepest slope is 5 in 1
  }
}

TEST(HeightFieldDeathTest, RefusesAWrongNumberOfSamples) {
  EXPECT_DEATH(HeightField({.columns = 3, .rows = 3}, {1, 2, 3}), "not as many samples");
  EXPECT_DEATH(HeightField({.columns = 1, .rows = 3}, {1, 2, 3}), "size out of limits");
  EXPECT_DEATH(HeightField({.columns = 2, .rows = 2, .spacing_m = 0}, {1, 2, 3, 4}), "spacing");
}

}  // namespace
}  // namespace tessera::physics
