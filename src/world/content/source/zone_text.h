// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What zone.yaml says, before the height map and the models are known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gameplay/definitions/zone_definition.h"
#include "world/content/source/fault.h"

namespace tessera::content {

/// Names of areas, roads, doors and arrivals.
inline constexpr std::size_t kContentNameBytesMax = 48;
/// A zone.yaml may not be larger.
inline constexpr std::size_t kZoneTextBytesMax = 4u << 20;

struct TerrainText {
  std::string file;
  physics::HeightFieldOptions options;
  int line = 1;
};

/// A glTF file, placed.
struct ModelText {
  std::string file;
  math::Vec2 at;
  std::optional<float> height_m;  ///< of its origin; otherwise the terrain's height there
  float turn = 0;                 ///< radians clockwise seen from above
  float scale = 1;
  int line = 1;
};

struct BoxText {
  math::Vec2 at;  ///< its centre on the map
  math::Vec3 size;
  float turn = 0;    ///< radians
  float base_m = 0;  ///< of its bottom above the ground at its centre; without terrain above 0
};

/// A spawn point, or an arrival.
struct SpawnText {
  std::string arrival;  ///< its name; empty: a spawn point
  math::Vec2 at;
  std::optional<float> height_m;  ///< otherwise the terrain's height there
  float heading = 0;              ///< radians
  int line = 1;
};

struct ZoneText {
  /// What needs no other file: names, bounds, weather, light, areas, roads, creatures, limits.
  ZoneDefinition zone;
  std::optional<TerrainText> terrain;
  std::optional<float> bottom_m;
  std::vector<ModelText> models;
  std::vector<BoxText> boxes;
  std::vector<SpawnText> spawn_points;
  std::vector<SpawnText> arrivals;
  std::vector<int> creature_lines;  ///< of the zone's kinds of creatures
  std::vector<int> area_lines;      ///< of the zone's areas
  int name_line = 1;
  int spawn_line = 1;  ///< where spawn points stand, or should
};

/// `file` names the text in faults. On one thread; some 1 MB a second.
Checked<ZoneText> parse_zone_text(std::string_view yaml, const std::string& file);

}  // namespace tessera::content
