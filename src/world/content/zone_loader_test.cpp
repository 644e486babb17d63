// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/zone_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "world/content/cache/cache_folder.h"
#include "world/content/testing/zone_folder.h"

namespace tessera::content {
namespace {

using testing::HasSubstr;

TEST(LoadZone, ReadsEverythingThatTheFilesSay) {
  const ZoneFolder folder;
  const auto zone = load_zone(folder.path);
  ASSERT_TRUE(zone) << zone.error().message;
  EXPECT_EQ(zone->name, "meadow");
  EXPECT_EQ(zone->title, "The Meadow");
  EXPECT_EQ(zone->bounds.high, (math::Vec2{64, 128}));
  EXPECT_EQ(zone->players_max, 100u);
  EXPECT_NEAR(zone->terrain.height_at({20, 20}), 5, 1e-4f);
  EXPECT_NEAR(zone->bottom_m, -5, 1e-3f) << "10 below the lowest ground";
  ASSERT_EQ(zone->spawn_points.size(), 3u);
  EXPECT_EQ(zone->spawn_points[1].place, (math::Vec2{10, 20}));
  EXPECT_NEAR(zone->spawn_points[1].heading, 1.5708f, 1e-4f);
  EXPECT_NEAR(zone->spawn_points[1].height_m, 5, 1e-4f);
  physics::Bounds box;
  for (std::uint32_t i = 0; i < 12; ++i) box.add(zone->geometry->solids.triangle(i));
  EXPECT_NEAR(box.low.y, 4, 1e-4f) << "1 below the ground";
  EXPECT_NEAR(box.high.y, 7, 1e-4f);
  EXPECT_NEAR(box.high.x, 40 + (1 + 2) * 0.7071f, 1e-3f) << "turned by 45 degrees";
  EXPECT_EQ(zone->creature_count, 7u);
  ASSERT_EQ(zone->creatures.size(), 1u);
  const CreatureDefinition& hare = zone->creatures[0];
  EXPECT_EQ(hare.id, 1);
  EXPECT_EQ(hare.name, "Hare");
  EXPECT_EQ(hare.look, 5u);
  EXPECT_EQ(hare.share, 2u);
  EXPECT_EQ(hare.walk_m_per_s, 2);
  EXPECT_EQ(hare.roam_radius_m, 9);
  EXPECT_EQ(hare.pause_s_max, 2);
  EXPECT_EQ(hare.home_distance_m_max, 4);
  EXPECT_EQ(zone->find_creature(1), &hare);
  EXPECT_EQ(zone->find_creature(2), nullptr);
  EXPECT_EQ(zone->find_creature(0), nullptr);
}

TEST(LoadZone, PlacesModelsWithTheirDoorsAreasAndSpawnPoints) {
  const ZoneFolder folder;
  const auto zone = load_zone(folder.path);
  ASSERT_TRUE(zone) << zone.error().message;
  const physics::StaticGeometry& geometry = *zone->geometry;
  EXPECT_EQ(geometry.solids.size(), 48u) << "a box, a floor, a wall and a door";
  EXPECT_EQ(geometry.doors, (std::vector<physics::Door>{{36, 12}}));
  EXPECT_EQ(zone->door_names, std::vector<std::string>{"front"});
  EXPECT_EQ(std::ranges::count(zone->triangle_flags, kNotWalkable), 12);
  ASSERT_EQ(zone->areas.size(), 1u);
  EXPECT_EQ(zone->areas[0].name, "house");
  EXPECT_TRUE(zone->areas[0].has(AreaProperty::Indoor));
  EXPECT_NEAR(zone->areas[0].centre.x, 30, 1e-3f);
  EXPECT_NEAR(zone->areas[0].low_m, 5, 1e-3f);
  EXPECT_NEAR(zone->spawn_points[0].height_m, 5.15f, 1e-3f) << "on the floor of the house";
}

TEST(LoadZone, TakesTheFileAsWellAsTheFolder) {
  const ZoneFolder folder;
  EXPECT_TRUE(load_zone(folder.path + "/zone.yaml"));
  EXPECT_TRUE(load_zone(folder.path + "/"));
}

TEST(LoadZone, GivesTheSameFromTheCacheAsFromTheCompiler) {
  const ZoneFolder folder;
  jobs::Pool pool(1);
  const auto source = read_zone_source(folder.path);
  ASSERT_TRUE(source);
  const auto first = load_zone(*source, {}, pool);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->from_cache);
  const auto second = load_zone(*source, {}, pool);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->from_cache);
  EXPECT_EQ(encode_zone_file(second->zone), encode_zone_file(first->zone));
}

TEST(LoadZone, GivesTheSameBytesWithAnyNumberOfWorkers) {
  const ZoneFolder folder;
  const auto source = read_zone_source(folder.path);
  jobs::Pool alone;
  jobs::Pool crowd(4);
  EXPECT_EQ(encode_zone_file(compile_zone(*source, alone).value()),
            encode_zone_file(compile_zone(*source, crowd).value()));
}

TEST(LoadZone, RebuildsACacheOfAnotherVersionOrADamagedOneAndSaysSo) {
  const ZoneFolder folder;
  jobs::Pool pool;
  const auto source = read_zone_source(folder.path);
  ASSERT_TRUE(load_zone(*source, {}, pool));
  const std::string file = CacheFolder(folder.cache()).file_of("meadow", source->content_hash);
  const auto whole = platform::read_file(file);
  ASSERT_TRUE(whole) << whole.error().message;
  auto changed = *whole;
  changed[8] = std::byte{99};  // the version
  ASSERT_TRUE(platform::write_file(file, changed));
  EXPECT_EQ(load_zone(*source, {}, pool)->cache_problem, "made by another version");
  EXPECT_EQ(*platform::read_file(file), *whole) << "written again";
  ASSERT_TRUE(platform::write_file(file, std::span(*whole).first(whole->size() / 2)));
  EXPECT_EQ(load_zone(*source, {}, pool)->cache_problem, "damaged");
  changed = *whole;
  changed[whole->size() / 2] ^= std::byte{1};
  ASSERT_TRUE(platform::write_file(file, changed));
  EXPECT_EQ(load_zone(*source, {}, pool)->cache_problem, "damaged");
  EXPECT_TRUE(load_zone(*source, {}, pool)->from_cache);
}

TEST(LoadZone, WorksWithoutAPlaceForTheCache) {
  const ZoneFolder folder;
  jobs::Pool pool;
  const auto source = read_zone_source(folder.path);
  const auto loaded = load_zone(*source, {.cache_folder = "/proc/nowhere"}, pool);
  ASSERT_TRUE(loaded);
  EXPECT_THAT(loaded->store_problem, HasSubstr("/proc/nowhere"));
  EXPECT_TRUE(load_zone(folder.path, {.cache_folder = "/proc/nowhere"}));
}

TEST(LoadZone, HashChangesWithEveryFile) {
  const ZoneFolder folder;
  const std::uint64_t first = load_zone(folder.path)->content_hash;
  EXPECT_EQ(load_zone(folder.path)->content_hash, first);
  folder.write("zone.yaml", meadow_with("count: 7", "count: 8"));
  const std::uint64_t second = load_zone(folder.path)->content_hash;
  EXPECT_NE(second, first);
  folder.write("height.png", *encode_height_map(flat_map(501)));
  const std::uint64_t third = load_zone(folder.path)->content_hash;
  EXPECT_NE(third, second);
  GlbScene scene = house_scene();
  scene.nodes[4].at.x = 1;
  folder.write("house.glb", encode_glb(scene));
  EXPECT_NE(load_zone(folder.path)->content_hash, third);
}

TEST(LoadZone, FindsOldContentByItsHash) {
  const ZoneFolder folder;
  const std::uint64_t old = load_zone(folder.path)->content_hash;
  folder.write("zone.yaml", meadow_with("count: 7", "count: 8"));
  ASSERT_NE(load_zone(folder.path)->content_hash, old);
  const auto found = load_stored_zone(folder.path, old);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->creature_count, 7u);
  EXPECT_THAT(load_stored_zone(folder.path, 99).error().message,
              HasSubstr("meadow-0000000000000063.zone is not there: check out"));
}

TEST(LoadZone, SaysWhichFileIsMissing) {
  EXPECT_THAT(load_zone("/nowhere/zone.yaml").error().message, HasSubstr("/nowhere/zone.yaml:1:"));
  EXPECT_EQ(load_zone("/nowhere/zone.yaml").error().kind, ErrorKind::NotFound);
  const ZoneFolder folder(meadow_with("height.png", "hills.png"));
  EXPECT_THAT(load_zone(folder.path).error().message, HasSubstr("no file 'hills.png'"));
  const ZoneFolder model(meadow_with("house.glb", "hut.glb"));
  EXPECT_THAT(load_zone(model.path).error().message, HasSubstr("zone.yaml:12: there is no file"));
}

TEST(LoadZone, RefusesAnImageOfTheWrongSize) {
  const ZoneFolder folder;
  folder.write("height.png", *encode_height_map({5, 3, std::vector<std::uint16_t>(15)}));
  EXPECT_THAT(load_zone(folder.path).error().message,
              HasSubstr("height.png:1: the image has 5 x 3 pixels, expected are 3 x 5"));
}

TEST(LoadZone, RefusesAFolderOfAnotherName) {
  const ZoneFolder folder(kMeadow, "desert");
  EXPECT_THAT(load_zone(folder.path).error().message,
              HasSubstr("zone.yaml:1: the zone is called 'meadow' but its folder 'desert'"));
}

TEST(LoadZone, NamesAllFaultsOfAllFiles) {
  const ZoneFolder folder(meadow_with("{at: [12, 20]}", "{at: [40, 41]}"));
  GlbScene scene = house_scene();
  scene.nodes[4].at.z = -4.9f;  // in the wall
  folder.write("house.glb", encode_glb(scene));
  const std::string message = load_zone(folder.path).error().message;
  EXPECT_THAT(message, HasSubstr("zone.yaml:8: nobody can stand at the spawn point [40, 41]: "));
  EXPECT_THAT(message, HasSubstr("zone.yaml:12: nobody can stand at the spawn point [30.00, 75.10] "
                                 "of house.glb, node 'Start': something solid is there"));
}

TEST(CommittedContent, TheValeIsInOrderAndWithinItsLimits) {
  const auto zone = load_zone("content/zones/vale");
  ASSERT_TRUE(zone) << zone.error().message;
  EXPECT_EQ(zone->bounds.high, (math::Vec2{4096, 4096}));
  EXPECT_GE(zone->spawn_points.size(), 8u);
  EXPECT_GE(zone->creatures.size(), 3u);
  EXPECT_EQ(zone->creature_count, 300u);
  EXPECT_GE(zone->roads.size(), 4u);
  EXPECT_GT(zone->geometry->doors.size(), 90u);
  EXPECT_GT(zone->geometry->solids.size(), 50'000u);
  EXPECT_LT(zone->geometry->solids.size(), 400'000u);
}

TEST(CommittedContent, TheBarrowIsAnInstanceWithoutTerrain) {
  const auto zone = load_zone("content/zones/barrow");
  ASSERT_TRUE(zone) << zone.error().message;
  EXPECT_TRUE(zone->is_instance);
  EXPECT_FALSE(zone->has_terrain);
  EXPECT_GE(zone->spawn_points.size(), 1u);
}

}  // namespace
}  // namespace tessera::content
