// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What content becomes for a zone that runs: the definition and all that is derived from it. Rules
// have its parts as resources. It is no state: the same definition makes the same parts.
#pragma once

#include "engine/physics/queries/static_world.h"
#include "gameplay/areas/areas.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/doors/doors.h"
#include "gameplay/navigation/navigation.h"

namespace tessera::zone {

/// What may differ between two runs of the same content. Stands in the log's header.
struct ZoneOptions {
  std::uint16_t zone = 1;
  std::uint64_t seed = 1;
  std::uint32_t creatures = 300;
  std::uint32_t players_max = 5000;
  bool operator==(const ZoneOptions&) const = default;
};

struct ZoneContent {
  /// Takes some 100 ms for a large zone; any thread.
  ZoneContent(ZoneDefinition the_definition, const ZoneOptions& options);
  ZoneContent(const ZoneContent&) = delete;
  ZoneContent& operator=(const ZoneContent&) = delete;

  ZoneDefinition definition;  ///< without NavigationData, which `navigation` has taken over
  physics::CollisionWorld collision;
  physics::HeightBlocks blocks;
  physics::StaticWorld statics;  ///< names the two above
  doors::DoorIndex doors;
  physics::AreaIndex areas;
  navigation::Navigation navigation;  ///< with the scratch memory of its searches
};

}  // namespace tessera::zone
