// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/mesh/capsule.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

using math::Vec3;

/// A wall in the plane x = 5, and a floor in the plane y = 0.
const std::vector<Triangle> kRoom{{{5, -10, -10}, {5, 10, -10}, {5, 0, 20}},
                                  {{-20, 0, -20}, {20, 0, -20}, {0, 0, 30}}};

Capsule standing_at(Vec3 foot) {
  return {{foot + Vec3{0, 0.4f, 0}, foot + Vec3{0, 1.4f, 0}}, 0.4f};
}

Vec3 random_point(RandomStream& random, float size) {
  return {random.between(-size, size), random.between(-size, size), random.between(-size, size)};
}

std::vector<Triangle> random_triangles(RandomStream& random, std::size_t count) {
  std::vector<Triangle> triangles;
  for (std::size_t i = 0; i < count; ++i) {
    const Vec3 at = random_point(random, 12);
    triangles.push_back(
        {at + random_point(random, 2), at + random_point(random, 2), at + random_point(random, 2)});
  }
  return triangles;
}

Capsule random_capsule(RandomStream& random) {
  const Vec3 at = random_point(random, 14);
  const Vec3 size = random.chance(0.3f) ? Vec3{} : random_point(random, 1);
  return {{at, at + size}, random.between(0.05f, 0.8f)};
}

TEST(CastCapsule, StopsBesideTheWallAndTellsWhereItIs) {
  const TriangleTree tree(kRoom);
  const auto hit = cast_capsule(tree, standing_at({0, 0.01f, 0}), {10, 0, 0});
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->share, 0.46f, 1e-4f);
  EXPECT_EQ(hit->triangle, 0u);
  EXPECT_NEAR(hit->normal.x, -1, 1e-5f);
  EXPECT_NEAR(hit->point.x, 5, 1e-5f);
  EXPECT_FALSE(cast_capsule(tree, standing_at({0, 0.01f, 0}), {4.5f, 0, 0}));
}

TEST(CastCapsule, PassesNoTriangleHoweverFastItIs) {
  const TriangleTree tree(kRoom);
  for (const float way : {1.0f, 100.0f, 1e4f, 1e6f}) {
    const auto hit = cast_capsule(tree, {{{0, 2, 0}, {0, 2, 0}}, 0.05f}, {way, 0, 0});
    EXPECT_EQ(hit.has_value(), way > 4.96f) << way;
    if (!hit) continue;
    EXPECT_NEAR(hit->share * way, 4.95f, 0.01f + way * 1e-7f) << way;
  }
}

TEST(CastCapsule, LetsWhoTouchesAWallLeaveItOrGoAlongIt) {
  const TriangleTree tree(kRoom);
  const Capsule beside = standing_at({4.6f, 0.5f, 0});
  EXPECT_FALSE(cast_capsule(tree, beside, {-1, 0, 0}));
  EXPECT_FALSE(cast_capsule(tree, beside, {0, 0, 1}));
  const auto into = cast_capsule(tree, beside, {1, 0, 0});
  ASSERT_TRUE(into);
  EXPECT_EQ(into->share, 0);
}

TEST(CastCapsule, SaysAtOnceThatItStartsInside) {
  const TriangleTree tree(kRoom);
  EXPECT_TRUE(overlaps(tree, standing_at({4.8f, 0.5f, 0})));
  const auto hit = cast_capsule(tree, standing_at({4.8f, 0.5f, 0}), {-1, 0, 0});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->share, 0);
}

TEST(CastCapsule, AgreesWithAskingEveryTriangleAndEndsFree) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomStream random(seed);
    const auto triangles = random_triangles(random, 300);
    const TriangleTree tree(triangles);
    int hits = 0;
    for (int i = 0; i < 2'000; ++i) {
      const Capsule capsule = random_capsule(random);
      const Vec3 way = random_point(random, random.chance(0.2f) ? 40 : 4);
      std::optional<CapsuleHit> expected;
      bool inside = false;
      for (std::uint32_t t = 0; t < triangles.size(); ++t) {
        const float limit = capsule.radius * capsule.radius;
        inside |= nearest_points(triangles[t], capsule.segment).distance_squared < limit;
        auto hit = cast_at(triangles[t], capsule, way);
        if (hit) hit->triangle = t;
        if (hit && (!expected || hit->share < expected->share)) expected = hit;
      }
      const auto found = cast_capsule(tree, capsule, way);
      ASSERT_EQ(found, expected) << i;
      ASSERT_EQ(overlaps(tree, capsule), inside) << i;
      if (inside) continue;
      // Everywhere on the free part of the way there is room.
      const float share = found ? found->share : 1;
      hits += found ? 1 : 0;
      for (const float part : {0.0f, 0.3f, 0.7f, 1.0f}) {
        const Capsule thinner{capsule.moved(way * (share * part)).segment,
                              capsule.radius - kCastTolerance};
        ASSERT_FALSE(overlaps(tree, thinner)) << i << " at " << part;
      }
    }
    EXPECT_GT(hits, 200);
  }
}

}  // namespace
}  // namespace tessera::physics
