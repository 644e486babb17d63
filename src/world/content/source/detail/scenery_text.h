// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The parts of zone.yaml that describe the place: weather, light, areas, roads, models, boxes.
#pragma once

#include "world/content/source/yaml_reader.h"
#include "world/content/source/zone_text.h"

namespace tessera::content::detail {

// Limits with a reason. Sizes: below 8 km a float has steps under a millimetre. Counts: far above
// what a zone needs, far below what would exhaust memory.
inline constexpr Limits kZoneMetres{16, 8192};
inline constexpr Limits kHeightMetres{-1000, 3000};
inline constexpr Limits kDegrees{-360, 360};

float radians(float degrees);
/// A place [x, z] within the zone, whose size is checked before.
math::Vec2 read_place(MapReader& map, std::string_view key, const physics::Rectangle& bounds);
/// A name of a file in the zone's own folder.
std::string read_file_name(MapReader& map, std::string_view key);

Weather read_weather(YamlSource& source, const YAML::Node& node);
Light read_light(YamlSource& source, const YAML::Node& node);
Area read_area(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds);
Road read_road(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds);
ModelText read_model(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds);
BoxText read_box(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds);

}  // namespace tessera::content::detail
