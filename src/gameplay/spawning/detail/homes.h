// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <optional>

#include "gameplay/definitions/zone_definition.h"
#include "gameplay/navigation/navigation.h"

namespace tessera::spawning::detail {

struct Land {
  const ZoneDefinition& zone;
  const physics::CollisionWorld& world;
  const navigation::Navigation& navigation;
};

/// A home for a creature of this kind at this place, or close by: free, dry, not too steep, on the
/// mesh, and with a way to the first spawn point where there is a mesh: no roof, no closed yard.
/// `height`: of some floor there. Some 10 us.
std::optional<math::Vec3> home_at(const Land& land, const CreatureDefinition& kind,
                                  math::Vec2 place, float height);

/// Whether the kind has its homes at this place: its ring round the middle of the zone.
bool is_in_ring(const ZoneDefinition& zone, const CreatureDefinition& kind, math::Vec2 place);

}  // namespace tessera::spawning::detail
