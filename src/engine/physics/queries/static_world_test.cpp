// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/queries/static_world.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>

#include "engine/core/random.h"

namespace tessera::physics {
namespace {

using math::Vec3;

HeightField bumpy_ground(RandomStream& random) {
  std::vector<std::uint16_t> samples;
  for (int i = 0; i < 40 * 40; ++i)
    samples.push_back(static_cast<std::uint16_t>(random.below(300)));
  return {{.columns = 40, .rows = 40, .spacing_m = 1.5f, .origin = {-30, -30}, .high_m = 655.35f},
          std::move(samples)};
}

/// Ground with triangles strewn over it.
struct Place {
  explicit Place(std::uint64_t seed) : Place(RandomStream(seed)) {}

  StaticWorld world() const { return {&terrain, &blocks, &mesh}; }
  Vec3 random_point(RandomStream& random) const {
    return {random.between(-28, 28), random.between(-1, 8), random.between(-28, 28)};
  }

  RandomStream random;
  HeightField terrain;
  HeightBlocks blocks;
  std::vector<Triangle> triangles;
  TriangleTree mesh;

 private:
  explicit Place(RandomStream stream)
      : random(stream), terrain(bumpy_ground(random)), blocks(terrain) {
    const auto near = [&](Vec3 at) {
      return at + Vec3{random.between(-2, 2), random.between(-2, 2), random.between(-2, 2)};
    };
    for (int i = 0; i < 200; ++i) {
      const Vec3 at = random_point(random);
      triangles.push_back({at, near(at), near(at)});
    }
    mesh = TriangleTree(triangles);
  }
};

std::optional<StaticHit> cast_at_all(const Place& place, const Capsule& capsule, Vec3 way) {
  std::optional<StaticHit> best;
  const auto take = [&](Surface surface, std::uint32_t number, const Triangle& triangle) {
    const auto hit = cast_at(triangle, capsule, way);
    if (!hit || (best && hit->share >= best->share)) return;
    best = StaticHit{hit->share, surface, number, hit->point, hit->normal};
  };
  for (std::uint32_t i = 0; i < place.triangles.size(); ++i) {
    take(Surface::Mesh, i, place.triangles[i]);
  }
  for (std::uint32_t i = 0; i < 2 * 39 * 39; ++i) {
    take(Surface::Terrain, i, terrain_triangle(place.terrain, i));
  }
  return best;
}

TEST(CastRay, StrikesWhatComesFirst) {
  const HeightField terrain({.columns = 2, .rows = 2, .spacing_m = 20}, {0, 0, 0, 0});
  const HeightBlocks blocks(terrain);
  const Triangle roof{{0, 3, 0}, {0, 3, 10}, {10, 3, 0}};
  const TriangleTree mesh({&roof, 1});
  const StaticWorld world{&terrain, &blocks, &mesh};

  const auto on_roof = cast_ray(world, {2, 9, 2}, {0, -12, 0});
  ASSERT_TRUE(on_roof);
  EXPECT_EQ(*on_roof, (StaticHit{0.5f, Surface::Mesh, 0, {2, 3, 2}, {0, 1, 0}}));
  const auto ceiling = cast_ray(world, {2, 1, 2}, {0, 8, 0});
  ASSERT_TRUE(ceiling);
  EXPECT_EQ(ceiling->normal, (Vec3{0, -1, 0}));
  const auto beside = cast_ray(world, {15, 4, 12}, {0, -8, 0});
  ASSERT_TRUE(beside);
  EXPECT_EQ(*beside, (StaticHit{0.5f, Surface::Terrain, 1, {15, 0, 12}, {0, 1, 0}}));
  EXPECT_FALSE(cast_ray(world, {15, 4, 12}, {0, -3.9f, 0}));
}

TEST(Sees, OverAWallAndNotThroughIt) {
  const HeightField terrain({.columns = 2, .rows = 2, .spacing_m = 20}, {0, 0, 0, 0});
  const HeightBlocks blocks(terrain);
  const Triangle wall{{5, 0, 0}, {5, 0, 20}, {5, 4, 10}};
  const TriangleTree mesh({&wall, 1});
  const StaticWorld world{&terrain, &blocks, &mesh};
  EXPECT_FALSE(sees(world, {1, 1.7f, 10}, {9, 1.7f, 10}));
  EXPECT_TRUE(sees(world, {1, 4.2f, 10}, {9, 4.2f, 10}));
  EXPECT_TRUE(sees(world, {1, 1.7f, 10}, {4, 0, 10})) << "a place on the ground";
  EXPECT_TRUE(sees(world, {1, 1.7f, 10}, {5, 1.7f, 10})) << "a place on the wall";
  EXPECT_FALSE(sees(world, {1, 1.7f, 10}, {4, -0.1f, 10})) << "below the ground";
}

TEST(CastStaticWorld, AgreesWithAskingEveryTriangle) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Place place(seed);
    RandomStream& random = place.random;
    int hits = 0;
    int terrain_hits = 0;
    for (int i = 0; i < 800; ++i) {
      const Vec3 at = place.random_point(random);
      const Vec3 height = random.chance(0.4f) ? Vec3{} : Vec3{0, random.between(0.2f, 1.2f), 0};
      const Capsule capsule{{at, at + height}, random.between(0.02f, 0.6f)};
      const Vec3 way =
          (place.random_point(random) - at) * (random.chance(0.2f) ? 10.0f : random.unit());
      const auto found = cast_capsule(place.world(), capsule, way);
      ASSERT_EQ(found, cast_at_all(place, capsule, way)) << i;
      hits += found && found->share > 0 ? 1 : 0;
      terrain_hits += found && found->surface == Surface::Terrain ? 1 : 0;
    }
    EXPECT_GT(hits, 150);
    EXPECT_GT(terrain_hits, 50);
  }
}

TEST(CastStaticWorld, StopsAVeryLongWayAtTheFirstWall) {
  const HeightField terrain({.columns = 2, .rows = 2, .spacing_m = 20'000}, {0, 0, 0, 0});
  const HeightBlocks blocks(terrain);
  const Triangle wall{{9'000, -9, 0}, {9'000, -9, 200}, {9'000, 90, 100}};
  const TriangleTree mesh({&wall, 1});
  const StaticWorld world{&terrain, &blocks, &mesh};
  const auto hit = cast_sphere(world, {10, 5, 100}, 0.05f, {15'000, 0, 0});
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->share * 15'000, 8'989.95f, 0.01f);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(cast_sphere(world, {10, 5, 100}, 0.05f, {nan, 0, 0}));
}

/// The last triangles of a place are doors, some of them open.
struct PlaceWithDoors {
  static constexpr std::uint32_t kDoors = 20;
  static constexpr std::uint32_t kTriangles = 4;  // to a door

  explicit PlaceWithDoors(std::uint64_t seed)
      : place(seed), world([this] {
          auto geometry = std::make_shared<StaticGeometry>();
          geometry->terrain = place.terrain;
          geometry->solids = place.mesh;
          for (std::uint32_t i = 0; i < kDoors; ++i) {
            geometry->doors.push_back({first_door() + i * kTriangles, kTriangles});
          }
          return CollisionWorld(geometry);
        }()) {
    for (std::size_t i = 0; i < kDoors; ++i) world.set_open(i, place.random.chance(0.5f));
  }
  std::uint32_t first_door() const {
    return static_cast<std::uint32_t>(place.triangles.size()) - kDoors * kTriangles;
  }
  bool is_there(std::uint32_t triangle) const {
    return triangle < first_door() || !world.is_open((triangle - first_door()) / kTriangles);
  }
  StaticWorld asked() const { return static_world(world, place.blocks); }

  Place place;
  CollisionWorld world;
};

TEST(OpenDoors, AreNotThereForAnyQuery) {
  for (const std::uint64_t seed : {6u, 7u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    PlaceWithDoors doors(seed);
    Place solid(seed);  // without the open doors: their triangles lie far away
    for (std::uint32_t i = 0; i < solid.triangles.size(); ++i) {
      if (!doors.is_there(i)) solid.triangles[i] = {{900, 0, 0}, {901, 0, 0}, {900, 0, 1}};
    }
    solid.mesh = TriangleTree(solid.triangles);
    RandomStream& random = doors.place.random;
    int through = 0;
    for (int i = 0; i < 3'000; ++i) {
      const Vec3 from = solid.random_point(random);
      const Vec3 way = (solid.random_point(random) - from) * random.between(0.1f, 2);
      const auto hit = cast_ray(doors.asked(), from, way);
      ASSERT_EQ(hit, cast_ray(solid.world(), from, way)) << i;
      through += hit != cast_ray(doors.place.world(), from, way) ? 1 : 0;
      const Capsule capsule{{from, from + Vec3{0, 1, 0}}, 0.3f};
      ASSERT_EQ(cast_capsule(doors.asked(), capsule, way),
                cast_capsule(solid.world(), capsule, way))
          << i;
      ASSERT_EQ(overlaps(doors.asked(), capsule), overlaps(solid.world(), capsule)) << i;
    }
    EXPECT_GT(through, 50);
  }
}

TEST(OverlapsStaticWorld, WhenATriangleReachesInOrItIsUnderTheGround) {
  for (const std::uint64_t seed : {4u, 5u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Place place(seed);
    RandomStream& random = place.random;
    int inside = 0;
    for (int i = 0; i < 1'200; ++i) {
      const Vec3 at = place.random_point(random);
      const float radius = random.between(0.05f, 1);
      bool expected = at.y < place.terrain.height_at(flat(at));
      const auto take = [&](const Triangle& triangle) {
        expected |= nearest_points(triangle, {at, at}).distance_squared < radius * radius;
      };
      for (const Triangle& triangle : place.triangles) take(triangle);
      for (std::uint32_t t = 0; t < 2 * 39 * 39; ++t) take(terrain_triangle(place.terrain, t));
      ASSERT_EQ(overlaps_sphere(place.world(), at, radius), expected) << i;
      inside += expected ? 1 : 0;
    }
    EXPECT_GT(inside, 200);
    EXPECT_LT(inside, 1'000);
  }
}

}  // namespace
}  // namespace tessera::physics
