// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/detail/zone_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/math/trigonometry.h"
#include "gameplay/shared/components.h"
#include "world/content/detail/yaml_reader.h"

namespace tessera::content::detail {
namespace {

// Limits with a reason. Sizes: below 8 km a float has steps under a millimetre. Counts: far above
// what a zone needs, far below what would exhaust memory or the grid of boxes.
constexpr Limits kZoneMetres{64, 8192};
constexpr Limits kSpacingMetres{1, 64};
constexpr Limits kHeightMetres{-1000, 3000};
constexpr Limits kBoxMetres{0.01f, 500};
constexpr Limits kBoxBaseMetres{-100, 500};
constexpr Limits kDegrees{-360, 360};
constexpr std::size_t kBoxesMax = 20'000;
constexpr std::size_t kSpawnPointsMax = 256;
constexpr std::size_t kCreatureKindsMax = 256;
constexpr std::uint32_t kCreaturesMax = 20'000;
constexpr std::uint32_t kPlayersMax = 20'000;
/// Boxes and spawn points lie in the zone; its size is checked before they are read.
Limits within(float low, float high) { return {low, high}; }

float radians(float degrees) { return degrees * (math::kPi / 180.0f); }

math::Vec2 place(MapReader& map, std::string_view key, const physics::Rectangle& bounds) {
  const float farthest = std::max(bounds.high.x, bounds.high.z);
  const std::vector<float> xz = map.numbers(key, 2, within(0, farthest));
  if (xz[0] > bounds.high.x || xz[1] > bounds.high.z) map.fail("this place lies outside the zone");
  return {xz[0], xz[1]};
}

bool is_lower_case_word(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

TerrainText read_terrain(YamlSource& source, const YAML::Node& node,
                         const physics::Rectangle& bounds) {
  MapReader map(source, node, "the terrain");
  TerrainText terrain;
  terrain.file = map.text("file", 100);
  physics::HeightFieldOptions& options = terrain.options;
  options.spacing_m = map.number("spacing_m", kSpacingMetres);
  options.low_m = map.number("low_m", kHeightMetres);
  options.high_m = map.number("high_m", kHeightMetres);
  map.finish();
  if (terrain.file.find('/') != std::string::npos) {
    map.fail("'file' of the terrain must be a file in the zone's own folder, without '/'");
  }
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

BoxText read_box(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds) {
  MapReader map(source, node, "a box");
  BoxText box;
  box.at = place(map, "at", bounds);
  const std::vector<float> size = map.numbers("size", 3, kBoxMetres);
  box.size = {size[0], size[1], size[2]};
  box.turn = radians(map.number("turn_deg", kDegrees, 0));
  box.base_m = map.number("base_m", kBoxBaseMetres, 0);
  map.finish();
  return box;
}

SpawnPoint read_spawn_point(YamlSource& source, const YAML::Node& node,
                            const physics::Rectangle& bounds) {
  MapReader map(source, node, "a spawn point");
  SpawnPoint point;
  point.place = place(map, "at", bounds);
  point.heading = radians(map.number("facing_deg", kDegrees, 0));
  map.finish();
  return point;
}

CreatureDefinition read_creature(YamlSource& source, const YAML::Node& node, std::size_t number) {
  MapReader map(source, node, "a kind of creature");
  CreatureDefinition kind;
  kind.id = static_cast<std::uint16_t>(number);
  kind.name = map.text("name", kNameBytesMax);
  kind.look = map.count("look", 0, 0xffffffff, 0);
  kind.share = map.count("share", 1, 1000, 1);
  kind.walk_m_per_s = map.number("walk_m_per_s", {0.1f, 8}, kind.walk_m_per_s);
  kind.roam_radius_m = map.number("roam_radius_m", {1, 500}, kind.roam_radius_m);
  const std::vector<float> pause = map.numbers("pause_s", 2, {0, 3600});
  const std::vector<float> ring = map.numbers("home_distance_m", 2, {0, kZoneMetres.high});
  map.finish();
  if (pause[0] > pause[1] || ring[0] > ring[1]) {
    map.fail(
        "'pause_s' and 'home_distance_m' of a kind of creature are [least, most]: exchange them");
  }
  kind.pause_s_min = pause[0];
  kind.pause_s_max = pause[1];
  kind.home_distance_m_min = ring[0];
  kind.home_distance_m_max = ring[1];
  return kind;
}

void read_creatures(YamlSource& source, const YAML::Node& node, ZoneDefinition& zone) {
  MapReader map(source, node, "the creatures");
  zone.creature_count = map.count("count", 0, kCreaturesMax);
  for (const YAML::Node& kind : map.list("kinds", 1, kCreatureKindsMax)) {
    zone.creatures.push_back(read_creature(source, kind, zone.creatures.size() + 1));
  }
  map.finish();
}

void read_zone(YamlSource& source, const YAML::Node& root, ZoneText& text) {
  MapReader map(source, root, "the zone");
  ZoneDefinition& zone = text.zone;
  zone.name = map.text("zone", 32);
  if (!is_lower_case_word(zone.name)) {
    map.fail("'zone' must be one lower-case word, the name of the zone's folder");
  }
  text.name_line = map.line();
  zone.title = map.text("title", 64);
  const std::vector<float> size = map.numbers("size_m", 2, kZoneMetres);
  zone.bounds = {{0, 0}, {size[0], size[1]}};
  zone.players_max = map.count("players_max", 1, kPlayersMax, zone.players_max);
  text.terrain = read_terrain(source, map.map("terrain"), zone.bounds);
  for (const YAML::Node& node : map.list("spawn_points", 1, kSpawnPointsMax)) {
    zone.spawn_points.push_back(read_spawn_point(source, node, zone.bounds));
    text.spawn_lines.push_back(line_of(node));
  }
  for (const YAML::Node& node : map.list("boxes", 0, kBoxesMax)) {
    text.boxes.push_back(read_box(source, node, zone.bounds));
  }
  read_creatures(source, map.map("creatures"), zone);
  map.finish();
}

}  // namespace

Result<ZoneText> parse_zone_text(std::string_view yaml, const std::string& file) {
  YamlSource source(file);
  ZoneText text;
  try {
    const YAML::Node root = source.parse(yaml);
    read_zone(source, root, text);
  } catch (const YAML::Exception& exception) {
    source.fail(exception.mark.line + 1, exception.msg);
  }
  if (!source.ok()) return std::unexpected(source.error());
  return text;
}

Result<ZoneDefinition> assemble_zone(ZoneText text, HeightMap map, const std::string& file) {
  ZoneDefinition zone = std::move(text.zone);
  zone.terrain = physics::HeightField(text.terrain.options, std::move(map.samples));
  for (const BoxText& box : text.boxes) {
    const float bottom = zone.terrain.height_at(box.at) + box.base_m;
    const math::Vec3 half = box.size * 0.5f;
    zone.boxes.push_back({{box.at.x, bottom + half.y, box.at.z}, half, box.turn});
  }
  const physics::CollisionWorld world = make_collision_world(zone);
  for (std::size_t i = 0; i < zone.spawn_points.size(); ++i) {
    const math::Vec2 at = zone.spawn_points[i].place;
    if (!world.is_free({at.x, zone.terrain.height_at(at), at.z}, {})) {
      return failure(
          ErrorKind::InvalidArgument,
          fmt::format("{}:{}: nobody can stand at the spawn point [{}, {}]: a box is there, "
                      "or the edge of the zone; move it by a metre",
                      file, text.spawn_lines[i], at.x, at.z));
    }
  }
  return zone;
}

}  // namespace tessera::content::detail
