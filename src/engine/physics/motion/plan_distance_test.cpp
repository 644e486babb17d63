// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/motion/plan_distance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

using math::Vec3;

PlanNearest nearest(const Triangle& triangle, float low, float high) {
  return plan_nearest(math::splat(triangle.a), math::splat(triangle.b), math::splat(triangle.c),
                      low, high);
}

float distance(const Triangle& triangle, float low, float high) {
  return std::sqrt(nearest(triangle, low, high).distance_squared[0]);
}

TEST(PlanNearest, SeesAnUprightWallAsALine) {
  const Triangle wall{{2, 0, -3}, {2, 0, 3}, {2, 4, 3}};
  EXPECT_FLOAT_EQ(distance(wall, 0, 1), 2);
  EXPECT_FLOAT_EQ(distance(wall, 3, 5), std::sqrt(4 + 1.5f * 1.5f)) << "its upper part is narrow";
  EXPECT_EQ(distance(wall, 4, 5), std::sqrt(PlanNearest::kNoPart)) << "touching is not between";
  EXPECT_EQ(distance(wall, -2, 0), std::sqrt(PlanNearest::kNoPart));
}

TEST(PlanNearest, CutsASlope) {
  const Triangle slope{{1, 0, -50}, {1, 0, 50}, {5, 4, 0}};  // rises towards the east at 45 degrees
  EXPECT_FLOAT_EQ(distance(slope, 0, 4), 1);
  EXPECT_FLOAT_EQ(distance(slope, 0.5f, 4), 1.5f);
  EXPECT_FLOAT_EQ(distance(slope, 2, 4), 3);
}

TEST(PlanNearest, TakesALevelTriangleWhole) {
  const Triangle level{{1, 1, -1}, {3, 1, -1}, {1, 1, 2}};
  EXPECT_FLOAT_EQ(distance(level, 0, 2), 1);
  EXPECT_EQ(distance(level, 1, 2), std::sqrt(PlanNearest::kNoPart));
  const Triangle over{{-1, 1, -1}, {3, 1, -1}, {-1, 1, 3}};
  EXPECT_NE(nearest(over, 0, 2).inside[0], 0);
  EXPECT_EQ(nearest(level, 0, 2).inside[0], 0);
}

/// The part between the planes as a cloud of points, and the least distance in it.
float sampled_distance(const Triangle& triangle, float low, float high) {
  float best = PlanNearest::kNoPart;
  constexpr int kSteps = 300;
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps - i; ++j) {
      const float u = static_cast<float>(i) / kSteps;
      const float v = static_cast<float>(j) / kSteps;
      const Vec3 point = triangle.a + (triangle.b - triangle.a) * u + (triangle.c - triangle.a) * v;
      if (point.y <= low || point.y >= high) continue;
      best = std::min(best, point.x * point.x + point.z * point.z);
    }
  }
  return std::sqrt(best);
}

TEST(PlanNearest, AgreesWithAllPointsOfTheTriangle) {
  constexpr std::uint64_t kSeed = 31;
  SCOPED_TRACE(kSeed);
  RandomStream random(kSeed);
  int parts = 0;
  for (int i = 0; i < 1'500; ++i) {
    const auto corner = [&] {
      return Vec3{random.between(-2, 2), random.between(-2, 2), random.between(-2, 2)};
    };
    Triangle triangle{corner(), corner(), corner()};
    if (random.chance(0.2f)) triangle.b.y = triangle.a.y;
    if (random.chance(0.1f)) triangle.c.y = triangle.a.y;
    if (random.chance(0.1f)) triangle.b = {triangle.a.x, triangle.b.y, triangle.a.z};
    const float low = random.between(-2, 1.5f);
    const float high = low + random.between(0.05f, 2);
    const PlanNearest found = nearest(triangle, low, high);
    const float sampled = sampled_distance(triangle, low, high);
    if (sampled > 100) continue;  // so thin a part that no sample fell in
    ++parts;
    const float exact = found.inside[0] != 0 ? 0 : std::sqrt(found.distance_squared[0]);
    ASSERT_LE(exact, sampled + 1e-3f) << i;
    ASSERT_GE(exact, sampled - 0.06f) << i;
    const float place = found.x[0] * found.x[0] + found.z[0] * found.z[0];
    ASSERT_NEAR(place, found.distance_squared[0], 1e-4f) << i;
  }
  EXPECT_GT(parts, 900);
}

}  // namespace
}  // namespace tessera::physics
