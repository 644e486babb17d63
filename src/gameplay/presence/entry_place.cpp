// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/presence/entry_place.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/core/random.h"
#include "engine/math/angles.h"

namespace tessera::presence {
namespace {

constexpr physics::StandingCapsule kShape;
constexpr float kSpreadMetres = 4;
constexpr std::uint32_t kSpreadTries = 8;

math::Vec3 standing_at(const physics::CollisionWorld& world, math::Vec2 place, float feet_max) {
  return {place.x, world.floor_at(place, kShape.radius, feet_max), place.z};
}

}  // namespace

bool is_usable(const physics::CollisionWorld& world, math::Vec3 saved, math::Vec3& standing) {
  const math::Vec2 place = flat(saved);
  if (!(world.inside_bounds(place, kShape.radius) == place)) return false;  // NaN too
  standing = standing_at(world, place, saved.y);
  if (world.is_free(standing, kShape)) return true;
  // Between things there may be room in the air only, or the body rests on an edge: it falls anew.
  standing = saved;
  return world.is_free(saved, kShape);
}

EntryPlace choose_spawn_place(const ZoneDefinition& zone, const physics::CollisionWorld& world,
                              std::uint64_t seed, CharacterId character, TickNumber now) {
  TESSERA_ASSERT(!zone.spawn_points.empty(), "a zone needs a spawn point");
  const EntityId who{character.value};
  const auto count = static_cast<std::uint32_t>(zone.spawn_points.size());
  const SpawnPoint& point =
      zone.spawn_points[random_below(count, seed, who, now, random_purpose("spawn_point"))];
  // Zones made by hand do not say how high their spawn points are.
  const float ground = std::max(world.terrain().height_at(point.place), point.height_m);
  for (std::uint32_t attempt = 0; attempt < kSpreadTries; ++attempt) {
    const float x = random_unit(seed, who, now + attempt, random_purpose("spawn_x")) * 2 - 1;
    const float z = random_unit(seed, who, now + attempt, random_purpose("spawn_z")) * 2 - 1;
    const math::Vec2 place = point.place + math::Vec2{x * kSpreadMetres, z * kSpreadMetres};
    const math::Vec3 position = standing_at(world, place, ground);
    if (world.is_free(position, kShape)) return {position, point.heading};
  }
  return {standing_at(world, point.place, ground), point.heading};
}

}  // namespace tessera::presence
