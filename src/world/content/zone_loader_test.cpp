// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/zone_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "world/content/detail/zone_text.h"
#include "world/content/height_map.h"

namespace tessera::content {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kZone =
    "zone: meadow\n"
    "title: The Meadow\n"
    "size_m: [64, 128]\n"
    "players_max: 100\n"
    "terrain: {file: height.png, spacing_m: 32, low_m: 0, high_m: 655.35}\n"
    "spawn_points:\n"
    "  - {at: [10, 20], facing_deg: 90}\n"
    "  - {at: [12, 20]}\n"
    "boxes:\n"
    "  - {at: [40, 40], size: [2, 3, 4], turn_deg: 45, base_m: -1}\n"
    "creatures:\n"
    "  count: 7\n"
    "  kinds:\n"
    "    - {name: Hare, look: 5, share: 2, walk_m_per_s: 2, roam_radius_m: 9, pause_s: [1, 2],\n"
    "       home_distance_m: [3, 4]}\n";

HeightMap flat_map(std::uint16_t height = 500) {
  return {3, 5, std::vector<std::uint16_t>(15, height)};
}

/// The text with one part replaced, which must be there.
std::string with(std::string_view part, std::string_view replacement) {
  std::string text(kZone);
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), replacement);
}

std::string error_of(const std::string& yaml) {
  const auto text = detail::parse_zone_text(yaml, "z.yaml");
  return text ? "no error" : text.error().message;
}

class ZoneFolder {
 public:
  explicit ZoneFolder(std::string_view yaml = kZone, const std::string& name = "meadow")
      : path(directory_.file(name)) {
    std::filesystem::create_directories(path);
    write("zone.yaml", yaml);
    write_png(*encode_height_map(flat_map()));
  }
  void write(const std::string& name, std::string_view text) {
    ASSERT_TRUE(platform::write_text_file(path + "/" + name, text));
  }
  void write_png(std::span<const std::byte> png) {
    ASSERT_TRUE(platform::write_file(path + "/height.png", png));
  }

 private:
  platform::TempDirectory directory_;

 public:
  std::string path;
};

TEST(LoadZone, ReadsEverythingThatTheFilesSay) {
  const ZoneFolder folder;
  const auto zone = load_zone(folder.path);
  ASSERT_TRUE(zone) << zone.error().message;
  EXPECT_EQ(zone->name, "meadow");
  EXPECT_EQ(zone->title, "The Meadow");
  EXPECT_EQ(zone->bounds.high, (math::Vec2{64, 128}));
  EXPECT_EQ(zone->players_max, 100u);
  EXPECT_NEAR(zone->terrain.height_at({20, 20}), 5, 1e-4f);
  ASSERT_EQ(zone->spawn_points.size(), 2u);
  EXPECT_EQ(zone->spawn_points[0].place, (math::Vec2{10, 20}));
  EXPECT_NEAR(zone->spawn_points[0].heading, 1.5708f, 1e-4f);
  ASSERT_EQ(zone->boxes.size(), 1u);
  EXPECT_NEAR(zone->boxes[0].centre.y, 5.5f, 1e-4f);  // ground 5, base -1, half of 3
  EXPECT_EQ(zone->boxes[0].half_size, (math::Vec3{1, 1.5f, 2}));
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

TEST(LoadZone, TakesTheFileAsWellAsTheFolder) {
  const ZoneFolder folder;
  EXPECT_TRUE(load_zone(folder.path + "/zone.yaml"));
  EXPECT_TRUE(load_zone(folder.path + "/"));
}

TEST(LoadZone, HashChangesWithEitherFile) {
  ZoneFolder folder;
  const std::uint64_t first = load_zone(folder.path)->content_hash;
  EXPECT_EQ(load_zone(folder.path)->content_hash, first);
  folder.write("zone.yaml", with("count: 7", "count: 8"));
  const std::uint64_t second = load_zone(folder.path)->content_hash;
  EXPECT_NE(second, first);
  folder.write_png(*encode_height_map(flat_map(501)));
  EXPECT_NE(load_zone(folder.path)->content_hash, second);
}

TEST(LoadZone, SaysWhichFileIsMissing) {
  EXPECT_THAT(load_zone("/nowhere/zone.yaml").error().message, HasSubstr("/nowhere/zone.yaml"));
  const ZoneFolder folder(with("height.png", "hills.png"));
  EXPECT_THAT(load_zone(folder.path).error().message, HasSubstr("hills.png"));
}

TEST(LoadZone, RefusesAnImageOfTheWrongSize) {
  ZoneFolder folder;
  folder.write_png(*encode_height_map({5, 3, std::vector<std::uint16_t>(15)}));
  EXPECT_THAT(load_zone(folder.path).error().message,
              HasSubstr("the image has 5 x 3 pixels, expected are 3 x 5"));
}

TEST(LoadZone, RefusesAFolderOfAnotherName) {
  const ZoneFolder folder(kZone, "desert");
  EXPECT_THAT(load_zone(folder.path).error().message,
              HasSubstr("zone.yaml:1: the zone is called 'meadow' but its folder 'desert'"));
}

TEST(LoadZone, RefusesASpawnPointInABox) {
  const ZoneFolder folder(with("{at: [12, 20]}", "{at: [40, 41]}"));
  EXPECT_THAT(load_zone(folder.path).error().message,
              HasSubstr("zone.yaml:8: nobody can stand at the spawn point [40, 41]"));
  const ZoneFolder edge(with("{at: [12, 20]}", "{at: [0, 20]}"));
  EXPECT_THAT(load_zone(edge.path).error().message, HasSubstr("nobody can stand"));
}

TEST(ZoneText, NamesAnUnknownKeyAndTheOneThatWasMeant) {
  EXPECT_EQ(error_of(with("players_max", "player_max")),
            "z.yaml:4: the zone has no key 'player_max'; is 'players_max' meant?");
  EXPECT_THAT(error_of(with("base_m: -1", "qqqqqqqqq: -1")),
              StartsWith("z.yaml:10: a box has no key 'qqqqqqqqq'; known are: at, size"));
}

TEST(ZoneText, NamesAMissingKey) {
  EXPECT_EQ(error_of(with("title: The Meadow\n", "")),
            "z.yaml:1: the zone needs the key 'title': add it");
  EXPECT_THAT(error_of(with("at: [12, 20]", "facing_deg: 3")),
              HasSubstr("z.yaml:8: a spawn point needs the key 'at'"));
}

TEST(ZoneText, RefusesAKeyTwice) {
  EXPECT_EQ(error_of(with("title: The Meadow", "title: The Meadow\ntitle: Other")),
            "z.yaml:3: the zone has the key 'title' twice: remove one");
}

TEST(ZoneText, RefusesNumbersOutOfLimitsAndWhatIsNoNumber) {
  EXPECT_EQ(
      error_of(with("players_max: 100", "players_max: 0")),
      "z.yaml:4: 'players_max' of the zone is '0'; expected is a whole number from 1 to 20000");
  EXPECT_THAT(error_of(with("players_max: 100", "players_max: many")), HasSubstr("is 'many'"));
  EXPECT_THAT(error_of(with("players_max: 100", "players_max: [1]")), HasSubstr("is a list"));
  EXPECT_THAT(error_of(with("walk_m_per_s: 2", "walk_m_per_s: nan")),
              HasSubstr("expected is a number from 0.1 to 8"));
  EXPECT_THAT(error_of(with("turn_deg: 45", "turn_deg: 4x")),
              HasSubstr("'turn_deg' of a box is '4x'"));
  EXPECT_THAT(error_of(with("turn_deg: 45", "turn_deg: [4]")), HasSubstr("is a list"));
  EXPECT_THAT(error_of(with("size_m: [64, 128]", "size_m: [64]")),
              HasSubstr("must be a list of 2 numbers, such as [10, 10]"));
  EXPECT_THAT(error_of(with("size_m: [64, 128]", "size_m: 64")), HasSubstr("z.yaml:3"));
}

TEST(ZoneText, RefusesPlacesOutsideTheZone) {
  EXPECT_THAT(error_of(with("at: [12, 20]", "at: [100, 20]")), HasSubstr("outside the zone"));
  EXPECT_THAT(error_of(with("at: [12, 20]", "at: [12, 300]")), HasSubstr("from 0 to 128"));
}

TEST(ZoneText, RefusesTextsThatAreNone) {
  EXPECT_THAT(error_of(with("title: The Meadow", "title: ")), HasSubstr("a text of 1 to 64 bytes"));
  EXPECT_THAT(error_of(with("zone: meadow", "zone: The-Meadow")), HasSubstr("one lower-case word"));
  EXPECT_THAT(error_of(with("name: Hare", "name: " + std::string(25, 'x'))),
              HasSubstr("a text of 1 to 24 bytes"));
  EXPECT_THAT(error_of(with("file: height.png", "file: ../height.png")), HasSubstr("without '/'"));
}

TEST(ZoneText, RefusesAGridThatDoesNotFitAndHeightsUpsideDown) {
  EXPECT_THAT(error_of(with("spacing_m: 32", "spacing_m: 31")), HasSubstr("without a rest"));
  EXPECT_THAT(error_of(with("low_m: 0", "low_m: 700")), HasSubstr("must not be below 'low_m'"));
}

TEST(ZoneText, RefusesRangesTheWrongWayRound) {
  EXPECT_THAT(error_of(with("pause_s: [1, 2]", "pause_s: [3, 2]")), HasSubstr("[least, most]"));
}

TEST(ZoneText, RefusesListsThatAreTooShortOrNone) {
  EXPECT_THAT(error_of(with("  - {at: [10, 20], facing_deg: 90}\n  - {at: [12, 20]}\n", "  []\n")),
              HasSubstr("'spawn_points' of the zone must be a list of 1 to 256 elements"));
  EXPECT_THAT(error_of(with("  - {at: [40, 40], size: [2, 3, 4], turn_deg: 45, base_m: -1}\n",
                            "  crate\n")),
              HasSubstr("'boxes' of the zone must be a list"));
  EXPECT_THAT(error_of(with("{at: [12, 20]}", "12")), HasSubstr("expected is a spawn point as"));
  EXPECT_THAT(error_of(with("terrain: {file: height.png, spacing_m: 32, low_m: 0, high_m: 655.35}",
                            "terrain:")),
              HasSubstr("expected is the terrain as"));
}

TEST(ZoneText, BoxesMayBeLeftOut) {
  EXPECT_EQ(
      error_of(with("boxes:\n  - {at: [40, 40], size: [2, 3, 4], turn_deg: 45, base_m: -1}\n", "")),
      "no error");
}

TEST(ZoneText, RefusesWhatIsNoYaml) {
  EXPECT_THAT(error_of("zone: [meadow"), StartsWith("z.yaml:"));
  EXPECT_THAT(error_of("zone: [meadow"), HasSubstr("no valid YAML"));
  EXPECT_THAT(error_of(""), HasSubstr("expected is the zone as"));
  EXPECT_THAT(error_of("- a\n- b\n"), HasSubstr("expected is the zone as"));
  EXPECT_THAT(error_of("*anchor"), StartsWith("z.yaml:1:"));
  EXPECT_THAT(error_of(std::string(5000, '[')), StartsWith("z.yaml:1:"));
}

TEST(ZoneText, ShortensLongAndControlCharactersInErrors) {
  EXPECT_THAT(error_of(with("players_max: 100", "players_max: " + std::string(100, 'k'))),
              HasSubstr("kkkk...'"));
  EXPECT_THAT(error_of(with("players_max: 100", R"(players_max: "a\tb")")), HasSubstr("'a b'"));
}

TEST(CommittedContent, HeartlandIsInOrder) {
  const auto zone = load_zone("content/zones/heartland");
  ASSERT_TRUE(zone) << zone.error().message;
  EXPECT_EQ(zone->bounds.high, (math::Vec2{4096, 4096}));
  EXPECT_GE(zone->spawn_points.size(), 8u);
  EXPECT_GE(zone->creatures.size(), 3u);
  EXPECT_EQ(zone->creature_count, 300u);
  EXPECT_GT(zone->boxes.size(), 60u);
}

}  // namespace
}  // namespace tessera::content
