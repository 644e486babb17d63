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
#include "tools/content/progress_line.h"
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

TEST(WriteZone, MakesAZoneThatIsInOrderAndNamedAfterItsFolder) {
  const platform::TempDirectory directory;
  const std::string folder = directory.file("content/zones/wold/");
  ASSERT_TRUE(write_zone(11, folder));
  jobs::Pool pool;
  const content::ContentOutcome outcome = content::build_content(folder, {}, pool);
  EXPECT_EQ(content::to_error(outcome.faults).message, "");
  ASSERT_EQ(outcome.zones.size(), 1u);
  EXPECT_THAT(summary_of(outcome.zones[0]),
              HasSubstr("zone 'wold' is in order: 512 x 512 m, 240 triangles, 2 doors, 3 areas, 1 "
                        "spawn points, content hash "));
}

TEST(WriteZone, LetsOneWalkIntoTheHutOnceItsDoorIsOpen) {
  const platform::TempDirectory directory;
  ASSERT_TRUE(write_zone(1, directory.file("wold")));
  const auto zone = content::load_zone(directory.file("wold"));
  ASSERT_TRUE(zone) << zone.error().message;
  EXPECT_EQ(zone->door_names, (std::vector<std::string>{"hut", "hut 2"}));
  for (const bool open : {false, true}) {
    physics::CollisionWorld world = make_collision_world(*zone);
    world.set_open(0, open);
    physics::Body body;
    body.position = {256, zone->terrain.height_at({256, 250}), 250};
    for (int i = 0; i < 200; ++i) physics::walk(world, {}, body, {0, -0.1f});
    EXPECT_EQ(body.position.z < 241, open) << body.position.z;
  }
}

TEST(WriteZone, WritesWhatItWroteBeforeForEverySeedAlone) {
  const platform::TempDirectory directory;
  ASSERT_TRUE(write_zone(3, directory.file("a/wold")));
  ASSERT_TRUE(write_zone(3, directory.file("b/wold")));
  ASSERT_TRUE(write_zone(4, directory.file("c/wold")));
  const auto hash = [&](const std::string& folder) {
    return content::load_zone(directory.file(folder))->content_hash;
  };
  EXPECT_EQ(hash("a/wold"), hash("b/wold"));
  EXPECT_NE(hash("a/wold"), hash("c/wold"));
}

TEST(WriteZone, SaysWhyItCannotWrite) {
  EXPECT_FALSE(write_zone(1, "/proc/nowhere"));
  EXPECT_FALSE(write_terrain({.samples = 9}, "/proc/nowhere/height.png"));
  const platform::TempDirectory directory;
  EXPECT_THAT(write_zone(1, directory.file("My-Zone")).error().message,
              HasSubstr("'My-Zone' is not one lower-case word"));
  ASSERT_TRUE(write_zone(1, directory.file("wold")));
  EXPECT_EQ(write_zone(1, directory.file("wold")).error().kind, ErrorKind::AlreadyExists);
}

TEST(ProgressLine, IsABarOnATerminalAndLinesElsewhere) {
  const content::Progress half{"vale", "models", 4, 8};
  EXPECT_EQ(progress_bar(half), "vale [##########----------] 4/8 models");
  EXPECT_EQ(progress_bar({"vale", "checks", 0, 0}), "vale [--------------------] 0/0 checks");
  const auto printed = [&](bool is_terminal) {
    testing::internal::CaptureStdout();
    ProgressLine line(stdout, is_terminal);
    line.show({"vale", "models", 0, 8});
    line.show(half);
    line.clear();
    std::fflush(stdout);
    return testing::internal::GetCapturedStdout();
  };
  EXPECT_EQ(printed(false), "content: vale: models\n");
  EXPECT_THAT(printed(true), HasSubstr("\rvale [##########----------] 4/8 models"));
}

TEST(CommittedContent, OneWalksFromTheMarketOfTheValeThroughEveryGateOnceItIsOpen) {
  const auto zone = content::load_zone("content/zones/vale");
  ASSERT_TRUE(zone) << zone.error().message;
  for (const bool open : {false, true}) {
    physics::CollisionWorld world = make_collision_world(*zone);
    for (std::size_t door = 0; door < zone->door_names.size(); ++door) world.set_open(door, open);
    for (const math::Vec2 direction : {math::Vec2{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
      physics::Body body;
      const math::Vec2 begin = math::Vec2{2048, 2048} + direction * 50;
      body.position = {begin.x, zone->terrain.height_at(begin), begin.z};
      for (int i = 0; i < 1000; ++i) physics::walk(world, {}, body, direction * 0.1f);
      EXPECT_EQ(length(flat(body.position) - math::Vec2{2048, 2048}) > 125, open);
    }
  }
}

}  // namespace
}  // namespace tessera::tools
