// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/collision_world.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/random.h"
#include "engine/physics/box.h"

namespace tessera::physics {
namespace {

constexpr Rectangle kBounds{{0, 0}, {100, 100}};

CollisionWorld world_with(std::vector<BoxShape> boxes) {
  return {kBounds, HeightField{}, triangles_of(boxes)};
}

BoxShape crate(float x, float z, float half, float top, float turn = 0) {
  return {{x, top / 2, z}, {half, top / 2, half}, turn};
}

TEST(CollisionWorld, KeepsPlacesInsideItsBounds) {
  const CollisionWorld world = world_with({});
  EXPECT_EQ(world.inside_bounds({-3, 150}, 0.5f), (math::Vec2{0.5f, 99.5f}));
  EXPECT_EQ(world.inside_bounds({50, 60}, 0.5f), (math::Vec2{50, 60}));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(world.inside_bounds({nan, nan}, 0.5f), (math::Vec2{0.5f, 0.5f}));
}

TEST(CollisionWorld, FloorIsTheHighestTopThatIsLowEnough) {
  const CollisionWorld world = world_with({crate(10, 10, 2, 0.3f), crate(10, 10, 1, 1.5f)});
  EXPECT_EQ(world.floor_at({10, 10}, 0.4f, 0.4f), 0.3f);
  EXPECT_EQ(world.floor_at({10, 10}, 0.4f, 2.0f), 1.5f);
  EXPECT_NEAR(world.floor_at({12.2f, 10}, 0.4f, 2.0f), 0.3f - 0.4f + std::sqrt(0.12f), 1e-4f)
      << "its round foot rests on the edge";
  EXPECT_EQ(world.floor_at({15, 10}, 0.4f, 2.0f), 0);
}

TEST(CollisionWorld, KnowsWhichPlacesAreFree) {
  const CollisionWorld world = world_with({crate(10, 10, 1, 2)});
  const StandingCapsule shape{};
  EXPECT_TRUE(world.is_free({20, 0, 20}, shape));
  EXPECT_TRUE(world.is_free({10, 2, 10}, shape)) << "on top of the crate";
  EXPECT_FALSE(world.is_free({10, 0, 10}, shape)) << "in the crate";
  EXPECT_FALSE(world.is_free({11.3f, 0, 10}, shape)) << "overlapping its side";
  EXPECT_FALSE(world.is_free({20, -1, 20}, shape)) << "below the ground";
  EXPECT_FALSE(world.is_free({0.1f, 0, 20}, shape)) << "over the edge";
  EXPECT_FALSE(world.is_free({std::numeric_limits<float>::quiet_NaN(), 0, 20}, shape));
  EXPECT_FALSE(world.is_free({20, std::numeric_limits<float>::quiet_NaN(), 20}, shape));
}

// Solids whose top lies at or below height 0 used to hold nothing.
TEST(CollisionWorld, KnowsTheInsideOfSolidsBelowHeightZero) {
  const BoxShape slab{{8, -6, 8}, {4, 1, 4}, 0};
  const CollisionWorld world({{0, 0}, {16, 16}}, {}, triangles_of(std::span(&slab, 1)));
  EXPECT_TRUE(world.is_inside_solid({8, -6, 8}));
  EXPECT_FALSE(world.is_inside_solid({8, -4, 8}));
  EXPECT_FALSE(world.is_inside_solid({8, -8, 8}));
}

// An open door's leaf used to fill the doorway for who asked what is free.
TEST(CollisionWorld, KnowsThatADoorwayIsFreeWhileItsDoorIsOpen) {
  const BoxShape leaf{{8, 1.2f, 8}, {0.8f, 1.2f, 0.1f}, 0};
  CollisionWorld world(geometry_of_boxes({{0, 0}, {16, 16}}, {}, {}, std::span(&leaf, 1)));
  EXPECT_FALSE(world.is_free({8, 0, 8}, {}));
  world.set_open(0, true);
  EXPECT_TRUE(world.is_free({8, 0, 8}, {}));
  EXPECT_FALSE(world.is_inside_solid({8, 0.5f, 8}));
}

}  // namespace
}  // namespace tessera::physics
