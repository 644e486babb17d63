// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/compile/check_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "engine/physics/mesh/capsule.h"

namespace tessera::content {
namespace {

using math::Vec3;

constexpr float kRadius = 0.4f;  ///< of a character
constexpr float kHeight = 1.8f;
constexpr float kStep = 0.4f;      ///< what one steps up is in nobody's way
constexpr float kDrop = 2;         ///< from a spawn point to the floor
constexpr float kWade = 1.2f;      ///< water as deep as this one stands in
constexpr float kSteepest = 0.7f;  ///< of a floor's normal upwards: 45 degrees
constexpr int kHomesTried = 512;   ///< for each kind of creature
constexpr float kAreaReach = 1;    ///< so far an area may reach over the zone's edge

struct Floor {
  float height = 0;
  float normal_y = 1;
};

void consider(std::optional<Floor>& best, float height, float normal_y) {
  if (!best || height > best->height) best = {height, normal_y};
}

std::optional<Floor> find_floor(const ZoneDefinition& zone, Vec3 feet) {
  const physics::TriangleTree& solids = zone.geometry->solids;
  std::optional<Floor> best;
  const float top = feet.y + kStep;
  if (zone.has_terrain) {
    const auto ground = zone.terrain.ground_at({feet.x, feet.z});
    if (ground.height_m <= top && ground.height_m >= feet.y - kDrop) {
      consider(best, ground.height_m, ground.normal().y);
    }
  }
  const physics::Ray down{{feet.x, top, feet.z}, {0, -1, 0}};
  if (const auto hit = solids.cast_ray(down, kStep + kDrop)) {
    const Vec3 normal = solids.triangle(hit->triangle).normal();
    consider(best, top - hit->distance, std::fabs(normal.y) / length(normal));
  }
  return best;
}

/// Less what one steps over.
bool is_blocked(const physics::CollisionWorld& world, Vec3 feet) {
  const float low = feet.y + kStep + kRadius;
  const float high = feet.y + kHeight - kRadius;
  const physics::Capsule body{{{feet.x, low, feet.z}, {feet.x, high, feet.z}}, kRadius};
  return world.overlaps_solid(body) || world.is_inside_solid(body.segment.to);
}

bool is_within(const physics::Rectangle& bounds, math::Vec2 place, float margin) {
  return place.x >= bounds.low.x + margin && place.z >= bounds.low.z + margin &&
         place.x <= bounds.high.x - margin && place.z <= bounds.high.z - margin;
}

/// May a creature be at home here?
bool has_room(const ZoneDefinition& zone, const physics::CollisionWorld& world, math::Vec2 place) {
  if (!is_within(zone.bounds, place, kRadius)) return false;
  float height = zone.terrain.height_at(place);
  if (!zone.has_terrain) {
    const physics::TriangleTree& solids = zone.geometry->solids;
    const float top = solids.bounds().high.y + 1;
    const auto hit = solids.cast_ray({{place.x, top, place.z}, {0, -1, 0}}, top - zone.bottom_m);
    if (!hit) return false;
    height = top - hit->distance;
  }
  return height >= zone.water_level_m - kWade && !is_blocked(world, {place.x, height, place.z});
}

}  // namespace

std::string why_not_standing(const ZoneDefinition& zone, const physics::CollisionWorld& world,
                             Vec3 feet, std::optional<float>& floor) {
  const math::Vec2 place{feet.x, feet.z};
  if (!is_within(zone.bounds, place, kRadius)) {
    return fmt::format("it lies outside the zone or less than {} m from its edge: move it inwards",
                       kRadius);
  }
  if (zone.has_terrain && zone.terrain.height_at(place) > feet.y + kStep) {
    return fmt::format("it lies at height {:.2f}, under the ground, which is at {:.2f}: raise it",
                       feet.y, zone.terrain.height_at(place));
  }
  const auto found = find_floor(zone, feet);
  if (!found) {
    return fmt::format(
        "there is nothing to stand on within {} m below height {:.2f}: close the "
        "hole, or move it",
        kDrop, feet.y);
  }
  if (!(found->normal_y >= kSteepest)) {
    return "the ground there is steeper than 45 degrees, and nobody stands on it: move it";
  }
  floor = found->height;
  if (found->height < zone.water_level_m - kWade) {
    return fmt::format(
        "the ground there, at {:.2f}, is under water, whose level is {:.2f}: move it",
        found->height, zone.water_level_m);
  }
  if (is_blocked(world, {feet.x, found->height, feet.z})) {
    return fmt::format(
        "something solid is there (a wall, a closed door, a low ceiling), and a "
        "character needs {} m round and {} m up: move it by a metre",
        kRadius, kHeight);
  }
  return {};
}

void check_spawns(std::vector<SpawnCandidate>& spawns, ZoneDefinition& zone, Faults& faults) {
  const physics::CollisionWorld world = make_collision_world(zone);
  for (SpawnCandidate& spawn : spawns) {
    std::optional<float> floor;
    const std::string why = why_not_standing(zone, world, spawn.feet, floor);
    if (!why.empty()) {
      add_fault(faults, spawn.file, spawn.line,
                fmt::format("nobody can stand at {}: {}", spawn.what, why));
      continue;
    }
    spawn.feet.y = *floor;
    const SpawnPoint point{{spawn.feet.x, spawn.feet.z}, spawn.heading, *floor};
    if (spawn.arrival.empty()) {
      zone.spawn_points.push_back(point);
    } else if (std::ranges::find(zone.arrivals, spawn.arrival, &Arrival::name) !=
               zone.arrivals.end()) {
      add_fault(faults, spawn.file, spawn.line,
                fmt::format("there is another arrival called {}: rename one of them",
                            in_quotes(spawn.arrival)));
    } else {
      zone.arrivals.push_back({spawn.arrival, point});
    }
  }
}

void check_areas(const ZoneText& text, const std::string& file, Faults& faults) {
  for (std::size_t i = 0; i < text.zone.areas.size(); ++i) {
    const Area& area = text.zone.areas[i];
    const math::SinCos turn = math::sin_cos(area.turn);
    for (const math::Vec2 sign : {math::Vec2{1, 1}, {1, -1}, {-1, 1}, {-1, -1}}) {
      const math::Vec2 own{area.half_size.x * sign.x, area.half_size.z * sign.z};
      const math::Vec2 corner = area.centre + math::Vec2{own.x * turn.cos - own.z * turn.sin,
                                                         own.x * turn.sin + own.z * turn.cos};
      if (is_within(text.zone.bounds, corner, -kAreaReach)) continue;
      add_fault(faults, file, text.area_lines[i],
                fmt::format("the area {} reaches out of the zone, to [{:.1f}, {:.1f}]: move it, or "
                            "make it smaller",
                            in_quotes(area.name), corner.x, corner.z));
      break;
    }
  }
}

void check_creatures(const ZoneText& text, const ZoneDefinition& zone, const std::string& file,
                     Faults& faults) {
  const math::Vec2 centre = (zone.bounds.low + zone.bounds.high) * 0.5f;
  const physics::CollisionWorld world = make_collision_world(zone);
  RandomStream random(zone.creatures.size());
  for (std::size_t i = 0; i < zone.creatures.size(); ++i) {
    const CreatureDefinition& kind = zone.creatures[i];
    bool found = false;
    for (int tried = 0; tried < kHomesTried && !found; ++tried) {
      const float distance = random.between(kind.home_distance_m_min, kind.home_distance_m_max);
      const math::Vec2 direction =
          math::direction_of_heading(random.between(-math::kPi, math::kPi));
      found = has_room(zone, world, centre + direction * distance);
    }
    if (found) continue;
    add_fault(faults, file, text.creature_lines[i],
              fmt::format("no home was found for {} in the ring of {} to {} m round the zone's "
                          "centre: all of {} places are outside, under water or taken; widen "
                          "'home_distance_m'",
                          in_quotes(kind.name), kind.home_distance_m_min, kind.home_distance_m_max,
                          kHomesTried));
  }
}

}  // namespace tessera::content
