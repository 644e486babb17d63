// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/source/zone_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

/// The text with one part replaced, which must be there.
std::string with(std::string_view part, std::string_view replacement) {
  std::string text(kZone);
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), replacement);
}

/// The first fault.
std::string error_of(const std::string& yaml) {
  const auto text = parse_zone_text(yaml, "z.yaml");
  return text ? "no error" : to_text(text.error().front());
}

TEST(ZoneText, KnowsHowLargeACreatureIs) {
  const auto size_of = [](const std::string& yaml) {
    return parse_zone_text(yaml, "z.yaml")->zone.creatures[0].size;
  };
  EXPECT_EQ(size_of(std::string(kZone)), CreatureSize::Small);
  EXPECT_EQ(size_of(with("share: 2", "size: large")), CreatureSize::Large);
  EXPECT_THAT(error_of(with("share: 2", "size: huge")), HasSubstr("small, medium, large"));
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
  EXPECT_THAT(error_of(with("    - {name: Hare", "    []\n#")), HasSubstr("no valid YAML"));
  EXPECT_THAT(error_of(with("spawn_points:\n", "spawn_points: 3\nareas:\n")),
              HasSubstr("'spawn_points' of the zone must be a list of 0 to 256 elements"));
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

TEST(ZoneText, FindsEveryFaultNotOnlyTheFirst) {
  std::string text = with("title: The Meadow\n", "");
  text.replace(text.find("players_max: 100"), 16, "players_max: none");
  text.replace(text.find("turn_deg: 45"), 12, "turn_deg: 999");
  text += "colour: red\n";
  const auto zone = parse_zone_text(text, "z.yaml");
  ASSERT_FALSE(zone);
  EXPECT_EQ(to_error(zone.error()).message,
            "z.yaml:1: the zone needs the key 'title': add it\n"
            "z.yaml:3: 'players_max' of the zone is 'none'; expected is a whole number from 1 to "
            "20000\n"
            "z.yaml:9: 'turn_deg' of a box is '999'; expected is a number from -360 to 360\n"
            "z.yaml:15: the zone has no key 'colour'; known are: zone, title, instance, size_m, "
            "players_max, terrain, bottom_m, water_level_m, weather, light, models, boxes, "
            "spawn_points, arrivals, areas, roads, creatures");
}

TEST(ZoneText, StopsCountingFaultsAtSomePoint) {
  std::string text(kZone);
  text += "areas:\n";
  for (int i = 0; i < 500; ++i) text += "  - {}\n";
  EXPECT_EQ(parse_zone_text(text, "z.yaml").error().size(), kFaultsMax);
}

TEST(ZoneText, ReadsWeatherLightModelsAreasAndRoads) {
  std::string text(kZone);
  text +=
      "instance: true\n"
      "bottom_m: -20\n"
      "water_level_m: 3\n"
      "weather: {kind: snow, wind_m_per_s: [1, -2]}\n"
      "light: {time_of_day_h: 6, sun_colour: \"#FF8000\"}\n"
      "models:\n"
      "  - {file: a.glb, at: [1, 2], height_m: 7, turn_deg: 180, scale: 2}\n"
      "  - {file: a.glb, at: [3, 4]}\n"
      "areas:\n"
      "  - {name: market, at: [5, 6], size_m: [4, 8], properties: [safe, indoor]}\n"
      "  - {name: hole, at: [5, 6], size_m: [1, 1], leads_to: barrow/main entrance}\n"
      "arrivals:\n"
      "  - {name: gate, at: [7, 8], height_m: 9, facing_deg: 90}\n"
      "roads:\n"
      "  - {name: north, points: [[1, 1], [2, 9]], width_m: 6}\n";
  const auto zone = parse_zone_text(text, "z.yaml");
  ASSERT_TRUE(zone) << to_error(zone.error()).message;
  EXPECT_TRUE(zone->zone.is_instance);
  EXPECT_EQ(zone->bottom_m, -20);
  EXPECT_EQ(zone->zone.water_level_m, 3);
  EXPECT_EQ(zone->zone.weather, (Weather{WeatherKind::Snow, {1, -2}}));
  EXPECT_EQ(zone->zone.light, (Light{6, 0xff8000, 0x8aa0b8}));
  ASSERT_EQ(zone->models.size(), 2u);
  EXPECT_EQ(zone->models[0].height_m, 7);
  EXPECT_EQ(zone->models[0].scale, 2);
  EXPECT_FALSE(zone->models[1].height_m);
  ASSERT_EQ(zone->zone.areas.size(), 2u);
  EXPECT_EQ(zone->zone.areas[0].leads_to, std::nullopt);
  EXPECT_EQ(zone->zone.areas[1].leads_to, (Portal{"barrow", "main entrance"}));
  ASSERT_EQ(zone->arrivals.size(), 1u);
  EXPECT_EQ(zone->arrivals[0].arrival, "gate");
  EXPECT_EQ(zone->arrivals[0].height_m, 9);
  EXPECT_EQ(zone->spawn_points.size(), 2u) << "an arrival is none";
  EXPECT_EQ(zone->zone.areas[0].half_size, (math::Vec2{2, 4}));
  EXPECT_EQ(zone->zone.areas[0].properties, 5);
  EXPECT_EQ(zone->zone.roads, (std::vector<Road>{{"north", {{1, 1}, {2, 9}}, 6}}));
}

TEST(ZoneText, RefusesWrongWeatherColoursModelsAreasAndRoads) {
  const auto more = [](const std::string& lines) { return error_of(std::string(kZone) + lines); };
  EXPECT_THAT(more("weather: {kind: hail}\n"), HasSubstr("one of: clear, rain, snow, fog"));
  EXPECT_THAT(more("light: {sun_colour: red}\n"), HasSubstr("a colour in quotes"));
  EXPECT_THAT(more("light: {sun_colour: \"#12345g\"}\n"), HasSubstr("a colour in quotes"));
  EXPECT_THAT(more("instance: maybe\n"), HasSubstr("expected is true or false"));
  EXPECT_THAT(more("models: [{file: ../a.glb, at: [1, 1]}]\n"), HasSubstr("own folder"));
  EXPECT_THAT(more("models: [{file: a.obj, at: [1, 1]}]\n"), HasSubstr("as glTF 2.0"));
  EXPECT_THAT(more("areas: [{name: a, at: [1, 1], size_m: [1, 1], properties: [wet]}]\n"),
              HasSubstr("no property 'wet'"));
  EXPECT_THAT(more("areas: [{name: a, at: [1, 1], size_m: [1, 1], low_m: 3, high_m: 2}]\n"),
              HasSubstr("must not be below its 'low_m'"));
  for (const char* way : {"barrow", "/entrance", "barrow/", "a/b/c"}) {
    EXPECT_THAT(more(std::string("areas: [{name: a, at: [1, 1], size_m: [1, 1], leads_to: ") + way +
                     "}]\n"),
                HasSubstr("must be ZONE/ARRIVAL"));
  }
  EXPECT_THAT(more("arrivals: [{at: [1, 1]}]\n"), HasSubstr("an arrival needs the key 'name'"));
  EXPECT_THAT(more("roads: [{name: a, points: [[1, 1]]}]\n"), HasSubstr("list of 2 to 1000"));
  EXPECT_THAT(more("roads: [{name: a, points: [[1, 1], [1, 999]]}]\n"),
              HasSubstr("within the zone"));
}

TEST(ZoneText, AZoneWithoutTerrainNeedsABottom) {
  const std::string terrain =
      "terrain: {file: height.png, spacing_m: 32, low_m: 0, high_m: 655.35}\n";
  EXPECT_THAT(error_of(with(terrain, "")), HasSubstr("needs 'bottom_m'"));
  EXPECT_EQ(error_of(with(terrain, "bottom_m: -5\n")), "no error");
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

}  // namespace
}  // namespace tessera::content
