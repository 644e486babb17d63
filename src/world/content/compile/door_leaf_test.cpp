// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/compile/door_leaf.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/physics/box.h"

namespace tessera::content {
namespace {

TEST(DoorLeaf, IsTheBoxOfADoorHoweverItIsTurned) {
  const auto seed = static_cast<std::uint64_t>(testing::UnitTest::GetInstance()->random_seed()) + 1;
  RandomStream random(seed);
  for (int round = 0; round < 200; ++round) {
    const physics::BoxShape box{{random.between(0, 4000), 1.2f, random.between(0, 4000)},
                                {random.between(0.5f, 2), 1.2f, random.between(0.05f, 0.2f)},
                                random.between(-3, 3)};
    const nav::Obstacle leaf = door_leaf(physics::triangles_of(std::span(&box, 1)));
    EXPECT_NEAR(leaf.centre.x, box.centre.x, 0.002f) << "seed " << seed;
    EXPECT_NEAR(leaf.centre.y, box.centre.y, 0.002f);
    EXPECT_NEAR(leaf.centre.z, box.centre.z, 0.002f);
    EXPECT_NEAR(std::max(leaf.half_size.x, leaf.half_size.z), box.half_size.x, 0.005f);
    EXPECT_NEAR(std::min(leaf.half_size.x, leaf.half_size.z), box.half_size.z, 0.005f);
    EXPECT_NEAR(length(leaf.facing), 1, 1e-4f);
  }
}

TEST(DoorLeaf, HoldsFlatTrianglesToo) {
  const physics::Triangle flat{{0, 0, 0}, {2, 0, 0}, {0, 3, 0}};
  const nav::Obstacle leaf = door_leaf(std::span(&flat, 1));
  EXPECT_EQ(leaf.half_size, (math::Vec3{1, 1.5f, 0}));
}

}  // namespace
}  // namespace tessera::content
