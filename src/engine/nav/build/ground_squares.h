// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What keeps polygons of neighbouring tiles together. Detour links two edges at a border when their
// heights agree, and at most four to one edge; Recast knows neither and makes edges of 64 m through
// hills and valleys. So every tile is divided into squares (a quadtree from 32 to 8 m), each an
// area of its own, which Recast never joins:
//
// - In terrain a square is as large as the ground is flat to half a metre, and 8 m next to a
//   detailed tile.
// - In a detailed tile, whose heights are finer anyhow, only the squares at its border are flat.
// - Without ground there is nothing to agree with, and a tile is one square.
//
// So an edge of 32 m meets at most four of 8 m, and where they meet heights agree. Private to
// build/.
#pragma once

#include "engine/nav/build/recast_tile.h"

namespace tessera::nav {

/// Gives every walkable span the number of its square as its area.
void paint_squares(const TileJob& job, rcCompactHeightfield& compact);

}  // namespace tessera::nav
