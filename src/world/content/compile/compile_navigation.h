// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Navigation tiles and portals for a zone whose geometry is ready. What was built before from the
// same input is taken over, so that a change costs the tiles round it. Then: can one walk from each
// spawn point to all others?
#pragma once

#include <vector>

#include "engine/jobs/pool.h"
#include "gameplay/definitions/zone_definition.h"
#include "world/content/compile/compile_zone.h"
#include "world/content/compile/place_models.h"

namespace tessera::content {

/// Fills in `zone.navigation`. `previous`: of the same zone, whatever it was made from. Tiles are
/// built in parallel; the outcome depends on the zone alone. What cannot be built becomes a fault
/// of `file`.
void compile_navigation(const NavigationData& previous, jobs::Pool& pool,
                        const ReportProgress& report, const std::string& file, ZoneDefinition& zone,
                        Faults& faults);

/// `spawns` stand on their floors. Doors count as open.
void check_reachability(const std::vector<SpawnCandidate>& spawns, const ZoneDefinition& zone,
                        Faults& faults);

}  // namespace tessera::content
