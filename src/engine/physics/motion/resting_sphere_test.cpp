// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/motion/resting_sphere.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/physics/mesh/capsule.h"

namespace tessera::physics {
namespace {

using math::Vec3;

constexpr Triangle kFloor{{0, 1, 0}, {4, 1, 0}, {0, 1, 4}};

TEST(RestingHeight, IsARadiusAboveALevelFloor) {
  EXPECT_FLOAT_EQ(*resting_height(kFloor, {1, 1}, 0.4f), 1.4f);
  EXPECT_FLOAT_EQ(*resting_height({kFloor.a, kFloor.c, kFloor.b}, {1, 1}, 0.4f), 1.4f)
      << "whichever way it is turned";
}

TEST(RestingHeight, RollsOverEdgesAndCorners) {
  EXPECT_FLOAT_EQ(*resting_height(kFloor, {2, -0.3f}, 0.5f), 1.4f);
  EXPECT_FLOAT_EQ(*resting_height(kFloor, {-0.3f, 0}, 0.5f), 1.4f);
  EXPECT_FALSE(resting_height(kFloor, {2, -0.6f}, 0.5f));
}

TEST(RestingHeight, TouchesTheTopOfAnUprightWall) {
  const Triangle wall{{0, 0, 0}, {4, 0, 0}, {0, 3, 0}};
  EXPECT_FLOAT_EQ(*resting_height(wall, {2, 0}, 0.5f), 1.5f + 0.5f * 5 / 4) << "on its slope";
  EXPECT_FLOAT_EQ(*resting_height(wall, {0, 0}, 0.5f), 3.5f) << "on its upper corner";
  EXPECT_FALSE(resting_height(wall, {1, 0.6f}, 0.5f));
}

TEST(RestingHeight, IsWhereASphereLetDownFromAboveStops) {
  RandomStream random(9);
  int rests = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto corner = [&] {
      return Vec3{random.between(-2, 2), random.between(-2, 2), random.between(-2, 2)};
    };
    const Triangle triangle{corner(), corner(), corner()};
    const math::Vec2 place{random.between(-2, 2), random.between(-2, 2)};
    const float radius = random.between(0.1f, 0.8f);
    const auto height = resting_height(triangle, place, radius);
    const Vec3 above{place.x, 10, place.z};
    const auto hit = cast_at(triangle, {{above, above}, radius}, {0, -20, 0});
    // At the very rim either may call it a miss.
    if (!height || !hit) {
      const float stop = height ? *height : 10 - 20 * hit->share;
      const Vec3 there{place.x, stop, place.z};
      const float apart = distance(there, nearest_point(triangle, there));
      ASSERT_TRUE((!height && !hit) || apart > radius - 0.01f) << i;
      continue;
    }
    ++rests;
    ASSERT_NEAR(*height, 10 - 20 * hit->share, 0.02f) << i;
    const Vec3 there{place.x, *height, place.z};
    ASSERT_NEAR(distance(there, nearest_point(triangle, there)), radius, 2e-3f) << i;
  }
  EXPECT_GT(rests, 5'000);
}

}  // namespace
}  // namespace tessera::physics
