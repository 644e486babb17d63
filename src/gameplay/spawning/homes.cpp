// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/spawning/detail/homes.h"

#include "gameplay/wandering/wandering.h"

namespace tessera::spawning::detail {
namespace {

/// No home on ground where a creature could not turn back.
constexpr float kHomeSlopeMax = 0.6f;

bool is_reachable(const Land& land, const CreatureDefinition& kind, math::Vec3 home) {
  if (land.zone.spawn_points.empty() || !land.navigation.has_mesh(kind.size)) return true;
  const SpawnPoint& spawn = land.zone.spawn_points.front();
  const math::Vec3 spawn_place{spawn.place.x, spawn.height_m, spawn.place.z};
  return land.navigation.connected(kind.size, home, spawn_place);
}

}  // namespace

std::optional<math::Vec3> home_at(const Land& land, const CreatureDefinition& kind,
                                  math::Vec2 place, float height) {
  const physics::CollisionWorld& world = land.world;
  const physics::StandingCapsule shape = wandering::body_of(kind.size).capsule;
  if (!(world.inside_bounds(place, shape.radius) == place)) return std::nullopt;
  if (length(world.terrain().ground_at(place).gradient) > kHomeSlopeMax) return std::nullopt;
  math::Vec3 home{place.x, height, place.z};
  const auto on_mesh = land.navigation.nearest_place(kind.size, home);
  if (!on_mesh) return std::nullopt;
  home = {on_mesh->x, world.floor_at(flat(*on_mesh), shape.radius, on_mesh->y), on_mesh->z};
  if (home.y < land.zone.water_level_m || !world.is_free(home, shape)) return std::nullopt;
  if (world.is_inside_solid(home + math::Vec3{0, shape.height / 2, 0})) return std::nullopt;
  if (!is_reachable(land, kind, home)) return std::nullopt;
  return home;
}

bool is_in_ring(const ZoneDefinition& zone, const CreatureDefinition& kind, math::Vec2 place) {
  const math::Vec2 centre = (zone.bounds.low + zone.bounds.high) * 0.5f;
  const float away = length(place - centre);
  return away >= kind.home_distance_m_min && away <= kind.home_distance_m_max;
}

}  // namespace tessera::spawning::detail
