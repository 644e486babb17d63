// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which named areas of the zone (ZoneDefinition::areas) each player is in. Rules ask the component
// for what holds where he stands: a safe place, indoors, no building here.
#pragma once

#include <cstdint>

#include "engine/core/ids.h"
#include "engine/ecs/component.h"
#include "engine/physics/triggers/area_index.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::ecs {
template <>
inline constexpr bool kIsPlainField<physics::AreaSet> = true;
}  // namespace tessera::ecs

namespace tessera::areas {

/// Each player is looked at so often, ten times a second; a sixth of them in every tick.
inline constexpr TickNumber kLookInterval = 6;

/// The areas a player is in, as their places in ZoneDefinition::areas. Empty when he enters the
/// world. Written by track_areas.
struct InAreas {
  physics::AreaSet set;
  friend constexpr auto describe(ecs::Described<InAreas>) {
    return ecs::component<InAreas>("in_areas", {}, ecs::field("set", &InAreas::set));
  }
};

struct AreaEntered {
  EntityId entity;
  std::uint32_t area = 0;
};

struct AreaLeft {
  EntityId entity;
  std::uint32_t area = 0;
};

/// The areas of a zone, ready to be asked. At most physics::kAreasMax.
physics::AreaIndex make_area_index(const ZoneDefinition& zone);

/// Emits events in the order of the players, for each by growing number of area. Phase::World,
/// after all have moved. Some 12 ns a look.
void track_areas(const Step& step, const physics::AreaIndex& index,
                 Query<const Position, const InAreas> players, Query<InAreas> changing,
                 Out<AreaEntered> entered, Out<AreaLeft> left);

}  // namespace tessera::areas
