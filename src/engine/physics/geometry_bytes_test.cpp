// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/geometry_bytes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "engine/core/random.h"
#include "engine/physics/collision_world.h"
#include "engine/physics/testing/wall_with_doors.h"

namespace tessera::physics {
namespace {

StaticGeometry small_geometry() {
  StaticGeometry geometry = *wall_with_doors({{-8, 0}, {64, 128}});
  geometry.terrain = HeightField(
      {.columns = 3, .rows = 2, .spacing_m = 32, .origin = {-8, 0}, .low_m = -1, .high_m = 9},
      {1, 2, 3, 4, 5, 60000});
  geometry.water_level_m = 1.5f;
  return geometry;
}

bool accepts(const StaticGeometry& geometry) {
  return geometry_from_bytes(to_bytes(geometry)).has_value();
}

TEST(GeometryBytes, GiveTheSameGeometryBack) {
  const StaticGeometry geometry = small_geometry();
  const std::vector<std::byte> bytes = to_bytes(geometry);
  const auto read = geometry_from_bytes(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->bounds, geometry.bounds);
  EXPECT_EQ(read->doors, geometry.doors);
  EXPECT_EQ(read->water_level_m, 1.5f);
  EXPECT_EQ(read->terrain.height_at({50, 20}), geometry.terrain.height_at({50, 20}));
  EXPECT_EQ(read->solids.size(), geometry.solids.size());
  EXPECT_EQ(to_bytes(*read), bytes) << "nothing was left out";
}

TEST(GeometryBytes, GiveAWorldWithoutWaterBack) {
  StaticGeometry geometry = small_geometry();
  geometry.water_level_m = -std::numeric_limits<float>::infinity();
  const auto read = geometry_from_bytes(to_bytes(geometry));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->water_level_m, geometry.water_level_m);
}

TEST(GeometryBytes, RefuseWhatIsCutOrOfAnotherVersion) {
  const std::vector<std::byte> bytes = to_bytes(small_geometry());
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_FALSE(geometry_from_bytes(std::span(bytes).first(size))) << size;
  }
  auto other = bytes;
  other[4] ^= std::byte{2};
  EXPECT_FALSE(geometry_from_bytes(other));
}

TEST(GeometryBytes, RefuseWhatNoWorldIsMadeOf) {
  const auto refuses = [](auto change) {
    StaticGeometry geometry = small_geometry();
    change(geometry);
    return !accepts(geometry);
  };
  EXPECT_FALSE(refuses([](StaticGeometry&) {}));
  EXPECT_TRUE(refuses([](StaticGeometry& g) { g.bounds.high.x = g.bounds.low.x; }));
  EXPECT_TRUE(refuses([](StaticGeometry& g) { g.bounds.low.z = std::nanf(""); }));
  EXPECT_TRUE(refuses([](StaticGeometry& g) { g.water_level_m = std::nanf(""); }));
  EXPECT_TRUE(refuses([](StaticGeometry& g) { g.doors[1].first_triangle += 1; }));
  EXPECT_TRUE(refuses([](StaticGeometry& g) { g.doors[2].triangle_count += 1; }));
  EXPECT_TRUE(refuses([](StaticGeometry& g) { g.doors.resize(kDoorsMax + 1); }));
}

// Whatever was accepted can be asked; sanitizers watch.
TEST(GeometryBytes, SurviveAnyChange) {
  const auto seed = static_cast<std::uint64_t>(testing::UnitTest::GetInstance()->random_seed()) + 1;
  RandomStream random(seed);
  const std::vector<std::byte> whole = to_bytes(small_geometry());
  int accepted = 0;
  for (int round = 0; round < 2000; ++round) {
    auto bytes = whole;
    bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] =
        static_cast<std::byte>(random.below(256));
    auto geometry = geometry_from_bytes(bytes);
    if (!geometry) continue;
    ++accepted;
    const CollisionWorld world(std::make_shared<StaticGeometry>(*std::move(geometry)));
    (void)world.is_free({20, world.terrain().height_at({20, 20}), 20}, {});
  }
  EXPECT_GT(accepted, 0) << "seed " << seed;
}

}  // namespace
}  // namespace tessera::physics
