// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/compile/place_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/math/angles.h"
#include "engine/physics/box.h"

namespace tessera::content {
namespace {

const char* kind_of(const std::string& arrival) {
  return arrival.empty() ? "spawn point" : "arrival";
}

using math::Vec3;
using physics::Triangle;

/// A turn about the vertical, then a scale and a move.
struct Placement {
  Vec3 origin;
  float turn = 0;
  float scale = 1;
  math::SinCos angle = math::sin_cos(turn);

  Vec3 operator()(Vec3 p) const {
    return Vec3{p.x * angle.cos - p.z * angle.sin, p.y, p.x * angle.sin + p.z * angle.cos} * scale +
           origin;
  }
  Triangle operator()(const Triangle& t) const {
    return {(*this)(t.a), (*this)(t.b), (*this)(t.c)};
  }
};

/// Far from the origin a float has steps of a quarter of a millimetre; what is smaller collapses,
/// and nobody can bump into it.
bool has_area(const Triangle& triangle) { return length(triangle.normal()) > 1e-9f; }

class Placer {
 public:
  Placer(const ZoneText& text, const physics::HeightField& terrain, const std::string& folder)
      : text_(text), terrain_(terrain), folder_(folder) {}

  void add_box(const BoxText& box) {
    const float bottom = ground_at(box.at) + box.base_m;
    const Vec3 half = box.size * 0.5f;
    const physics::BoxShape shape{{box.at.x, bottom + half.y, box.at.z}, half, box.turn};
    for (const Triangle& triangle : physics::triangles_of(std::span(&shape, 1))) {
      add_static(triangle, 0);
    }
  }

  void add_model(const ModelText& at, const Model& model) {
    const float height = at.height_m.value_or(ground_at(at.at));
    const Placement place{.origin = {at.at.x, height, at.at.z}, .turn = at.turn, .scale = at.scale};
    const std::size_t static_count =
        model.doors.empty() ? model.triangles.size() : model.doors.front().first;
    for (std::size_t i = 0; i < static_count; ++i) {
      add_static(place(model.triangles[i]), model.flags[i]);
    }
    for (const ModelDoor& door : model.doors) add_door(door, model, place);
    for (Area area : model.areas) {
      const Vec3 centre = place(Vec3{area.centre.x, 0, area.centre.z});
      area.centre = {centre.x, centre.z};
      area.half_size = area.half_size * at.scale;
      area.turn = math::wrap_angle(area.turn + at.turn);
      area.low_m = area.low_m * at.scale + height;
      area.high_m = area.high_m * at.scale + height;
      placed.areas.push_back(std::move(area));
    }
    for (const ModelSpawn& spawn : model.spawns) {
      const Vec3 feet = place(spawn.position);
      placed.spawns.push_back(
          {feet, math::wrap_angle(spawn.heading + at.turn), file_of("zone.yaml"), at.line,
           fmt::format("the {} [{:.2f}, {:.2f}] of {}, {}", kind_of(spawn.arrival), feet.x, feet.z,
                       at.file, spawn.node),
           spawn.arrival});
    }
  }

  void add_spawn(const SpawnText& spawn) {
    const float height = spawn.height_m.value_or(ground_at(spawn.at));
    placed.spawns.push_back(
        {{spawn.at.x, height, spawn.at.z},
         math::wrap_angle(spawn.heading),
         file_of("zone.yaml"),
         spawn.line,
         fmt::format("the {} [{}, {}]", kind_of(spawn.arrival), spawn.at.x, spawn.at.z),
         spawn.arrival});
  }

  /// Doors come after all that never moves.
  void finish() {
    for (OpenDoor& door : doors_) {
      placed.doors.push_back({static_cast<std::uint32_t>(placed.triangles.size()),
                              static_cast<std::uint32_t>(door.triangles.size())});
      placed.door_names.push_back(std::move(door.name));
      placed.triangles.insert(placed.triangles.end(), door.triangles.begin(), door.triangles.end());
      placed.flags.insert(placed.flags.end(), door.flags.begin(), door.flags.end());
    }
  }

  Placed placed;

 private:
  struct OpenDoor {
    std::string name;
    std::vector<Triangle> triangles;
    std::vector<std::uint8_t> flags;
  };

  float ground_at(math::Vec2 place) const { return text_.terrain ? terrain_.height_at(place) : 0; }
  std::string file_of(std::string_view name) const {
    return (std::filesystem::path(folder_) / name).string();
  }

  void add_static(const Triangle& triangle, std::uint8_t flags) {
    if (!has_area(triangle)) return;
    placed.triangles.push_back(triangle);
    placed.flags.push_back(flags);
  }

  void add_door(const ModelDoor& door, const Model& model, const Placement& place) {
    OpenDoor open{door.name, {}, {}};
    for (std::size_t i = door.first; i < std::size_t{door.first} + door.count; ++i) {
      const Triangle triangle = place(model.triangles[i]);
      if (!has_area(triangle)) continue;
      open.triangles.push_back(triangle);
      open.flags.push_back(model.flags[i]);
    }
    for (int number = 2; !names_.insert(open.name).second; ++number) {
      open.name = fmt::format("{} {}", door.name, number);
    }
    doors_.push_back(std::move(open));
  }

  const ZoneText& text_;
  const physics::HeightField& terrain_;
  const std::string& folder_;
  std::vector<OpenDoor> doors_;
  std::set<std::string> names_;
};

}  // namespace

Placed place_models(const ZoneText& text, const Models& models, const physics::HeightField& terrain,
                    const std::string& folder) {
  Placer placer(text, terrain, folder);
  for (const BoxText& box : text.boxes) placer.add_box(box);
  for (const ModelText& at : text.models) {
    if (const auto model = models.find(at.file); model != models.end()) {
      placer.add_model(at, model->second);
    }
  }
  for (const SpawnText& spawn : text.spawn_points) placer.add_spawn(spawn);
  for (const SpawnText& arrival : text.arrivals) placer.add_spawn(arrival);
  placer.finish();
  return std::move(placer.placed);
}

}  // namespace tessera::content
