// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/motion/body_motion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/random.h"
#include "engine/math/trigonometry.h"
#include "engine/physics/box.h"

namespace tessera::physics {
namespace {

constexpr Rectangle kBounds{{0, 0}, {128, 128}};
constexpr BodyShape kShape;

CollisionWorld flat_world(std::vector<BoxShape> boxes) {
  return {kBounds, HeightField{}, triangles_of(boxes)};
}

/// Rises towards the east by `slope` metres a metre.
CollisionWorld sloping_world(float slope) {
  std::vector<std::uint16_t> samples(17 * 17);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<std::uint16_t>(static_cast<float>(i % 17) * 8 * slope * 100);
  }
  return {kBounds,
          HeightField({.columns = 17, .rows = 17, .spacing_m = 8, .low_m = 0, .high_m = 655.35f},
                      samples),
          {}};
}

TEST(Walk, GoesAsFarAsAskedOnOpenGround) {
  const CollisionWorld world = flat_world({});
  Body body{{10, 0, 10}};
  EXPECT_TRUE(walk(world, kShape, body, {0.5f, -0.25f}));
  EXPECT_NEAR(body.position.x, 10.5f, 1e-5f);
  EXPECT_NEAR(body.position.z, 9.75f, 1e-5f);
  EXPECT_TRUE(walk(world, kShape, body, {}));
}

TEST(Walk, StopsAtAWallAndSlidesAlongIt) {
  const CollisionWorld world = flat_world({{{20, 2, 10}, {1, 2, 8}, 0}});
  Body body{{18.5f, 0, 10}};
  for (int i = 0; i < 60; ++i) EXPECT_EQ(walk(world, kShape, body, {0.05f, 0.05f}), i < 2);
  EXPECT_NEAR(body.position.x, 19 - 0.4f - kSkin, 1e-3f);
  EXPECT_NEAR(body.position.z, 13, 0.05f);
}

TEST(Walk, PassesNoWallHoweverThinAndHoweverFarTheWay) {
  const CollisionWorld world = flat_world({{{20, 2, 10}, {0.01f, 2, 50}, 0}});
  for (const float way : {0.1f, 1.0f, 3.0f, 50.0f, 4000.0f}) {
    Body body{{18, 0, 10}};
    for (int i = 0; i < 10; ++i) walk(world, kShape, body, {way, 0});
    EXPECT_LT(body.position.x, 20) << way;
  }
}

TEST(Walk, GoesNoFurtherInOneCallThanItsLimit) {
  const CollisionWorld world = flat_world({});
  Body body{{10, 0, 10}};
  EXPECT_FALSE(walk(world, kShape, body, {100, 0}));
  EXPECT_NEAR(body.position.x, 10 + 16 * 0.2f, 1e-3f);
  EXPECT_FALSE(walk(world, kShape, body, {std::numeric_limits<float>::infinity(), 0}));
  EXPECT_TRUE(walk(world, kShape, body, {std::numeric_limits<float>::quiet_NaN(), 0}));
  EXPECT_NEAR(body.position.x, 13.2f, 1e-3f);
}

TEST(Walk, EndsAtTheEdgeOfTheWorld) {
  const CollisionWorld world = flat_world({});
  Body body{{1, 0, 10}};
  for (int i = 0; i < 20; ++i) walk(world, kShape, body, {-0.1f, 0.1f});
  EXPECT_EQ(body.position.x, 0.4f);
  EXPECT_NEAR(body.position.z, 12, 1e-3f);
}

TEST(Walk, StepsUpALowLedgeAndDownAgain) {
  const CollisionWorld world = flat_world({{{20, 0.2f, 10}, {2, 0.2f, 2}, 0}});
  Body body{{17, 0, 10}};
  bool was_up = false;
  for (int i = 0; i < 70; ++i) {
    EXPECT_TRUE(walk(world, kShape, body, {0.09f, 0}));
    EXPECT_TRUE(body.grounded);
    was_up |= body.position.y == 0.4f;
  }
  EXPECT_TRUE(was_up);
  EXPECT_EQ(body.position.y, 0);
}

TEST(Walk, IsStoppedByALedgeAboveItsStep) {
  const CollisionWorld world = flat_world({{{20, 0.25f, 10}, {2, 0.25f, 2}, 0}});
  Body body{{17, 0, 10}};
  for (int i = 0; i < 70; ++i) walk(world, kShape, body, {0.09f, 0});
  EXPECT_LT(body.position.x, 17.6f);
  EXPECT_EQ(body.position.y, 0);
}

TEST(Walk, DoesNotStepUpWhereItsHeadHasNoRoom) {
  const CollisionWorld world = flat_world(
      {{{20, 0.15f, 10}, {2, 0.15f, 2}, 0}, {{20, 3, 10}, {2, 1, 2}, 0}});  // 0.3 m ledge, 2 m high
  Body body{{17, 0, 10}};
  for (int i = 0; i < 70; ++i) walk(world, kShape, body, {0.09f, 0});
  EXPECT_LT(body.position.x, 17.75f) << "its head touches the edge above";
  EXPECT_LT(body.position.y, 0.2f) << "on the ledge's edge, not on its top";
}

TEST(Walk, HangsInTheAirBeyondAHighLedge) {
  const CollisionWorld world = flat_world({{{20, 1, 10}, {2, 1, 2}, 0}});
  Body body{{21.5f, 2, 10}};
  for (int i = 0; i < 15; ++i) walk(world, kShape, body, {0.09f, 0});
  EXPECT_FALSE(body.grounded);
  EXPECT_NEAR(body.position.y, 1.8f, 0.1f) << "its round foot has rolled over the edge";
}

TEST(Walk, FollowsAGentleSlopeUpAndDown) {
  const CollisionWorld world = sloping_world(0.9f);
  Body body{{10, 9, 10}};
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(walk(world, kShape, body, {0.09f, 0}));
  EXPECT_NEAR(body.position.y, 19 * 0.9f, 0.02f);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(walk(world, kShape, body, {-0.09f, 0}));
  EXPECT_NEAR(body.position.y, 9, 0.02f);
  EXPECT_TRUE(body.grounded);
}

TEST(Walk, DoesNotClimbASteepSlopeButGoesAlongAndDownIt) {
  const CollisionWorld world = sloping_world(1.2f);
  Body body{{50, 60, 60}};
  EXPECT_TRUE(stands_on_steep_ground(world, kShape, body));
  for (int i = 0; i < 60; ++i) walk(world, kShape, body, {0.09f, 0});
  EXPECT_NEAR(body.position.x, 50, 0.05f);
  for (int i = 0; i < 60; ++i) walk(world, kShape, body, {0.09f, 0.09f});
  EXPECT_NEAR(body.position.x, 50, 0.05f);
  EXPECT_NEAR(body.position.z, 65.4f, 0.05f);
  for (int i = 0; i < 60; ++i) walk(world, kShape, body, {-0.09f, 0});
  EXPECT_NEAR(body.position.x, 44.6f, 0.05f);
}

TEST(Walk, InTheAirKeepsItsHeightUntilTheGroundComesUp) {
  const CollisionWorld world = sloping_world(0.5f);
  Body body{{10, 6, 10}, false};
  walk(world, kShape, body, {1, 0});
  EXPECT_EQ(body.position.y, 6);
  EXPECT_FALSE(body.grounded);
  walk(world, kShape, body, {1.5f, 0});
  EXPECT_NEAR(body.position.y, 6.25f, 0.01f);
  EXPECT_TRUE(body.grounded);
}

TEST(Rise, FallsOntoTheGroundAndOntoBoxes) {
  const CollisionWorld world = flat_world({{{20, 1, 10}, {2, 1, 2}, 0}});
  Body body{{10, 3, 10}, false};
  EXPECT_EQ(rise(world, kShape, body, -1), Rise::AsAsked);
  EXPECT_EQ(rise(world, kShape, body, -3), Rise::Stopped);
  EXPECT_EQ(body.position.y, 0);
  EXPECT_TRUE(body.grounded);
  Body above{{20, 30, 10}, false};
  for (int i = 0; i < 10; ++i)
    rise(world, kShape, above, -100);  // not through a roof, however fast
  EXPECT_EQ(above.position.y, 2);
}

TEST(Rise, StopsBelowACeiling) {
  const CollisionWorld world = flat_world({{{20, 4, 10}, {2, 1, 2}, 0}});
  Body body{{20, 0, 10}, false};
  EXPECT_EQ(rise(world, kShape, body, 0.5f), Rise::AsAsked);
  EXPECT_EQ(rise(world, kShape, body, 3), Rise::Stopped);
  EXPECT_LT(body.position.y + kShape.capsule.height, 3);
  EXPECT_GT(body.position.y + kShape.capsule.height, 2.99f);
}

// The property everything else rests on: whatever a body does among boxes of every size and turn,
// on hills, near the origin and four kilometres away where floats are coarse, it stays free, inside
// the world, and no faster than asked.
TEST(BodyMotion, RandomMotionStaysFreeInsideAndWithinItsWay) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    RandomStream random(seed);
    const float low = seed % 2 == 0 ? 3968 : 0;
    const float high = low + 128;
    std::vector<std::uint16_t> samples(17 * 17);
    for (auto& sample : samples) sample = static_cast<std::uint16_t>(random.below(900));
    HeightField terrain({.columns = 17,
                         .rows = 17,
                         .spacing_m = 8,
                         .origin = {low, low},
                         .low_m = 0,
                         .high_m = 655.35f},
                        samples);
    std::vector<BoxShape> boxes;
    for (int i = 0; i < 150; ++i) {
      boxes.push_back(
          {{random.between(low, high), random.between(0, 12), random.between(low, high)},
           {random.between(0.05f, 5), random.between(0.05f, 3), random.between(0.05f, 5)},
           random.between(-4, 4)});
    }
    const CollisionWorld world({{low, low}, {high, high}}, terrain, triangles_of(boxes));
    for (int walker = 0; walker < 40; ++walker) {
      Body body;
      do {
        const math::Vec2 place{random.between(low, high), random.between(low, high)};
        body.position = {place.x, world.floor_at(place, 0.4f, 100), place.z};
      } while (!world.is_free(body.position, kShape.capsule));
      float direction = 0;
      for (int step = 0; step < 400; ++step) {
        if (random.chance(0.1f)) direction = random.between(-3, 3);
        const float length = random.chance(0.05f) ? random.between(0, 3) : 0.0917f;
        const math::Vec2 way{length * math::sin(direction), length * math::cos(direction)};
        if (random.chance(0.05f)) body.grounded = false;
        if (!body.grounded) rise(world, kShape, body, random.between(-1, 0.7f));
        const math::Vec3 before = body.position;
        walk(world, kShape, body, way);
        ASSERT_TRUE(world.is_free(body.position, kShape.capsule))
            << "walker " << walker << " step " << step << " at " << body.position.x << " "
            << body.position.y << " " << body.position.z;
        const float rounding = 5e-4f * (1 + length / 0.2f);  // of each part
        ASSERT_LE(math::length(flat(body.position) - flat(before)), length + rounding);
      }
    }
  }
}

}  // namespace
}  // namespace tessera::physics
