// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where nobody may be touched: the zone's areas with the property Safe. Asked exactly, and not by
// areas::InAreas, which players have only, and some ticks late.
#pragma once

#include "engine/physics/triggers/area_index.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::skirmish {

struct SafeAreas {
  const ZoneDefinition& zone;
  const physics::AreaIndex& index;  ///< of the zone's areas

  /// About 10 ns.
  bool hold(math::Vec3 feet) const {
    if (index.areas().empty()) return false;
    for (const std::uint16_t area : index.areas_at(feet).all()) {
      if (zone.areas[area].has(AreaProperty::Safe)) return true;
    }
    return false;
  }
};

}  // namespace tessera::skirmish
