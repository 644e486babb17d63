// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/mesh/triangle.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

using math::Vec3;

constexpr Triangle kTriangle{{0, 0, 0}, {4, 0, 0}, {0, 0, 4}};

Vec3 random_point(RandomStream& random) {
  return {random.between(-8, 8), random.between(-8, 8), random.between(-8, 8)};
}

/// The nearest of many points of the triangle: an upper bound that comes close.
float sampled_distance(const Triangle& triangle, const Segment& segment, int steps) {
  float best = std::numeric_limits<float>::infinity();
  for (int i = 0; i <= steps; ++i) {
    const float share = static_cast<float>(i) / static_cast<float>(steps);
    const Vec3 point = segment.from + (segment.to - segment.from) * share;
    best = std::min(best, distance(point, nearest_point(triangle, point)));
  }
  return best;
}

TEST(NearestPoint, LiesOnTheFaceAnEdgeOrACorner) {
  EXPECT_EQ(nearest_point(kTriangle, {1, 5, 1}), (Vec3{1, 0, 1}));
  EXPECT_EQ(nearest_point(kTriangle, {2, 1, -3}), (Vec3{2, 0, 0}));
  EXPECT_EQ(nearest_point(kTriangle, {-1, 2, -1}), (Vec3{0, 0, 0}));
  EXPECT_EQ(nearest_point(kTriangle, {9, 0, -1}), (Vec3{4, 0, 0}));
  EXPECT_EQ(nearest_point(kTriangle, {-1, 0, 9}), (Vec3{0, 0, 4}));
  EXPECT_EQ(nearest_point(kTriangle, {4, 3, 4}), (Vec3{2, 0, 2}));
}

TEST(NearestPoint, IsNoFartherThanAnyOtherPointOfTheTriangle) {
  RandomStream random(3);
  for (int i = 0; i < 5'000; ++i) {
    const Triangle triangle{random_point(random), random_point(random), random_point(random)};
    const Vec3 point = random_point(random);
    const Vec3 nearest = nearest_point(triangle, point);
    const float u = random.between(0, 1);
    const float v = random.between(0, 1 - u);
    const Vec3 other = triangle.a + (triangle.b - triangle.a) * u + (triangle.c - triangle.a) * v;
    EXPECT_LE(distance(point, nearest), distance(point, other) + 1e-4f) << i;
  }
}

TEST(NearestPoints, AreNoneApartWhenTheSegmentCrossesTheTriangle) {
  const Nearest nearest = nearest_points(kTriangle, {{1, -1, 1}, {1, 3, 1}});
  EXPECT_EQ(nearest.distance_squared, 0);
  EXPECT_EQ(nearest.on_triangle, (Vec3{1, 0, 1}));
}

TEST(NearestPoints, AgreeWithPointsSampledAlongTheSegment) {
  RandomStream random(5);
  for (int i = 0; i < 2'000; ++i) {
    const Triangle triangle{random_point(random), random_point(random), random_point(random)};
    const Segment segment{random_point(random), random_point(random)};
    const Nearest nearest = nearest_points(triangle, segment);
    const float found = std::sqrt(nearest.distance_squared);
    const float sampled = sampled_distance(triangle, segment, 400);
    EXPECT_LE(found, sampled + 1e-3f) << i;
    EXPECT_GE(found, sampled - 0.06f) << i;  // half a step of the longest segment
    EXPECT_NEAR(distance(nearest.on_segment, nearest.on_triangle), found, 1e-3f) << i;
  }
}

TEST(NearestPoints, TakeASegmentWithoutLengthForAPoint) {
  const Vec3 point{1, 2, 1};
  const Nearest nearest = nearest_points(kTriangle, {point, point});
  EXPECT_EQ(nearest.on_triangle, (Vec3{1, 0, 1}));
  EXPECT_EQ(nearest.distance_squared, 4);
}

}  // namespace
}  // namespace tessera::physics
