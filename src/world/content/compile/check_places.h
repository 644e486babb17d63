// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Can one stand where content says that somebody will?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gameplay/definitions/zone_definition.h"
#include "world/content/compile/place_models.h"
#include "world/content/source/fault.h"

namespace tessera::content {

/// Why a character cannot enter here, and what to do; empty when it can. A floor is looked for from
/// a step above `feet` to 2 m below, and its height put into `floor`.
std::string why_not_standing(const ZoneDefinition& zone, const physics::CollisionWorld& world,
                             math::Vec3 feet, std::optional<float>& floor);

/// Spawn points and arrivals get their floor and go into the zone; those that are none, and
/// arrivals with one name, become faults.
void check_spawns(std::vector<SpawnCandidate>& spawns, ZoneDefinition& zone, Faults& faults);

/// Areas must lie within the zone, creatures must find room for their homes.
void check_areas(const ZoneText& text, const std::string& file, Faults& faults);
void check_creatures(const ZoneText& text, const ZoneDefinition& zone, const std::string& file,
                     Faults& faults);

}  // namespace tessera::content
