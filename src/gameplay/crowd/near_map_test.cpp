// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/crowd/near_map.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "engine/core/random.h"

namespace tessera::crowd {
namespace {

TEST(NearMap, KeepsItsRuleForWhoIsNearAndWhoIsNot) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    RandomStream random(seed);
    const float size = random.between(100, 4096);
    const math::Vec2 low{random.between(-2000, 2000), random.between(-2000, 2000)};
    NearMap map;
    map.begin({low, low + math::Vec2{size, size}});
    std::vector<math::Vec2> marked;
    for (int i = 0; i < 12; ++i) {
      marked.push_back(low + math::Vec2{random.between(0, size), random.between(0, size)});
      map.mark(marked.back());
    }
    map.spread(60);
    for (int i = 0; i < 3000; ++i) {
      const math::Vec2 place = low + math::Vec2{random.between(0, size), random.between(0, size)};
      bool within_60 = false;
      bool within_80 = false;
      for (const math::Vec2 other : marked) {
        const math::Vec2 apart = place - other;
        within_60 |= length(apart) <= 60;
        within_80 |= std::max(std::fabs(apart.x), std::fabs(apart.z)) <= 80;
      }
      if (within_60) {
        ASSERT_TRUE(map.holds(place));
      }
      if (!within_80) {
        ASSERT_FALSE(map.holds(place));
      }
    }
  }
}

TEST(NearMap, CoversLargerWorldsWithLargerCells) {
  NearMap map;
  map.begin({{0, 0}, {16'384, 16'384}});
  map.mark({16'300, 10});
  map.spread(60);
  EXPECT_TRUE(map.holds({16'300, 70}));
  EXPECT_FALSE(map.holds({16'300, 200}));
}

TEST(NearMap, AnswersForPlacesThatAreNone) {
  NearMap map;
  map.begin({{0, 0}, {256, 256}});
  map.mark({1e30f, -1e30f});
  map.mark({std::numeric_limits<float>::quiet_NaN(), 5});
  map.spread(60);
  EXPECT_TRUE(map.holds({0, 0}));
  EXPECT_FALSE(map.holds({128, 200}));
  map.begin({{0, 0}, {256, 256}});
  EXPECT_FALSE(map.holds({0, 0}));
}

}  // namespace
}  // namespace tessera::crowd
