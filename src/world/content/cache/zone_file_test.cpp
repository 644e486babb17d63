// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/cache/zone_file.h"

#include <gtest/gtest.h>

#include <cstring>

#include "engine/core/hash.h"
#include "engine/core/random.h"

namespace tessera::content {
namespace {

using Bytes = std::vector<std::byte>;

/// A zone that has something of everything.
ZoneDefinition whole_zone(const Bytes& tile = Bytes(1)) {
  ZoneDefinition zone;
  zone.name = "meadow";
  zone.title = "The Meadow";
  zone.is_instance = true;
  zone.bounds = {{0, 0}, {64, 64}};
  zone.terrain = physics::HeightField(
      {.columns = 3, .rows = 2, .spacing_m = 32, .low_m = -1, .high_m = 9}, {1, 2, 3, 4, 5, 6});
  zone.bottom_m = -20;
  zone.water_level_m = 2;
  zone.weather = {WeatherKind::Fog, {1, 2}};
  zone.light = {6, 0x123456, 0x654321};
  zone.areas = {{"market", {1, 2}, {3, 4}, 0.5f, -1, 5, 3},
                {"hole", {1, 2}, {3, 4}, 0.5f, -1, 5, 0, Portal{"barrow", "entrance"}}};
  zone.roads = {{"north", {{1, 2}, {3, 4}}, 5}};
  zone.spawn_points = {{{3, 4}, 1, 2}};
  zone.arrivals = {{"gate", {{5, 6}, 7, 8}}};
  zone.creatures = {{.id = 1, .name = "Hare", .look = 7, .size = CreatureSize::Medium}};
  zone.creature_count = 9;
  zone.players_max = 77;
  zone.content_hash = 0xabc;
  std::vector<physics::Triangle> triangles;
  for (int i = 0; i < 40; ++i) {
    const auto x = static_cast<float>(i);
    triangles.push_back({{x, 0, 0}, {x, 0, 1}, {x + 1, 0, 0}});
  }
  auto geometry = std::make_shared<physics::StaticGeometry>();
  geometry->bounds = zone.bounds;
  geometry->terrain = zone.terrain;
  geometry->solids = physics::TriangleTree(triangles);
  geometry->doors = {{30, 6}, {36, 4}};
  geometry->water_level_m = zone.water_level_m;
  zone.geometry = geometry;
  zone.triangle_flags.assign(40, kNotWalkable);
  zone.door_names = {"gate", "hut"};
  zone.navigation.storage = std::make_shared<const Bytes>(tile);
  const std::span<const std::byte> bytes = *zone.navigation.storage;
  zone.navigation.tiles = {{0, -1, 2, 99, bytes}, {2, 3, 4, 100, bytes.first(1)}};
  zone.navigation.portals[1] = bytes;
  return zone;
}

std::expected<ZoneDefinition, ZoneFileProblem> decode(Bytes bytes) {
  return decode_zone_file(std::make_shared<const Bytes>(std::move(bytes)));
}

/// As a hostile author would: the checksum fits.
Bytes with_checksum(Bytes bytes) {
  const std::uint64_t checksum = hash_bytes(std::span(bytes).subspan(40));
  std::memcpy(bytes.data() + 24, &checksum, sizeof(checksum));
  return bytes;
}

TEST(ZoneFile, GivesBackWhatWasPutIn) {
  const Bytes tile(5, std::byte{7});
  const ZoneDefinition zone = whole_zone(tile);
  const Bytes bytes = encode_zone_file(zone);
  const auto read = decode(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "meadow");
  EXPECT_TRUE(read->is_instance);
  EXPECT_EQ(read->weather, zone.weather);
  EXPECT_EQ(read->light, zone.light);
  EXPECT_EQ(read->areas, zone.areas);
  EXPECT_EQ(read->roads, zone.roads);
  ASSERT_EQ(read->arrivals.size(), 1u);
  EXPECT_EQ(read->arrivals[0].name, "gate");
  EXPECT_EQ(read->arrivals[0].at.height_m, 8);
  EXPECT_EQ(read->creatures[0].name, "Hare");
  EXPECT_EQ(read->creatures[0].size, CreatureSize::Medium);
  EXPECT_EQ(read->content_hash, 0xabcu);
  EXPECT_EQ(read->terrain.height_at({5, 6}), zone.terrain.height_at({5, 6}));
  EXPECT_EQ(read->geometry->doors, zone.geometry->doors);
  EXPECT_EQ(read->geometry->water_level_m, 2);
  EXPECT_EQ(read->door_names, zone.door_names);
  ASSERT_EQ(read->navigation.tiles.size(), 2u);
  EXPECT_EQ(read->navigation.tiles[0].x, -1);
  EXPECT_EQ(read->navigation.tiles[0].input_hash, 99u);
  EXPECT_TRUE(std::ranges::equal(read->navigation.tiles[0].bytes, tile));
  EXPECT_EQ(encode_zone_file(*read), bytes) << "nothing was left out";
}

TEST(ZoneFile, RefusesAnotherVersionAndWhatIsCutOrChanged) {
  const Bytes bytes = encode_zone_file(whole_zone());
  Bytes other = bytes;
  other[8] = std::byte{kZoneFileVersion + 1};
  EXPECT_EQ(decode(other).error(), ZoneFileProblem::OtherVersion);
  for (std::size_t size = 0; size < bytes.size(); size += 11) {
    EXPECT_EQ(
        decode(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))).error(),
        ZoneFileProblem::Damaged);
  }
  for (std::size_t i = 40; i < bytes.size(); i += 13) {
    Bytes changed = bytes;
    changed[i] ^= std::byte{16};
    EXPECT_EQ(decode(changed).error(), ZoneFileProblem::Damaged) << i;
  }
}

TEST(ZoneFile, RefusesWhatNoCompilerWrites) {
  const auto refuses = [](auto change) {
    ZoneDefinition zone = whole_zone();
    physics::StaticGeometry geometry = *zone.geometry;
    change(zone, geometry);
    zone.geometry = std::make_shared<physics::StaticGeometry>(geometry);
    return !decode(encode_zone_file(zone));
  };
  using Zone = ZoneDefinition;
  using Geometry = physics::StaticGeometry;
  EXPECT_FALSE(refuses([](Zone&, Geometry&) {}));
  EXPECT_TRUE(refuses([](Zone& zone, Geometry&) { zone.spawn_points.clear(); }));
  EXPECT_TRUE(refuses([](Zone&, Geometry& geometry) { geometry.bounds.high.x = -1; }));
  EXPECT_TRUE(refuses([](Zone& zone, Geometry&) { zone.bottom_m = std::nanf(""); }));
  EXPECT_TRUE(refuses([](Zone& zone, Geometry&) { zone.weather.kind = WeatherKind{9}; }));
  EXPECT_TRUE(refuses([](Zone& zone, Geometry&) { zone.creatures[0].id = 3; }));
  EXPECT_TRUE(refuses([](Zone& zone, Geometry&) { zone.creatures[0].size = CreatureSize{3}; }));
  EXPECT_TRUE(refuses([](Zone& zone, Geometry&) { zone.triangle_flags.pop_back(); }));
  EXPECT_TRUE(refuses([](Zone& zone, Geometry&) { zone.door_names.pop_back(); }));
  EXPECT_TRUE(refuses([](Zone&, Geometry& geometry) { geometry.doors[1].first_triangle = 37; }));
  EXPECT_TRUE(refuses([](Zone&, Geometry& geometry) { geometry.doors[1].triangle_count = 3; }));
}

TEST(ZoneFile, SurvivesAnyChangeUnderAFittingChecksum) {
  const auto seed = static_cast<std::uint64_t>(testing::UnitTest::GetInstance()->random_seed()) + 1;
  RandomStream random(seed);
  const Bytes whole = encode_zone_file(whole_zone(Bytes(9)));
  int accepted = 0;
  for (int round = 0; round < 3000; ++round) {
    Bytes bytes = whole;
    bytes[40 + random.below(static_cast<std::uint32_t>(bytes.size() - 40))] =
        static_cast<std::byte>(random.below(256));
    const auto zone = decode(with_checksum(std::move(bytes)));
    if (!zone) continue;
    ++accepted;
    ASSERT_EQ(zone->triangle_flags.size(), zone->geometry->solids.size()) << "seed " << seed;
  }
  EXPECT_GT(accepted, 0);
}

}  // namespace
}  // namespace tessera::content
