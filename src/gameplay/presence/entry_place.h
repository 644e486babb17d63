// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where a character appears.
#pragma once

#include <cstdint>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/math/vec.h"
#include "engine/physics/collision_world.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::presence {

struct EntryPlace {
  math::Vec3 position{};
  float heading = 0;
};

/// The saved place, standing on what is below it if there is room, if it is still free: walls may
/// have been built since. Any numbers may be passed.
bool is_usable(const physics::CollisionWorld& world, math::Vec3 saved, math::Vec3& standing);

/// A spawn point of the zone, or a free place within some metres of it: chance by character and
/// tick.
EntryPlace choose_spawn_place(const ZoneDefinition& zone, const physics::CollisionWorld& world,
                              std::uint64_t seed, CharacterId character, TickNumber now);

}  // namespace tessera::presence
