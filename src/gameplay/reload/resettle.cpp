// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/presence/entry_place.h"
#include "gameplay/reload/reload.h"
#include "gameplay/shared/components.h"

namespace tessera::reload {
namespace {

constexpr physics::StandingCapsule kShape;

math::Vec3 on_top(const physics::CollisionWorld& world, math::Vec2 wanted) {
  const math::Vec2 place = world.inside_bounds(wanted, kShape.radius);
  const float high =
      std::max(world.geometry().solids.bounds().high.y, world.terrain().height_at(place));
  return {place.x, world.floor_at(place, kShape.radius, high + 1), place.z};
}

}  // namespace

std::uint32_t resettle(ecs::Registry& registry, const ZoneDefinition& zone,
                       const physics::CollisionWorld& world, std::uint64_t seed, TickNumber now) {
  std::uint32_t moved = 0;
  registry.view<Position, Velocity, const PlayerControl>().each(
      [&](Position& position, Velocity& velocity, const PlayerControl& control) {
        if (world.is_free(position.metres, kShape)) return;
        position.metres =
            presence::choose_spawn_place(zone, world, seed, control.character, now).position;
        velocity = {};
        ++moved;
      });
  registry.view<Position, Velocity, Without<PlayerControl>>().each(
      [&](Position& position, Velocity& velocity) {
        if (world.is_free(position.metres, kShape)) return;
        position.metres = on_top(world, flat(position.metres));
        velocity = {};
        ++moved;
      });
  return moved;
}

}  // namespace tessera::reload
