// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From a position to Detour's polygon. Private to this module.
#pragma once

#include <recastnavigation/DetourNavMesh.h>
#include <recastnavigation/DetourNavMeshQuery.h>

#include <cmath>

#include "engine/math/vec.h"
#include "engine/nav/mesh/navigation_mesh.h"

namespace tessera::nav {

/// Detour's flags of polygons.
inline constexpr std::uint16_t kOpenFlag = 1;
inline constexpr std::uint16_t kClosedFlag = 2;

/// Whether a place can be in any world: not NaN, not further out than floats are good for.
inline bool plausible(math::Vec3 place) {
  constexpr float kFarthest_m = 1.0e6f;
  return std::fabs(place.x) <= kFarthest_m && std::fabs(place.y) <= kFarthest_m &&
         std::fabs(place.z) <= kFarthest_m;
}

struct Location {
  dtPolyRef polygon = 0;  ///< 0: not near the mesh
  math::Vec3 point;       ///< on the polygon
};

/// The polygon under or over a place, the nearest in height within `reach_m`; without one the
/// nearest beside it. 60 ns when there is one. NaN is near to nothing.
Location locate(const NavigationMesh& mesh, const dtNavMeshQuery& query, math::Vec3 place,
                float reach_m);

/// Lets everybody walk everywhere but through closed doors.
const dtQueryFilter& open_filter();

}  // namespace tessera::nav
