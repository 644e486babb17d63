// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/web/scene_json.h"

#include <fmt/format.h>

#include <cmath>

#include "engine/core/json/json_object.h"

namespace tessera::server {
namespace {

std::string colour(std::uint32_t rgb) { return fmt::format("#{:06x}", rgb & 0xffffffu); }

std::string list(const auto& items, auto&& to_json) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += to_json(item);
  }
  return out + "]";
}

std::string place(math::Vec2 at) { return fmt::format("[{:.3f},{:.3f}]", at.x, at.z); }
std::string place(math::Vec3 at) { return fmt::format("[{:.3f},{:.3f},{:.3f}]", at.x, at.y, at.z); }

std::string_view weather_name(WeatherKind kind) {
  switch (kind) {
    case WeatherKind::Rain:
      return "rain";
    case WeatherKind::Snow:
      return "snow";
    case WeatherKind::Fog:
      return "fog";
    case WeatherKind::Clear:
      break;
  }
  return "clear";
}

std::string model_json(const content::ModelText& model, const physics::HeightField& terrain) {
  const float height = model.height_m.value_or(terrain.height_at(model.at));
  return JsonObject()
      .text("file", model.file)
      .raw("at", place(math::Vec3{model.at.x, height, model.at.z}))
      .real("turn", model.turn, 5)
      .real("scale", model.scale, 4)
      .done();
}

std::string area_json(const Area& area) {
  JsonObject json;
  json.text("name", area.name)
      .raw("centre", place(area.centre))
      .raw("half_size", place(area.half_size))
      .real("turn", area.turn, 5)
      .real("low_m", area.low_m)
      .real("high_m", area.high_m)
      .truth("safe", area.has(AreaProperty::Safe))
      .truth("indoor", area.has(AreaProperty::Indoor));
  if (area.leads_to) json.text("leads_to", area.leads_to->zone);
  return json.done();
}

std::string road_json(const Road& road) {
  return JsonObject()
      .text("name", road.name)
      .real("width_m", road.width_m)
      .raw("points", list(road.points, [](math::Vec2 point) { return place(point); }))
      .done();
}

std::string creature_json(const CreatureDefinition& creature) {
  return JsonObject()
      .unsigned_number("id", creature.id)
      .text("name", creature.name)
      .unsigned_number("look", creature.look)
      .unsigned_number("size", static_cast<std::uint64_t>(creature.size))
      .done();
}

}  // namespace

std::string scene_json(const ZoneDefinition& zone, const content::ZoneText& text) {
  const physics::StaticGeometry& geometry = *zone.geometry;
  JsonObject json;
  json.text("zone", zone.name)
      .text("title", zone.title)
      .truth("instance", zone.is_instance)
      .truth("terrain", zone.has_terrain)
      .raw("low", place(geometry.bounds.low))
      .raw("high", place(geometry.bounds.high));
  if (std::isfinite(geometry.water_level_m)) json.real("water_level_m", geometry.water_level_m);
  json.text("weather", weather_name(zone.weather.kind))
      .raw("wind", place(zone.weather.wind_m_per_s))
      .real("time_of_day_h", zone.light.time_of_day_h)
      .text("sun_colour", colour(zone.light.sun_colour))
      .text("ambient_colour", colour(zone.light.ambient_colour))
      .raw("models", list(text.models,
                          [&](const content::ModelText& model) {
                            return model_json(model, geometry.terrain);
                          }))
      .raw("areas", list(zone.areas, area_json))
      .raw("roads", list(zone.roads, road_json))
      .raw("creatures", list(zone.creatures, creature_json))
      .raw("doors",
           list(zone.door_names, [](const std::string& name) { return json_string(name); }));
  return json.done() + "\n";
}

}  // namespace tessera::server
