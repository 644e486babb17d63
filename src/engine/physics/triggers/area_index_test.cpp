// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/triggers/area_index.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

using math::Vec3;
using Crossings = std::vector<std::pair<std::uint32_t, Crossing>>;

Crossings crossings(const AreaSet& before, const AreaSet& now) {
  Crossings seen;
  each_crossing(before, now,
                [&](std::uint32_t area, Crossing crossing) { seen.emplace_back(area, crossing); });
  return seen;
}

AreaSet set_of(std::initializer_list<std::uint16_t> areas) {
  AreaSet set;
  for (const std::uint16_t area : areas) set.areas[set.count++] = area;
  return set;
}

TEST(AreaIndex, HoldsNothingWhenItIsEmpty) {
  EXPECT_EQ(AreaIndex().areas_at({1, 2, 3}), AreaSet());
  EXPECT_EQ(AreaIndex(std::vector<Area>()).areas_at({1, 2, 3}), AreaSet());
}

TEST(AreaIndex, KnowsAHouseThatIsTurnedAndTheTownRoundIt) {
  const AreaIndex index({
      {.centre = {100, 100}, .half = {40, 40}, .low_m = -10, .high_m = 100},
      // 10 m wide, 4 m deep, looking to the north-east.
      {.centre = {110, 100}, .half = {5, 2}, .heading_rad = 0.785398f, .low_m = 0, .high_m = 6},
  });
  EXPECT_EQ(index.areas_at({110, 1, 100}), set_of({0, 1}));
  EXPECT_EQ(index.areas_at({113, 1, 103}), set_of({0, 1})) << "along its front";
  EXPECT_EQ(index.areas_at({113, 1, 97}), set_of({0})) << "before its door";
  EXPECT_EQ(index.areas_at({110, 7, 100}), set_of({0})) << "on its roof";
  EXPECT_EQ(index.areas_at({140, 1, 140}), set_of({0})) << "on the border";
  EXPECT_EQ(index.areas_at({140.1f, 1, 140}), AreaSet());
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(index.areas_at({nan, nan, nan}), AreaSet());
  EXPECT_EQ(index.areas_at({1e30f, 0, -1e30f}), AreaSet());
}

TEST(AreaIndex, AgreesWithAskingEveryArea) {
  for (const std::uint64_t seed : {1u, 1'000'000u, 2'000'000u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomStream random(seed);
    const float size = random.chance(0.5f) ? 60 : 9'000;
    std::vector<Area> areas;
    for (std::uint32_t i = 0; i < 40; ++i) {
      areas.push_back({.centre = {random.between(-size, size), random.between(-size, size)},
                       .half = {random.between(0, size / 5), random.between(0, size / 5)},
                       .heading_rad = random.between(-7, 7),
                       .low_m = random.between(-5, 0),
                       .high_m = random.between(0, 9)});
    }
    const AreaIndex index(areas);
    std::size_t found = 0;
    for (int i = 0; i < 20'000; ++i) {
      const Vec3 place{random.between(-size, size) * 1.2f, random.between(-6, 10),
                       random.between(-size, size) * 1.2f};
      AreaSet expected;
      for (std::uint32_t area = 0; area < areas.size(); ++area) {
        if (!index.holds(area, place) || expected.count == kAreasAtOnceMax) continue;
        expected.areas[expected.count++] = static_cast<std::uint16_t>(area);
      }
      ASSERT_EQ(index.areas_at(place), expected) << i;
      found += expected.count;
    }
    EXPECT_GT(found, 1'000u);
  }
}

TEST(AreaIndex, CountsTheFirstOfTooManyAreas) {
  const AreaIndex index(std::vector<Area>(20, {.half = {1, 1}, .high_m = 1}));
  const AreaSet set = index.areas_at({});
  EXPECT_EQ(set.count, kAreasAtOnceMax);
  EXPECT_EQ(set.areas.front(), 0);
  EXPECT_EQ(set.areas.back(), kAreasAtOnceMax - 1);
}

TEST(EachCrossing, TellsWhatWasLeftThenWhatWasEntered) {
  using enum Crossing;
  EXPECT_EQ(crossings({}, {}), Crossings());
  EXPECT_EQ(crossings(set_of({1, 5}), set_of({1, 5})), Crossings());
  EXPECT_EQ(crossings({}, set_of({2, 7})), (Crossings{{2, Entered}, {7, Entered}}));
  EXPECT_EQ(crossings(set_of({2, 3, 7}), set_of({1, 3, 9})),
            (Crossings{{2, Left}, {7, Left}, {1, Entered}, {9, Entered}}));
}

}  // namespace
}  // namespace tessera::physics
