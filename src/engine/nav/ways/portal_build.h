// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A tile's share of the portal graph, found in the mesh. Private to ways/.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/nav/mesh/navigation_mesh.h"
#include "engine/nav/ways/portal_graph.h"

namespace tessera::nav {

/// Of one side of a tile, the widest first kept. A side of 64 m has seldom more than three.
inline constexpr std::uint32_t kExitsOfSideMax = 8;
inline constexpr std::uint32_t kExitsOfTileMax = 4 * kExitsOfSideMax;

struct PortalTile {
  struct Exit {
    math::Vec3 point;
    std::uint32_t other_tile = 0;
    std::uint32_t other_number = 0;  ///< among that tile's exits
    Region region = 0;
  };
  std::vector<Region> regions;  ///< of each polygon
  std::vector<Exit> exits;      ///< side by side: east, south, west, north
  std::vector<float> costs;
};

/// Finds regions, exits and costs of the changed tiles and of those beside them anew. `tiles` holds
/// all of the grid, row by row.
void build_portals(const NavigationMesh& mesh, std::span<const TilePlace> changed,
                   std::span<PortalTile> tiles);

}  // namespace tessera::nav
