// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/doors/door_index.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/core/random.h"
#include "engine/physics/box.h"

namespace tessera::doors {
namespace {

std::shared_ptr<const physics::StaticGeometry> doors_at_random(RandomStream& random, int count,
                                                               float size_m) {
  std::vector<physics::BoxShape> leaves;
  for (int i = 0; i < count; ++i) {
    leaves.push_back({{random.between(0, size_m), random.between(0, 10), random.between(0, size_m)},
                      {random.between(0.3f, 4), random.between(0.5f, 2), 0.1f},
                      random.between(-3, 3)});
  }
  return physics::geometry_of_boxes({{0, 0}, {size_m, size_m}}, {}, {}, leaves);
}

std::vector<std::size_t> by_brute_force(const DoorIndex& index, math::Vec3 foot, float reach) {
  std::vector<std::size_t> found;
  for (std::size_t door = 0; door < index.size(); ++door) {
    if (index.is_at(door, foot, reach)) found.push_back(door);
  }
  return found;
}

TEST(DoorIndex, FindsTheDoorsOfAPlaceAsALookAtAllOfThemDoes) {
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u}) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    RandomStream random(seed);
    const float size_m = seed == 4 ? 20'000.0f : 300.0f;
    const DoorIndex index(*doors_at_random(random, seed == 1 ? 1 : 200, size_m));
    for (int i = 0; i < 20'000; ++i) {
      const std::size_t some = random.below(static_cast<std::uint32_t>(index.size()));
      const math::Vec3 by = index.leaf(some).low;
      const math::Vec3 foot{by.x + random.between(-8, 8), by.y + random.between(-3, 3),
                            by.z + random.between(-8, 8)};
      const float reach = random.chance(0.5f) ? kHoldReach_m : kOpenReach_m;
      std::vector<std::size_t> found;
      for (const std::uint16_t door : index.near(math::flat(foot))) {
        if (index.is_at(door, foot, reach)) found.push_back(door);
      }
      ASSERT_EQ(found, by_brute_force(index, foot, reach)) << foot.x << " " << foot.z;
    }
  }
}

TEST(DoorIndex, IsNearNothingOutsideOfItsGrid) {
  RandomStream random(5);
  const DoorIndex index(*doors_at_random(random, 20, 100));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(index.near({nan, 50}).empty());
  EXPECT_TRUE(index.near({50, nan}).empty());
  EXPECT_TRUE(index.near({-1e30f, 50}).empty());
  EXPECT_TRUE(index.near({50, 1e30f}).empty());
  EXPECT_TRUE(DoorIndex().near({0, 0}).empty());
}

}  // namespace
}  // namespace tessera::doors
