// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/content/content_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "engine/physics/motion/body_motion.h"
#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "tools/content/make_town.h"
#include "world/content/zone_loader.h"

namespace tessera::tools {
namespace {

using testing::HasSubstr;

TEST(MakeTerrain, DependsOnItsOptionsOnly) {
  const TerrainOptions options{.seed = 3, .samples = 65, .spacing_m = 64};
  EXPECT_EQ(make_terrain(options).samples, make_terrain(options).samples);
  TerrainOptions other = options;
  other.seed = 4;
  EXPECT_NE(make_terrain(options).samples, make_terrain(other).samples);
}

TEST(MakeTerrain, IsFlatInTownGentleInTheHillsAndClosedAtTheEdge) {
  const TerrainOptions options{.seed = 7};
  const physics::HeightField field({.columns = options.samples,
                                    .rows = options.samples,
                                    .spacing_m = options.spacing_m,
                                    .low_m = options.low_m,
                                    .high_m = options.high_m},
                                   make_terrain(options).samples);
  const math::Vec2 centre{2048, 2048};
  int steep = 0;
  int inland = 0;
  for (float z = 4; z < 4096; z += 8) {
    for (float x = 4; x < 4096; x += 8) {
      const auto ground = field.ground_at({x, z});
      if (length(math::Vec2{x, z} - centre) < 240) {
        ASSERT_NEAR(ground.height_m, options.town_height_m, 0.05f);
        ASSERT_LT(length(ground.gradient), 0.02f);
      }
      if (std::min({x, z, 4096 - x, 4096 - z}) < options.edge_m) continue;
      ++inland;
      steep += length(ground.gradient) > 1 ? 1 : 0;
    }
  }
  EXPECT_LT(steep * 200, inland) << "more than half a percent cannot be walked up";
  for (float along = 100; along < 4000; along += 50) {
    EXPECT_GT(length(field.ground_at({80, along}).gradient), 1) << along;
    EXPECT_GT(length(field.ground_at({along, 4016}).gradient), 1) << along;
  }
}

TEST(MakeTown, HasWallsGatesHousesAndSpawnPoints) {
  const Town town = make_town(7, {2048, 2048});
  const auto count = [&](const std::string& word) {
    return std::ranges::count_if(
        town.boxes, [&](const TownBox& box) { return box.note.find(word) != std::string::npos; });
  };
  EXPECT_EQ(count(" wall, "), 8);
  EXPECT_EQ(count("arch"), 4);
  EXPECT_GT(count("house"), 50);
  EXPECT_EQ(count("market stall"), 12);
  EXPECT_GE(town.spawn_points.size(), 8u);
}

TEST(WriteZone, MakesAZoneThatLoadsAndIsNamedAfterItsFolder) {
  const platform::TempDirectory directory;
  const std::string folder = directory.file("wold/");
  ASSERT_TRUE(write_zone(11, folder));
  const auto zone = content::load_zone(folder);
  ASSERT_TRUE(zone) << zone.error().message;
  EXPECT_EQ(zone->name, "wold");
  EXPECT_EQ(zone->title, "Wold");
  EXPECT_LT(std::filesystem::file_size(folder + "height.png"), 700'000u);
  EXPECT_THAT(*check_zone(folder), HasSubstr("zone 'wold' is in order: 4096 x 4096 m"));
}

TEST(WriteZone, LetsOneWalkFromTheMarketThroughEveryGate) {
  const platform::TempDirectory directory;
  ASSERT_TRUE(write_zone(7, directory.file("wold")));
  const auto zone = content::load_zone(directory.file("wold"));
  ASSERT_TRUE(zone) << zone.error().message;
  const physics::CollisionWorld world = make_collision_world(*zone);
  for (const math::Vec2 direction : {math::Vec2{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
    physics::Body body;
    const math::Vec2 begin = math::Vec2{2048, 2048} + direction * 34;
    body.position = {begin.x, zone->terrain.height_at(begin), begin.z};
    for (int i = 0; i < 1000; ++i) physics::walk(world, {}, body, direction * 0.1f);
    EXPECT_GT(length(flat(body.position) - math::Vec2{2048, 2048}), 125);
  }
}

TEST(WriteZone, SaysWhyItCannotWrite) {
  EXPECT_FALSE(write_zone(1, "/proc/nowhere"));
  EXPECT_FALSE(write_terrain({.samples = 9}, "/proc/nowhere/height.png"));
  EXPECT_FALSE(check_zone("/proc/nowhere"));
}

// Made by: tessera content zone --seed 7 --out content/zones/heartland
TEST(CommittedContent, TheTerrainOfHeartlandIsWhatTheToolMakes) {
  const auto png = platform::read_file("content/zones/heartland/height.png");
  ASSERT_TRUE(png) << png.error().message;
  EXPECT_LT(png->size(), 700'000u);
  const auto map = content::decode_height_map(*png, "height.png", 513, 513);
  ASSERT_TRUE(map) << map.error().message;
  EXPECT_EQ(map->samples, make_terrain({.seed = 7}).samples);
}

}  // namespace
}  // namespace tessera::tools
