// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/areas/areas.h"

namespace tessera::areas {

physics::AreaIndex make_area_index(const ZoneDefinition& zone) {
  std::vector<physics::Area> areas;
  for (const Area& area : zone.areas) {
    areas.push_back({.centre = area.centre,
                     .half = area.half_size,
                     .heading_rad = area.turn,
                     .low_m = area.low_m,
                     .high_m = area.high_m});
  }
  return physics::AreaIndex(std::move(areas));
}

void track_areas(const Step& step, const physics::AreaIndex& index,
                 Query<const Position, const InAreas> players, Query<InAreas> changing,
                 Out<AreaEntered> entered, Out<AreaLeft> left) {
  if (index.areas().empty()) return;
  players.each([&](EntityId entity, const Position& position, const InAreas& in) {
    if ((entity.index() + step.now) % kLookInterval != 0) return;
    const physics::AreaSet now = index.areas_at(position.metres);
    if (now == in.set) return;
    physics::each_crossing(in.set, now, [&](std::uint32_t area, physics::Crossing crossing) {
      if (crossing == physics::Crossing::Entered) {
        entered.emit({entity, area});
      } else {
        left.emit({entity, area});
      }
    });
    // Only here for writing: a chunk that is written is hashed anew.
    std::get<InAreas&>(*changing.get(entity)).set = now;
  });
}

}  // namespace tessera::areas
