// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/queries/height_blocks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

using math::Vec3;

constexpr float kFar = 1e6f;

/// Hills of different steepness, not a whole number of blocks.
HeightField hills(std::uint64_t seed, std::uint32_t columns, std::uint32_t rows, float spacing_m) {
  RandomStream random(seed);
  std::vector<std::uint16_t> samples;
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column) {
      const float wave = std::sin(static_cast<float>(column) * 0.4f) +
                         std::cos(static_cast<float>(row) * 0.3f) + random.between(0, 1);
      samples.push_back(static_cast<std::uint16_t>(20'000 + 8'000 * wave));
    }
  }
  return {{.columns = columns,
           .rows = rows,
           .spacing_m = spacing_m,
           .origin = {-30, 70},
           .low_m = -20,
           .high_m = 60},
          std::move(samples)};
}

struct Terrain {
  HeightField field;
  HeightBlocks blocks{field};
  float width_m = static_cast<float>(field.options().columns - 1) * field.options().spacing_m;
  float length_m = static_cast<float>(field.options().rows - 1) * field.options().spacing_m;
  std::uint32_t triangles = 2 * (field.options().columns - 1) * (field.options().rows - 1);

  Vec3 random_point(RandomStream& random) const {
    const float x = field.options().origin.x + random.between(-0.1f, 1.1f) * width_m;
    const float z = field.options().origin.z + random.between(-0.1f, 1.1f) * length_m;
    const float y = random.chance(0.5f) ? random.between(-25, 60)
                                        : field.height_at({x, z}) + random.between(-2, 4);
    return {x, y, z};
  }
};

/// In double precision, over all triangles.
std::optional<double> through(const Triangle& triangle, const Ray& ray) {
  struct Vec {
    double x, y, z;
    explicit Vec(Vec3 v) : x(v.x), y(v.y), z(v.z) {}
    Vec(double a, double b, double c) : x(a), y(b), z(c) {}
    Vec minus(const Vec& o) const { return {x - o.x, y - o.y, z - o.z}; }
    double dot(const Vec& o) const { return x * o.x + y * o.y + z * o.z; }
    Vec cross(const Vec& o) const {
      return {y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x};
    }
  };
  const Vec a(triangle.a);
  const Vec direction(ray.direction);
  const Vec ab = Vec(triangle.b).minus(a);
  const Vec ac = Vec(triangle.c).minus(a);
  const Vec p = direction.cross(ac);
  const double determinant = ab.dot(p);
  if (determinant == 0) return std::nullopt;
  const Vec from_a = Vec(ray.origin).minus(a);
  const double u = from_a.dot(p) / determinant;
  const Vec q = from_a.cross(ab);
  const double v = direction.dot(q) / determinant;
  const double distance = ac.dot(q) / determinant;
  if (u < -1e-9 || v < -1e-9 || u + v > 1 + 1e-9 || distance < 0) return std::nullopt;
  return distance;
}

std::optional<double> cast_at_all(const Terrain& terrain, const Ray& ray, double distance_max) {
  std::optional<double> best;
  for (std::uint32_t number = 0; number < terrain.triangles; ++number) {
    const auto distance = through(terrain_triangle(terrain.field, number), ray);
    if (distance && *distance <= distance_max && (!best || *distance < *best)) best = distance;
  }
  return best;
}

/// How high above the ground the ray is at most, or how deep below, on the part of its way that
/// rays would have to have missed: what tells a graze from a fault.
double graze(const Terrain& terrain, const Ray& ray, double from, double to) {
  double least = kFar;
  double most = -kFar;
  for (int i = 0; i <= 1000; ++i) {
    const auto t = static_cast<float>(from + (to - from) * i / 1000);
    const Vec3 at = ray.origin + ray.direction * t;
    const double above = at.y - terrain.field.height_at(flat(at));
    least = std::min(least, above);
    most = std::max(most, above);
  }
  return std::min(std::fabs(least), std::fabs(most));
}

TEST(HeightBlocks, KnowTheLowestAndTheHighestSampleOfTheirSquares) {
  const Terrain terrain{hills(5, 39, 20, 2)};
  ASSERT_EQ(terrain.blocks.columns(), 3u);
  ASSERT_EQ(terrain.blocks.rows(), 2u);
  std::uint16_t low = UINT16_MAX;
  std::uint16_t high = 0;
  for (std::uint32_t row = 16; row < 20; ++row) {
    for (std::uint32_t column = 32; column < 39; ++column) {
      const std::uint16_t sample = terrain.field.samples()[row * 39 + column];
      low = std::min(low, sample);
      high = std::max(high, sample);
    }
  }
  EXPECT_EQ(terrain.blocks.range(2, 1).low, low);
  EXPECT_EQ(terrain.blocks.range(2, 1).high, high);
}

TEST(TerrainTriangle, LooksUpAndLiesInTheGround) {
  const Terrain terrain{hills(6, 9, 6, 3)};
  for (std::uint32_t number = 0; number < terrain.triangles; ++number) {
    const Triangle triangle = terrain_triangle(terrain.field, number);
    ASSERT_GT(triangle.normal().y, 0) << number;
    const Vec3 middle = (triangle.a + triangle.b + triangle.c) * (1.0f / 3);
    ASSERT_NEAR(terrain.field.height_at(flat(middle)), middle.y, 1e-3f) << number;
  }
}

TEST(CastTerrainRay, HitsTheGroundFromAboveAndFromBelow) {
  const HeightField flat_ground({.columns = 5, .rows = 5, .spacing_m = 4},
                                std::vector<std::uint16_t>(25));
  const HeightBlocks blocks(flat_ground);
  EXPECT_EQ(cast_ray(flat_ground, blocks, {{3, 8, 1}, {0, -1, 0}}, kFar),
            (TerrainHit{8, 1, false}));
  EXPECT_EQ(cast_ray(flat_ground, blocks, {{1, -8, 3}, {0, 4, 0}}, kFar), (TerrainHit{2, 0, true}));
  EXPECT_FALSE(cast_ray(flat_ground, blocks, {{3, 8, 1}, {0, -1, 0}}, 7.9f));
  EXPECT_FALSE(cast_ray(flat_ground, blocks, {{3, 8, 1}, {0, 1, 0}}, kFar)) << "behind the ray";
  EXPECT_FALSE(cast_ray(flat_ground, blocks, {{20, 8, 1}, {0, -1, 0}}, kFar)) << "off the grid";
  EXPECT_TRUE(cast_ray(flat_ground, blocks, {{-8, 8, 8}, {1, -1, 0}}, kFar)) << "comes in";
  EXPECT_FALSE(cast_ray(flat_ground, blocks, {{-8, 4, 8}, {1, -1, 0}}, kFar)) << "comes in below";
  EXPECT_TRUE(cast_ray(flat_ground, blocks, {{2, 0, 2}, {1, 0, 0}}, kFar)) << "touches";
}

TEST(CastTerrainRay, AnswersNothingForWhatIsNoRay) {
  const Terrain terrain{hills(7, 20, 20, 2)};
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinite = std::numeric_limits<float>::infinity();
  for (const float bad : {nan, infinite, -infinite}) {
    EXPECT_FALSE(cast_ray(terrain.field, terrain.blocks, {{bad, 0, 80}, {1, 0, 0}}, 10));
    EXPECT_FALSE(cast_ray(terrain.field, terrain.blocks, {{0, 0, 80}, {0, bad, 0}}, 10));
  }
  EXPECT_FALSE(cast_ray(terrain.field, terrain.blocks, {{0, 90, 80}, {0, -1, 0}}, nan));
  EXPECT_FALSE(cast_ray(terrain.field, terrain.blocks, {{0, 90, 80}, {0, -1, 0}}, -1));
  EXPECT_TRUE(cast_ray(terrain.field, terrain.blocks, {{0, 90, 80}, {0, -1, 0}}, infinite));
  (void)cast_ray(terrain.field, terrain.blocks, {{3e38f, 3e38f, 3e38f}, {-3e38f, 1, 3e38f}}, kFar);
  (void)cast_ray(terrain.field, terrain.blocks, {{}, {}}, kFar);
}

TEST(CastTerrainRay, AgreesWithAskingEveryTriangle) {
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomStream random(seed);
    const Terrain terrain{hills(seed, 20 + random.below(30), 20 + random.below(30),
                                random.chance(0.5f) ? 1.0f : 2.7f)};
    int hits = 0;
    int differ = 0;
    for (int i = 0; i < 3'000; ++i) {
      Ray ray{terrain.random_point(random), {}};
      ray.direction = terrain.random_point(random) - ray.origin;
      if (random.chance(0.1f)) ray.direction = {0, random.between(-50, 50), 0};
      if (random.chance(0.1f)) ray.direction.x = 0;
      if (random.chance(0.1f)) ray.direction.x = ray.direction.z;
      if (random.chance(0.1f)) ray.direction.y = 0;
      const float distance_max = random.chance(0.7f) ? 1 : random.between(0, 20);
      const auto expected = cast_at_all(terrain, ray, distance_max);
      const auto found = cast_ray(terrain.field, terrain.blocks, ray, distance_max);
      const double metres = length(ray.direction);
      hits += found ? 1 : 0;
      if (found && expected && std::fabs(found->distance - *expected) * metres < 1e-3) {
        const Vec3 at = ray.origin + ray.direction * found->distance;
        Bounds there = bounds_of(terrain_triangle(terrain.field, found->triangle));
        there.grow(0.002f);
        ASSERT_TRUE(there.touches({at, at})) << i << ": names another triangle";
        continue;
      }
      if (!found && !expected) continue;
      ++differ;  // only a ray that grazes the ground may do so
      const double ours = found ? found->distance : distance_max;
      const double theirs = expected ? *expected : distance_max;
      ASSERT_LT(graze(terrain, ray, std::min(ours, theirs), std::max(ours, theirs)), 1e-3) << i;
    }
    EXPECT_GT(hits, 1'000);
    EXPECT_LT(differ, 30);
  }
}

TEST(CastTerrainRay, LetsNothingSlipThroughAtCornersAndAlongEdges) {
  const Terrain terrain{hills(8, 40, 40, 2)};
  RandomStream random(12);
  for (int i = 0; i < 50'000; ++i) {
    const Vec3 corner{-30 + static_cast<float>(1 + random.below(38)) * 2, -30,
                      70 + static_cast<float>(1 + random.below(38)) * 2};
    Vec3 from = corner + Vec3{static_cast<float>(random.below(41)) - 20, 0,
                              static_cast<float>(random.below(41)) - 20};
    from = {std::clamp(from.x, -30.0f, 48.0f), 100, std::clamp(from.z, 70.0f, 148.0f)};
    ASSERT_TRUE(cast_ray(terrain.field, terrain.blocks, {from, corner - from}, 1)) << i;
  }
}

TEST(EachTouchingTerrain, AgreesWithAskingEveryTriangle) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomStream random(seed);
    const Terrain terrain{hills(seed, 18 + random.below(40), 18 + random.below(40), 1.3f)};
    std::size_t total = 0;
    for (int i = 0; i < 1'000; ++i) {
      Bounds box;
      box.add(terrain.random_point(random));
      box.grow(random.between(0, 8));
      std::set<std::uint32_t> expected;
      for (std::uint32_t number = 0; number < terrain.triangles; ++number) {
        if (bounds_of(terrain_triangle(terrain.field, number)).touches(box)) {
          expected.insert(number);
        }
      }
      std::set<std::uint32_t> found;
      each_touching(terrain.field, terrain.blocks, box, [&](std::uint32_t number, const Triangle&) {
        EXPECT_TRUE(found.insert(number).second) << "visited twice";
      });
      ASSERT_EQ(found, expected) << i;
      total += found.size();
    }
    EXPECT_GT(total, 5'000u);
  }
}

}  // namespace
}  // namespace tessera::physics
