// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The way that a creature takes from one place to another, all of it at once.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/error.h"
#include "engine/nav/ways/portal_graph.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::inspect {

/// What a zone was compiled to for agents of one size.
struct Navigation {
  nav::NavigationMesh mesh;
  nav::PortalGraph graph;
};
/// Takes some 50 ms for 4 x 4 km. Fails for zones that were not compiled with navigation.
Result<Navigation> load_navigation(const ZoneDefinition& zone, nav::AgentSize agent);

struct Walk {
  std::vector<math::Vec3> corners;  ///< the start and the end included
  float length_m = 0;
  std::uint32_t nodes = 0;  ///< exits and polygons looked at
};

/// Places are taken on the lowest floor there. Fails, saying which end is off the mesh and how far,
/// or that there is no way between them. Doors are open.
Result<Walk> find_walk(const ZoneDefinition& zone, const Navigation& navigation, math::Vec2 from,
                       math::Vec2 to);

}  // namespace tessera::inspect
