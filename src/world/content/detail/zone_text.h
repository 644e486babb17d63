// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What zone.yaml says, before the terrain is known: heights in it count from the ground.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "gameplay/definitions/zone_definition.h"
#include "world/content/height_map.h"

namespace tessera::content::detail {

struct BoxText {
  math::Vec2 at;  ///< its centre on the map
  math::Vec3 size;
  float turn = 0;    ///< radians
  float base_m = 0;  ///< of its bottom above the ground at its centre
};

struct TerrainText {
  std::string file;
  physics::HeightFieldOptions options;
};

struct ZoneText {
  ZoneDefinition zone;  ///< without terrain and boxes
  TerrainText terrain;
  std::vector<BoxText> boxes;
  std::vector<int> spawn_lines;  ///< of the zone's spawn points
  int name_line = 0;
};

/// `file` names the text in errors.
Result<ZoneText> parse_zone_text(std::string_view yaml, const std::string& file);

/// Puts the parts together, and checks what needs the ground: that one can stand at the spawn
/// points.
Result<ZoneDefinition> assemble_zone(ZoneText text, HeightMap map, const std::string& file);

}  // namespace tessera::content::detail
