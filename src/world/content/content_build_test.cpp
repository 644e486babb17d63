// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/content_build.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world/content/cache/cache_folder.h"
#include "world/content/testing/zone_folder.h"

namespace tessera::content {
namespace {

using testing::HasSubstr;

std::string text_of(const Faults& faults) { return to_error(faults).message; }

/// Another zone beside the folder's own.
void add_zone(const ZoneFolder& folder, const std::string& name, const std::string& yaml) {
  const std::string path = folder.content() + "/zones/" + name;
  std::filesystem::create_directories(path);
  ASSERT_TRUE(platform::write_text_file(path + "/zone.yaml", yaml));
  ASSERT_TRUE(platform::write_file(path + "/height.png", *encode_height_map(flat_map())));
  ASSERT_TRUE(platform::write_file(path + "/house.glb", encode_glb(house_scene())));
}

TEST(BuildContent, CompilesEveryZoneOnceAndThenOnlyWhatChanged) {
  const ZoneFolder folder;
  add_zone(folder, "wold", meadow_with("zone: meadow", "zone: wold"));
  jobs::Pool pool(2);
  std::vector<std::string> stages;
  const LoadOptions options{.report = [&](const Progress& progress) {
    stages.push_back(std::string(progress.zone) + " " + std::string(progress.stage));
  }};
  const ContentOutcome first = build_content(folder.content(), options, pool);
  EXPECT_EQ(text_of(first.faults), "");
  ASSERT_EQ(first.zones.size(), 2u);
  EXPECT_EQ(first.zones[1].name, "wold");
  EXPECT_FALSE(first.zones[0].was_cached || first.zones[1].was_cached);
  EXPECT_EQ(first.zones[0].triangles, 48u);
  EXPECT_EQ(first.zones[0].doors, 1u);
  EXPECT_THAT(stages, testing::Contains("wold checks"));
  stages.clear();
  const ContentOutcome second = build_content(folder.content() + "/zones", options, pool);
  EXPECT_TRUE(second.zones[0].was_cached && second.zones[1].was_cached);
  EXPECT_TRUE(stages.empty());
  folder.write("zone.yaml", meadow_with("count: 7", "count: 8"));
  const ContentOutcome third = build_content(folder.content(), options, pool);
  EXPECT_FALSE(third.zones[0].was_cached);
  EXPECT_TRUE(third.zones[1].was_cached);
}

TEST(BuildContent, ReportsWaysThatLeadNowhere) {
  const auto faults_with = [](const std::string& leads_to) {
    const ZoneFolder folder(
        std::string(kMeadow) +
        "areas: [{name: hole, at: [50, 100], size_m: [2, 2], leads_to: " + leads_to + "}]\n");
    add_zone(folder, "cellar",
             meadow_with("zone: meadow", "zone: cellar") +
                 "arrivals: [{name: stairs, at: [50, 100]}, {name: shaft, at: [50, 90]}]\n");
    add_zone(folder, "broken", "zone: broken\n");
    jobs::Pool pool(2);
    const ContentOutcome all = build_content(folder.content(), {}, pool);
    const ContentOutcome alone = build_content(folder.path, {}, pool);
    return std::pair(text_of(all.zones.at(2).faults), text_of(alone.faults));
  };
  const auto [all, alone] = faults_with("cellar/stairs");
  EXPECT_EQ(all, "");
  EXPECT_EQ(alone, "");
  EXPECT_EQ(faults_with("broken/gate").first, "") << "what it lacks is its own fault";
  const auto no_arrival = faults_with("cellar/window");
  EXPECT_THAT(
      no_arrival.first,
      HasSubstr("meadow/zone.yaml:18: the area 'hole' leads to cellar/window, but that zone "
                "has no arrival 'window' (it has: stairs, shaft): add it there"));
  EXPECT_EQ(no_arrival.second, "") << "the other zone was not looked at";
  const auto no_zone = faults_with("attic/stairs");
  EXPECT_THAT(no_zone.first, HasSubstr("there is no zone 'attic' beside this one"));
  EXPECT_EQ(no_zone.second, no_zone.first);
  EXPECT_THAT(faults_with("meadow/stairs").second, HasSubstr("that is this zone itself"));
}

TEST(BuildContent, ReportsFaultsOfAllZones) {
  const ZoneFolder folder(meadow_with("count: 7", "count: -7"));
  add_zone(folder, "wold", "zone: wold\n");
  jobs::Pool pool;
  const ContentOutcome outcome = build_content(folder.content(), {}, pool);
  EXPECT_THAT(text_of(outcome.faults), HasSubstr("meadow/zone.yaml:14: 'count' of the creatures"));
  EXPECT_THAT(text_of(outcome.faults),
              HasSubstr("wold/zone.yaml:1: the zone needs the key 'title'"));
}

TEST(BuildContent, RefusesTwoZonesOfOneName) {
  const ZoneFolder folder;
  add_zone(folder, "wold", std::string(kMeadow));
  jobs::Pool pool;
  const std::string text = text_of(build_content(folder.content(), {}, pool).faults);
  EXPECT_THAT(text, HasSubstr("wold/zone.yaml:1: there is another zone called 'meadow', in '"));
  EXPECT_THAT(text, HasSubstr("the zone is called 'meadow' but its folder 'wold'"));
}

TEST(BuildContent, SaysWhenThereIsNoZone) {
  const platform::TempDirectory empty;
  jobs::Pool pool;
  EXPECT_THAT(text_of(build_content(empty.path(), {}, pool).faults),
              HasSubstr("there is no zone here"));
  EXPECT_THAT(text_of(build_content("/nowhere", {}, pool).faults),
              HasSubstr("/nowhere:1: there is"));
  std::filesystem::create_directories(empty.path() + "/zones/void");
  EXPECT_THAT(text_of(build_content(empty.path(), {}, pool).faults),
              HasSubstr("void/zone.yaml:1: there is no such file"));
}

TEST(CacheFolder, KeepsTheNewestSixteenOfEachZone) {
  const ZoneFolder folder;
  auto zone = load_zone(folder.path);
  ASSERT_TRUE(zone);
  const CacheFolder cache(folder.content() + "/other");
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  for (std::uint64_t hash = 1; hash <= 20; ++hash) {
    zone->content_hash = hash;
    ASSERT_TRUE(cache.store(*zone));
    std::filesystem::last_write_time(cache.file_of("meadow", hash),
                                     old + std::chrono::seconds(hash));
  }
  EXPECT_EQ(platform::list_files(cache.path())->size(), kCacheFilesMax);
  EXPECT_FALSE(cache.load("meadow", 4));
  EXPECT_TRUE(cache.load("meadow", 5)->has_value());
  EXPECT_EQ(cache.newest("meadow")->content_hash, 20u);
  EXPECT_FALSE(cache.newest("wold"));
  // A file under another zone's name is not that zone.
  std::filesystem::copy_file(cache.file_of("meadow", 20), cache.file_of("wold", 20));
  EXPECT_FALSE(cache.load("wold", 20)->has_value());
}

TEST(CacheFolder, LiesBesideTheZonesOfAContentFolder) {
  EXPECT_EQ(CacheFolder::beside("content/zones/vale").path(), "content/.cache");
  EXPECT_EQ(CacheFolder::beside("content/zones/vale/").path(), "content/.cache");
  EXPECT_EQ(CacheFolder::beside("/srv/mine").path(), "/srv/.cache");
}

TEST(CacheFolder, LetsOneCompileAtATime) {
  const ZoneFolder folder;
  auto held = CacheFolder(folder.cache()).lock("meadow");
  ASSERT_TRUE(held);
  std::atomic<bool> is_loaded = false;
  std::thread other([&] {
    EXPECT_TRUE(load_zone(folder.path));
    is_loaded = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_FALSE(is_loaded) << "it waits";
  held.reset();
  other.join();
  EXPECT_FALSE(CacheFolder("/proc/nowhere").lock("meadow")) << "no place, no lock";
}

}  // namespace
}  // namespace tessera::content
