// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/mesh/triangle_tree.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

using math::Vec3;

constexpr float kFar = 1e6f;

Vec3 random_point(RandomStream& random, float size) {
  return {random.between(-size, size), random.between(-size, size), random.between(-size, size)};
}

/// Triangles of very different sizes, some of them flat, doubled, or without area.
std::vector<Triangle> random_triangles(RandomStream& random, std::size_t count) {
  std::vector<Triangle> triangles;
  while (triangles.size() < count) {
    const Vec3 at = random_point(random, 50);
    const float size = random.chance(0.1f) ? 30.0f : 1.0f;
    Triangle made{at + random_point(random, size), at + random_point(random, size),
                  at + random_point(random, size)};
    if (random.chance(0.1f)) made.b.y = made.c.y = made.a.y;
    if (random.chance(0.05f)) made.c = made.b;
    triangles.push_back(made);
    if (random.chance(0.05f)) triangles.push_back(made);
  }
  return triangles;
}

std::optional<RayHit> cast_at_all(std::span<const Triangle> triangles, const Ray& ray,
                                  float distance_max) {
  std::optional<RayHit> best;
  for (std::uint32_t i = 0; i < triangles.size(); ++i) {
    const auto distance = ray_through(triangles[i], ray, distance_max);
    if (distance && (!best || *distance < best->distance)) best = {*distance, i};
  }
  return best;
}

TEST(TriangleTree, AnswersNothingWhenItIsEmpty) {
  const TriangleTree tree;
  EXPECT_FALSE(tree.cast_ray({{}, {0, -1, 0}}, kFar));
  tree.each_touching({{-kFar, -kFar, -kFar}, {kFar, kFar, kFar}},
                     [](std::uint32_t, const Triangle&) { ADD_FAILURE(); });
}

TEST(TriangleTree, HitsTheGroundFromAboveAndFromBelow) {
  const Triangle ground{{-10, 2, -10}, {10, 2, -10}, {0, 2, 10}};
  const TriangleTree tree({&ground, 1});
  EXPECT_EQ(tree.cast_ray({{0, 10, 0}, {0, -1, 0}}, kFar), (RayHit{8, 0}));
  EXPECT_EQ(tree.cast_ray({{0, 0, 0}, {0, 4, 0}}, kFar), (RayHit{0.5f, 0}));
  EXPECT_FALSE(tree.cast_ray({{0, 10, 0}, {0, -1, 0}}, 7.9f));
  EXPECT_FALSE(tree.cast_ray({{0, 10, 0}, {0, 1, 0}}, kFar)) << "behind the ray";
  EXPECT_FALSE(tree.cast_ray({{-20, 2, 0}, {1, 0, 0}}, kFar)) << "along the plane";
}

TEST(TriangleTree, LetsNothingSlipThroughBetweenNeighbours) {
  RandomStream random(11);
  std::vector<Triangle> floor;
  for (int x = 0; x < 16; ++x) {
    for (int z = 0; z < 16; ++z) {
      const auto corner = [&](int dx, int dz) {
        return Vec3{static_cast<float>(x + dx) * 0.7f, std::sin(static_cast<float>(x + dx)),
                    static_cast<float>(z + dz) * 0.7f};
      };
      floor.push_back({corner(0, 0), corner(1, 0), corner(0, 1)});
      floor.push_back({corner(1, 0), corner(1, 1), corner(0, 1)});
    }
  }
  const TriangleTree tree(floor);
  for (int i = 0; i < 20'000; ++i) {
    // Straight at corners and along edges.
    const Vec3 target{static_cast<float>(1 + random.below(14)) * 0.7f, 0,
                      random.chance(0.5f) ? static_cast<float>(1 + random.below(14)) * 0.7f
                                          : random.between(0.7f, 10.5f)};
    const Vec3 from{random.between(3, 8), 40, random.between(3, 8)};
    ASSERT_TRUE(tree.cast_ray({from, target - from}, kFar)) << i;
  }
}

TEST(TriangleTree, AgreesWithAskingEveryTriangle) {
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomStream random(seed);
    const auto triangles = random_triangles(random, 1 + random.below(900));
    const TriangleTree tree(triangles);
    EXPECT_EQ(tree.size(), triangles.size());
    for (int i = 0; i < 1'500; ++i) {
      Ray ray{random_point(random, 60), random_point(random, 1)};
      if (random.chance(0.2f)) ray.direction = {0, random.chance(0.5f) ? 1.0f : -1.0f, 0};
      const float distance_max = random.chance(0.3f) ? random.between(0, 50) : kFar;
      ASSERT_EQ(tree.cast_ray(ray, distance_max), cast_at_all(triangles, ray, distance_max)) << i;

      Bounds box;
      box.add(random_point(random, 55));
      box.grow(random.between(0, 6));
      std::set<std::uint32_t> expected;
      for (std::uint32_t t = 0; t < triangles.size(); ++t) {
        if (bounds_of(triangles[t]).touches(box)) expected.insert(t);
      }
      std::set<std::uint32_t> found;
      tree.each_touching(box, [&](std::uint32_t number, const Triangle&) {
        EXPECT_TRUE(found.insert(number).second) << "visited twice";
      });
      ASSERT_EQ(found, expected) << i;
    }
  }
}

TEST(TriangleTree, IsBuiltFromAnyPileOfTriangles) {
  const Triangle one{{0, 0, 0}, {1, 0, 0}, {0, 0, 1}};
  const std::vector<Triangle> same(10'000, one);
  EXPECT_EQ(TriangleTree(same).cast_ray({{0.2f, 1, 0.2f}, {0, -1, 0}}, kFar), (RayHit{1, 0}));
  std::vector<Triangle> ever_smaller;  // splits that take off one triangle at a time
  float size = 1e30f;
  for (int i = 0; i < 200; ++i, size *= 0.5f) {
    ever_smaller.push_back({{size, 0, 0}, {size * 1.1f, 0, 0}, {size, 0, size * 0.1f}});
  }
  EXPECT_EQ(TriangleTree(ever_smaller).size(), 200u);
}

}  // namespace
}  // namespace tessera::physics
