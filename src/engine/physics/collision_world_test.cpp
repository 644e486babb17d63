// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/collision_world.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

constexpr Rectangle kBounds{{0, 0}, {100, 100}};

CollisionWorld world_with(std::vector<BoxShape> boxes) { return {kBounds, HeightField{}, boxes}; }

BoxShape crate(float x, float z, float half, float top, float turn = 0) {
  return {{x, top / 2, z}, {half, top / 2, half}, turn};
}

TEST(Box, TurnsClockwiseSeenFromAbove) {
  const Box box(
      BoxShape{{10, 0, 10}, {4, 1, 1}, math::kHalfPi / 2});  // long axis to the south-east
  EXPECT_LT(box.distance_squared({12.5f, 12.5f}), 1e-6f);
  EXPECT_GT(box.distance_squared({12.5f, 7.5f}), 1.0f);
  EXPECT_NEAR(box.extent().x, 5 * 0.70710678f, 1e-4f);
}

TEST(Box, LocalAndWorldPlacesAreInverse) {
  RandomStream random(5);
  for (int i = 0; i < 1000; ++i) {
    const Box box(BoxShape{
        {random.between(0, 4000), 0, random.between(0, 4000)}, {3, 1, 2}, random.between(-7, 7)});
    const math::Vec2 place = box.centre + math::Vec2{random.between(-9, 9), random.between(-9, 9)};
    const math::Vec2 back = box.to_world(box.to_local(place));
    ASSERT_NEAR(back.x, place.x, 1e-3f);
    ASSERT_NEAR(back.z, place.z, 1e-3f);
  }
}

TEST(Box, PushesACircleToTheNearestSideOrCorner) {
  const Box box(BoxShape{{10, 0, 10}, {2, 1, 1}, 0});
  EXPECT_EQ(pushed_out(box, {12.1f, 10}, 0.5f), (math::Vec2{12.5f, 10}));
  EXPECT_EQ(pushed_out(box, {10, 8.9f}, 0.5f), (math::Vec2{10, 8.5f}));
  EXPECT_EQ(pushed_out(box, {11.5f, 10}, 0.5f), (math::Vec2{12.5f, 10}));  // from inside
  EXPECT_EQ(pushed_out(box, {8.5f, 10}, 0.5f), (math::Vec2{7.5f, 10}));
  EXPECT_EQ(pushed_out(box, {10, 10.5f}, 0.5f), (math::Vec2{10, 11.5f}));
  EXPECT_EQ(pushed_out(box, {10, 9.5f}, 0.5f), (math::Vec2{10, 8.5f}));
  const math::Vec2 corner = pushed_out(box, {12.1f, 11.1f}, 0.5f);
  EXPECT_NEAR(length(corner - math::Vec2{12, 11}), 0.5f, 1e-5f);
}

TEST(BoxGrid, FindsEveryBoxThatACircleMayTouch) {
  RandomStream random(17);
  std::vector<Box> boxes;
  for (int i = 0; i < 200; ++i) {
    boxes.emplace_back(BoxShape{{random.between(50, 350), 0, random.between(50, 350)},
                                {random.between(0.1f, 12), 1, random.between(0.1f, 12)},
                                random.between(-4, 4)});
  }
  const BoxGrid grid(boxes);
  for (int i = 0; i < 20'000; ++i) {
    const math::Vec2 place{random.between(0, 400), random.between(0, 400)};
    const auto near = grid.near(place);
    const auto touching = [&](const Box& box) { return box.touches_circle(place, 1.0f); };
    ASSERT_EQ(std::count_if(near.begin(), near.end(), touching),
              std::count_if(boxes.begin(), boxes.end(), touching));
  }
}

TEST(BoxGrid, HasNothingFarAwayOrForBrokenPlaces) {
  const BoxGrid grid(std::vector{Box(crate(10, 10, 1, 1))});
  EXPECT_TRUE(grid.near({1000, 10}).empty());
  EXPECT_TRUE(grid.near({-1000, 10}).empty());
  EXPECT_TRUE(grid.near({std::numeric_limits<float>::quiet_NaN(), 10}).empty());
  EXPECT_TRUE(BoxGrid().near({0, 0}).empty());
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
  EXPECT_EQ(world.floor_at({12.2f, 10}, 0.4f, 2.0f), 0.3f);  // its edge is under the foot
  EXPECT_EQ(world.floor_at({15, 10}, 0.4f, 2.0f), 0);
}

TEST(CollisionWorld, CeilingIsTheLowestBottomAbove) {
  const CollisionWorld world =
      world_with({{{10, 5, 10}, {2, 1, 2}, 0}, {{10, 9, 10}, {2, 1, 2}, 0}});
  EXPECT_EQ(world.ceiling_at({10, 10}, 0.4f, 1.8f), 4);
  EXPECT_EQ(world.ceiling_at({10, 10}, 0.4f, 7), 8);
  EXPECT_EQ(world.ceiling_at({30, 10}, 0.4f, 1.8f), std::numeric_limits<float>::infinity());
}

TEST(CollisionWorld, PushesOutOfACornerOfTwoWalls) {
  const CollisionWorld world =
      world_with({{{10, 1, 5}, {5, 1, 0.5f}, 0}, {{5, 1, 10}, {0.5f, 1, 5}, 0}});
  const auto place = world.pushed_out_of_boxes({5.7f, 5.7f}, 0.4f, 0, 1.8f);
  ASSERT_TRUE(place);
  EXPECT_FALSE(world.hits_box(*place, 0.4f, 0, 1.8f));
}

TEST(CollisionWorld, FindsNoRoomInANarrowNiche) {
  const CollisionWorld world =
      world_with({{{10, 1, 9.5f}, {5, 1, 0.3f}, 0}, {{10, 1, 10.5f}, {5, 1, 0.3f}, 0}});
  EXPECT_FALSE(world.pushed_out_of_boxes({10, 10}, 0.4f, 0, 1.8f));
}

TEST(CollisionWorld, KnowsWhichPlacesAreFree) {
  const CollisionWorld world = world_with({crate(10, 10, 1, 2)});
  const Cylinder shape;
  EXPECT_TRUE(world.is_free({20, 0, 20}, shape));
  EXPECT_TRUE(world.is_free({10, 2, 10}, shape)) << "on top of the crate";
  EXPECT_FALSE(world.is_free({10, 0, 10}, shape)) << "in the crate";
  EXPECT_FALSE(world.is_free({11.3f, 0, 10}, shape)) << "overlapping its side";
  EXPECT_FALSE(world.is_free({20, -1, 20}, shape)) << "below the ground";
  EXPECT_FALSE(world.is_free({0.1f, 0, 20}, shape)) << "over the edge";
  EXPECT_FALSE(world.is_free({std::numeric_limits<float>::quiet_NaN(), 0, 20}, shape));
  EXPECT_FALSE(world.is_free({20, std::numeric_limits<float>::quiet_NaN(), 20}, shape));
}

}  // namespace
}  // namespace tessera::physics
