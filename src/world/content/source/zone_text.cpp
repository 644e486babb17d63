// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/source/zone_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "gameplay/shared/components.h"
#include "world/content/source/detail/scenery_text.h"
#include "world/content/source/yaml_reader.h"

namespace tessera::content {
namespace {

using detail::kDegrees;
using detail::kHeightMetres;
using detail::kZoneMetres;

constexpr Limits kSpacingMetres{1, 64};
constexpr std::size_t kModelsMax = 20'000;
constexpr std::size_t kBoxesMax = 20'000;
constexpr std::size_t kSpawnPointsMax = 256;
constexpr std::size_t kAreasMax = 1000;
constexpr std::size_t kRoadsMax = 1000;
constexpr std::size_t kCreatureKindsMax = 256;
constexpr std::uint32_t kCreaturesMax = 20'000;
constexpr std::uint32_t kPlayersMax = 20'000;

bool is_lower_case_word(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

TerrainText read_terrain(YamlSource& source, const YAML::Node& node,
                         const physics::Rectangle& bounds) {
  MapReader map(source, node, "the terrain");
  TerrainText terrain;
  terrain.line = map.line();
  terrain.file = detail::read_file_name(map, "file");
  physics::HeightFieldOptions& options = terrain.options;
  options.spacing_m = map.number("spacing_m", kSpacingMetres);
  options.low_m = map.number("low_m", kHeightMetres);
  options.high_m = map.number("high_m", kHeightMetres);
  map.finish();
  if (options.high_m < options.low_m) map.fail("'high_m' of the terrain must not be below 'low_m'");
  const float columns = bounds.high.x / options.spacing_m;
  const float rows = bounds.high.z / options.spacing_m;
  if (columns != std::floor(columns) || rows != std::floor(rows)) {
    map.fail("'spacing_m' of the terrain must divide the zone's size_m without a rest");
  }
  options.columns = static_cast<std::uint32_t>(columns) + 1;
  options.rows = static_cast<std::uint32_t>(rows) + 1;
  return terrain;
}

SpawnText read_spawn_point(YamlSource& source, const YAML::Node& node,
                           const physics::Rectangle& bounds, bool is_arrival) {
  MapReader map(source, node, is_arrival ? "an arrival" : "a spawn point");
  SpawnText point;
  if (is_arrival) point.arrival = map.text("name", kContentNameBytesMax);
  point.line = map.line();
  point.at = detail::read_place(map, "at", bounds);
  point.height_m = map.optional_number("height_m", kHeightMetres);
  point.heading = detail::radians(map.number("facing_deg", kDegrees, 0));
  map.finish();
  return point;
}

constexpr std::array<std::string_view, 3> kCreatureSizes{"small", "medium", "large"};

CreatureDefinition read_creature(YamlSource& source, const YAML::Node& node, std::size_t number) {
  MapReader map(source, node, "a kind of creature");
  CreatureDefinition kind;
  kind.id = static_cast<std::uint16_t>(number);
  kind.name = map.text("name", kNameBytesMax);
  kind.look = map.count("look", 0, 0xffffffff, 0);
  kind.share = map.count("share", 1, 1000, 1);
  kind.size = static_cast<CreatureSize>(map.choice("size", kCreatureSizes));
  kind.fights_as = map.has("fights_as") ? map.text("fights_as", kContentNameBytesMax) : "";
  kind.behaves_as = map.has("behaves_as") ? map.text("behaves_as", kContentNameBytesMax) : "";
  kind.is_hostile = map.flag("hostile", false);
  const std::vector<float> level =
      map.numbers("level", std::vector<float>{1, 1}, {1, static_cast<float>(kLevelMax)});
  kind.level_min = static_cast<std::uint16_t>(level[0]);
  kind.level_max = static_cast<std::uint16_t>(level[1]);
  kind.walk_m_per_s = map.number("walk_m_per_s", {0.1f, 8}, kind.walk_m_per_s);
  kind.run_m_per_s = map.number("run_m_per_s", {0.1f, 12}, kind.run_m_per_s);
  kind.roam_radius_m = map.number("roam_radius_m", {1, 500}, kind.roam_radius_m);
  const std::vector<float> pause = map.numbers("pause_s", 2, {0, 3600});
  const std::vector<float> ring = map.numbers("home_distance_m", 2, {0, kZoneMetres.high});
  map.finish();
  if (pause[0] > pause[1] || ring[0] > ring[1] || level[0] > level[1]) {
    map.fail(
        "'pause_s', 'level' and 'home_distance_m' of a kind of creature are [least, most]: "
        "exchange them");
  }
  kind.pause_s_min = pause[0];
  kind.pause_s_max = pause[1];
  kind.home_distance_m_min = ring[0];
  kind.home_distance_m_max = ring[1];
  return kind;
}

void read_creatures(YamlSource& source, const YAML::Node& node, ZoneText& text) {
  MapReader map(source, node, "the creatures");
  ZoneDefinition& zone = text.zone;
  zone.creature_count = map.count("count", 0, kCreaturesMax);
  for (const YAML::Node& kind : map.list("kinds", 1, kCreatureKindsMax)) {
    zone.creatures.push_back(read_creature(source, kind, zone.creatures.size() + 1));
    text.creature_lines.push_back(std::max(line_of(kind), 1));
  }
  map.finish();
}

void read_name(MapReader& map, ZoneText& text) {
  text.name_line = map.line();
  text.zone.name = map.text("zone", 32);
  if (!is_lower_case_word(text.zone.name)) {
    map.fail("'zone' must be one lower-case word, the name of the zone's folder");
  }
  text.zone.title = map.text("title", 64);
  text.zone.is_instance = map.flag("instance", false);
}

void read_places(YamlSource& source, MapReader& map, ZoneText& text) {
  ZoneDefinition& zone = text.zone;
  for (const YAML::Node& node : map.list("models", 0, kModelsMax)) {
    text.models.push_back(detail::read_model(source, node, zone.bounds));
  }
  for (const YAML::Node& node : map.list("boxes", 0, kBoxesMax)) {
    text.boxes.push_back(detail::read_box(source, node, zone.bounds));
  }
  text.spawn_line = map.line();
  for (const YAML::Node& node : map.list("spawn_points", 0, kSpawnPointsMax)) {
    text.spawn_points.push_back(read_spawn_point(source, node, zone.bounds, false));
  }
  for (const YAML::Node& node : map.list("arrivals", 0, kSpawnPointsMax)) {
    text.arrivals.push_back(read_spawn_point(source, node, zone.bounds, true));
  }
  for (const YAML::Node& node : map.list("areas", 0, kAreasMax)) {
    zone.areas.push_back(detail::read_area(source, node, zone.bounds));
    text.area_lines.push_back(std::max(line_of(node), 1));
  }
  for (const YAML::Node& node : map.list("roads", 0, kRoadsMax)) {
    zone.roads.push_back(detail::read_road(source, node, zone.bounds));
  }
}

void read_zone(YamlSource& source, const YAML::Node& root, ZoneText& text) {
  MapReader map(source, root, "the zone");
  ZoneDefinition& zone = text.zone;
  read_name(map, text);
  const std::vector<float> size = map.numbers("size_m", 2, kZoneMetres);
  zone.bounds = {{0, 0}, {size[0], size[1]}};
  zone.players_max = map.count("players_max", 1, kPlayersMax, zone.players_max);
  if (const auto node = map.map("terrain", false)) {
    text.terrain = read_terrain(source, *node, zone.bounds);
  }
  text.bottom_m = map.optional_number("bottom_m", kHeightMetres);
  if (map.is_map() && !text.terrain && !text.bottom_m) {
    map.fail("a zone without terrain needs 'bottom_m', below which nobody falls: add it");
  }
  zone.water_level_m = map.optional_number("water_level_m", kHeightMetres).value_or(kNoWater);
  if (const auto node = map.map("weather", false)) {
    zone.weather = detail::read_weather(source, *node);
  }
  if (const auto node = map.map("light", false)) zone.light = detail::read_light(source, *node);
  read_places(source, map, text);
  if (const auto node = map.map("creatures", false)) read_creatures(source, *node, text);
  map.finish();
}

}  // namespace

Checked<ZoneText> parse_zone_text(std::string_view yaml, const std::string& file) {
  YamlSource source(file);
  ZoneText text;
  try {
    if (const auto root = source.parse(yaml)) read_zone(source, *root, text);
  } catch (const YAML::Exception& exception) {
    source.fail(std::max(exception.mark.line + 1, 1), exception.msg);
  }
  if (source.faults().empty()) return text;
  Faults faults = source.faults();
  sort_faults(faults);
  return std::unexpected(std::move(faults));
}

}  // namespace tessera::content
