// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One tile of a navigation mesh, from geometry to bytes. Two kinds of ground, two ways:
//
// - Where triangles or obstacles are near, Recast voxelises everything in cells of 0.2 to 0.4 m and
//   keeps the heights between the corners of a polygon in a detail mesh (detailed_tile.cpp).
// - Where there is terrain alone, the cells are 2 m wide, and the polygons are squares of 8 to 32
// m,
//   as large as the ground is flat, with the terrain's own heights at their corners
//   (terrain_tile.cpp). Such a tile takes a twentieth of the time and of the bytes.
//
// Both meet at the border of tiles: there the heights are those of the terrain, and Detour links
// what lies side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/error.h"
#include "engine/nav/navigation_source.h"

namespace tessera::nav {

/// Part of every input_hash(): a new way of building makes old caches useless.
inline constexpr std::uint32_t kTileFormat = 1;

/// The tile's bytes for NavigationMesh::set_tile(); a few dozen when nothing in it is walkable. A
/// pure function: equal input_hash() means equal bytes. Any thread; 0.3 ms for terrain, 10 to 40 ms
/// near triangles. Fails when the tile is higher than kTileHeightMax_m or has too many polygons.
Result<std::vector<std::byte>> build_tile(const NavigationSource& source, AgentSize agent,
                                          TilePlace tile, std::span<const Obstacle> obstacles = {});

/// Recast keeps heights in 13 bits.
inline constexpr float kTileHeightMax_m = 1600;

}  // namespace tessera::nav
