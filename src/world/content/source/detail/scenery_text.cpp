// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/source/detail/scenery_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/math/trigonometry.h"
#include "world/content/source/area_properties.h"
#include "world/content/source/portal_text.h"

namespace tessera::content::detail {
namespace {

constexpr Limits kBoxMetres{0.01f, 500};
constexpr Limits kBoxBaseMetres{-100, 500};
constexpr Limits kWind{-60, 60};
constexpr Limits kScale{0.001f, 1000};
constexpr std::size_t kRoadPointsMax = 1000;
constexpr std::array<std::string_view, 4> kWeatherKinds{"clear", "rain", "snow", "fog"};

}  // namespace

float radians(float degrees) { return degrees * (math::kPi / 180.0f); }

math::Vec2 read_place(MapReader& map, std::string_view key, const physics::Rectangle& bounds) {
  const float farthest = std::max(bounds.high.x, bounds.high.z);
  const std::vector<float> xz = map.numbers(key, 2, {0, farthest});
  if (xz[0] > bounds.high.x || xz[1] > bounds.high.z) {
    map.fail(
        fmt::format("the place [{}, {}] lies outside the zone, which ends at [{}, {}]: move "
                    "it, or make size_m larger",
                    xz[0], xz[1], bounds.high.x, bounds.high.z));
  }
  return {xz[0], xz[1]};
}

std::string read_file_name(MapReader& map, std::string_view key) {
  std::string name = map.text(key, 100);
  if (name.find_first_of("/\\") != std::string::npos || name.starts_with('.')) {
    map.fail(fmt::format("'{}' must be a file in the zone's own folder, without '/' and not hidden",
                         key));
    name.clear();
  }
  return name;
}

Weather read_weather(YamlSource& source, const YAML::Node& node) {
  MapReader map(source, node, "the weather");
  Weather weather;
  weather.kind = static_cast<WeatherKind>(map.choice("kind", kWeatherKinds));
  const std::vector<float> wind = map.numbers("wind_m_per_s", std::vector<float>{0, 0}, kWind);
  weather.wind_m_per_s = {wind[0], wind[1]};
  map.finish();
  return weather;
}

Light read_light(YamlSource& source, const YAML::Node& node) {
  MapReader map(source, node, "the light");
  Light light;
  light.time_of_day_h = map.number("time_of_day_h", {0, 24}, light.time_of_day_h);
  light.sun_colour = map.colour("sun_colour", light.sun_colour);
  light.ambient_colour = map.colour("ambient_colour", light.ambient_colour);
  map.finish();
  return light;
}

Area read_area(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds) {
  MapReader map(source, node, "an area");
  Area area;
  area.name = map.text("name", kContentNameBytesMax);
  area.centre = read_place(map, "at", bounds);
  const std::vector<float> size = map.numbers("size_m", 2, {0.1f, kZoneMetres.high});
  area.half_size = {size[0] / 2, size[1] / 2};
  area.turn = radians(map.number("turn_deg", kDegrees, 0));
  area.low_m = map.number("low_m", kHeightMetres, kHeightMetres.low);
  area.high_m = map.number("high_m", kHeightMetres, kHeightMetres.high);
  for (const YAML::Node& property : map.list("properties", 0, kAreaProperties.size())) {
    const auto known = find_area_property(property.IsScalar() ? property.Scalar() : "");
    if (known) {
      area.properties |= static_cast<std::uint8_t>(*known);
    } else {
      map.fail(
          fmt::format("an area has no property {}; known are: safe, no_build, indoor, "
                      "graveyard",
                      in_quotes(property.IsScalar() ? property.Scalar() : "")));
    }
  }
  if (map.has("leads_to")) {
    area.leads_to = read_portal(map.text("leads_to", kPortalTextBytesMax));
    if (!area.leads_to) map.fail(fmt::format("'leads_to' of an area must be {}", kPortalForm));
  }
  map.finish();
  if (area.high_m < area.low_m) map.fail("'high_m' of an area must not be below its 'low_m'");
  return area;
}

Road read_road(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds) {
  MapReader map(source, node, "a road");
  Road road;
  road.name = map.text("name", kContentNameBytesMax);
  road.width_m = map.number("width_m", {0.5f, 50}, road.width_m);
  for (const YAML::Node& point : map.list("points", 2, kRoadPointsMax)) {
    std::array<float, 2> xz{-1, -1};
    for (std::size_t i = 0; point.IsSequence() && point.size() == 2 && i < 2; ++i) {
      xz[i] = point[i].as<float>(-1);
    }
    if (!(xz[0] >= 0 && xz[0] <= bounds.high.x && xz[1] >= 0 && xz[1] <= bounds.high.z)) {
      source.fail(std::max(line_of(point), 1),
                  "a point of a road must be a place [x, z] within the zone: mend or remove it");
      continue;
    }
    road.points.push_back({xz[0], xz[1]});
  }
  map.finish();
  return road;
}

ModelText read_model(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds) {
  MapReader map(source, node, "a model");
  ModelText model;
  model.line = map.line();
  model.file = read_file_name(map, "file");
  if (!model.file.empty() && !model.file.ends_with(".glb") && !model.file.ends_with(".gltf")) {
    map.fail(
        fmt::format("'file' of a model is {}; expected is a .glb or .gltf file: export the "
                    "model as glTF 2.0",
                    in_quotes(model.file)));
  }
  model.at = read_place(map, "at", bounds);
  model.height_m = map.optional_number("height_m", kHeightMetres);
  model.turn = radians(map.number("turn_deg", kDegrees, 0));
  model.scale = map.number("scale", kScale, 1);
  map.finish();
  return model;
}

BoxText read_box(YamlSource& source, const YAML::Node& node, const physics::Rectangle& bounds) {
  MapReader map(source, node, "a box");
  BoxText box;
  box.at = read_place(map, "at", bounds);
  const std::vector<float> size = map.numbers("size", 3, kBoxMetres);
  box.size = {size[0], size[1], size[2]};
  box.turn = radians(map.number("turn_deg", kDegrees, 0));
  box.base_m = map.number("base_m", kBoxBaseMetres, 0);
  map.finish();
  return box;
}

}  // namespace tessera::content::detail
