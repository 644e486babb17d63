// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A zone's content may change while the zone runs. The change enters as an intent that names the
// new content by its hash, so the log says from which tick on it counts; the content itself is not
// state, but what the zone (world/zone) was given to stand on.
#pragma once

#include <cstdint>

#include "engine/core/tick.h"
#include "engine/ecs/registry.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/shared/rule.h"

namespace tessera::reload {

/// From this tick on the zone has the content of this hash. The last one of a tick counts.
struct ReplaceContent {
  std::uint64_t content_hash = 0;  ///< ZoneDefinition::content_hash
  friend constexpr auto describe(ecs::Described<ReplaceContent>) {
    return ecs::component<ReplaceContent>(
        "replace_content", {}, ecs::field("content_hash", &ReplaceContent::content_hash));
  }
};

/// After a change: whoever is in a wall, in the ground or outside now is put elsewhere. Players go
/// to a spawn point, creatures on top of what is in their place. Returns how many were moved. Runs
/// before the phases of the tick; depends on the state, the content and the seed alone.
std::uint32_t resettle(ecs::Registry& registry, const ZoneDefinition& zone,
                       const physics::CollisionWorld& world, std::uint64_t seed, TickNumber now);

}  // namespace tessera::reload
