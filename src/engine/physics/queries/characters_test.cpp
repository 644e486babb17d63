// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/queries/characters.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

using math::Vec3;

Vec3 random_point(RandomStream& random, float size) {
  return {random.between(-size, size), random.between(-size, size), random.between(-size, size)};
}

/// How far a place is from the surface of a character; negative within.
double gap(const UprightCapsule& character, Vec3 place) {
  const Segment axis = character.segment();
  const double y = std::clamp(place.y, axis.from.y, axis.to.y);
  const double dx = double{place.x} - axis.from.x;
  const double dz = double{place.z} - axis.from.z;
  return std::sqrt(dx * dx + (place.y - y) * (place.y - y) + dz * dz) - character.radius;
}

TEST(CastAtCharacter, StrikesTheBreastTheHeadAndTheFeet) {
  const UprightCapsule ann{{10, 2, 0}, 0.5f, 2};
  const auto breast = cast_at(ann, {0, 3, 0}, {20, 0, 0}, 0);
  ASSERT_TRUE(breast);
  EXPECT_NEAR(breast->share, 9.5f / 20, 1e-6f);
  EXPECT_NEAR(breast->point.x, 9.5f, 1e-5f);
  EXPECT_NEAR(breast->normal.x, -1, 1e-6f);
  const auto head = cast_at(ann, {10, 9, 0}, {0, -10, 0}, 0.1f);
  ASSERT_TRUE(head);
  EXPECT_NEAR(head->share, 0.49f, 1e-6f);
  EXPECT_NEAR(head->point.y, 4, 1e-5f);
  EXPECT_NEAR(head->normal.y, 1, 1e-6f);
  EXPECT_FALSE(cast_at(ann, {0, 1.9f, 0}, {20, 0, 0}, 0)) << "under the feet";
  EXPECT_TRUE(cast_at(ann, {0, 1.9f, 0}, {20, 0, 0}, 0.2f));
  EXPECT_FALSE(cast_at(ann, {0, 3, 0}, {9.4f, 0, 0}, 0)) << "too short";
  EXPECT_FALSE(cast_at(ann, {0, 3, 0}, {-20, 0, 0}, 0)) << "the other way";
  EXPECT_FALSE(cast_at(ann, {0, 3, 0}, {}, 0)) << "no way";
}

TEST(CastAtCharacter, SaysAtOnceThatItStartsInsideAndLetsWhoTouchesLeave) {
  const UprightCapsule ann{{10, 2, 0}, 0.5f, 2};
  const auto inside = cast_at(ann, {10, 3, 0}, {1, 0, 0}, 0);
  ASSERT_TRUE(inside);
  EXPECT_EQ(inside->share, 0);
  EXPECT_FALSE(cast_at(ann, {9.5f, 3, 0}, {-1, 0, 0}, 0));
  EXPECT_TRUE(cast_at(ann, {9.5f, 3, 0}, {1, 0, 0}, 0));
}

TEST(CastAtCharacter, FindsTheFirstTouchOnWaysOfAllLengths) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomStream random(seed);
    int hits = 0;
    for (int i = 0; i < 5'000; ++i) {
      const UprightCapsule character{random_point(random, 3), random.between(0.1f, 1),
                                     random.between(0.1f, 3)};
      const float far = random.chance(0.3f) ? 300.0f : 6.0f;
      const Vec3 from = random_point(random, far);
      const Vec3 goal = character.feet + random_point(random, 1.5f);
      const Vec3 way = (goal - from) * random.between(0.2f, 3);
      const float radius = random.chance(0.5f) ? 0 : random.between(0.01f, 0.5f);
      const auto hit = cast_at(character, from, way, radius);
      const float free = hit ? hit->share : 1;
      for (int part = 0; part <= 200; ++part) {
        const Vec3 at = from + way * (free * static_cast<float>(part) / 200);
        if (hit && hit->share == 0) break;
        ASSERT_GT(gap(character, at), radius - 1e-3) << i;
      }
      if (!hit) continue;
      ++hits;
      ASSERT_NEAR(gap(character, hit->point), 0, 1e-4) << i;
      if (hit->share == 0) continue;
      ASSERT_NEAR(gap(character, from + way * hit->share), radius, 1e-3) << i;
    }
    EXPECT_GT(hits, 500);
  }
}

TEST(CharacterColumns, GiveBackWhatWasAdded) {
  CharacterColumns columns;
  RandomStream random(3);
  for (int round = 0; round < 2; ++round) {
    columns.clear();
    std::vector<UprightCapsule> added;
    for (int i = 0; i < 7; ++i) {
      added.push_back({random_point(random, 9), random.between(0.2f, 0.5f), random.between(1, 2)});
      columns.add(added.back());
    }
    ASSERT_EQ(columns.size(), 7u);
    for (std::size_t i = 0; i < added.size(); ++i) {
      EXPECT_EQ(columns[i].feet.x, added[i].feet.x);
      EXPECT_NEAR(columns[i].feet.y, added[i].feet.y, 1e-6f);
      EXPECT_EQ(columns[i].radius, added[i].radius);
      EXPECT_NEAR(columns[i].height, added[i].height, 1e-5f);
    }
  }
}

}  // namespace
}  // namespace tessera::physics
