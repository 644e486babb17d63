// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which cells of a raster have a floor: their middles lie on a polygon of the mesh. Private to
// crowd/.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/math/vec.h"
#include "engine/nav/mesh/navigation_mesh.h"

namespace tessera::nav {

struct FlowRaster {
  math::Vec2 origin;
  float cell_m;
  std::uint32_t cells;  ///< along an edge
};

/// Visits (cell, height) of all floors: tile by tile, polygon by polygon, row by row. A cell
/// between two polygons belongs to one of them.
void each_floor(const NavigationMesh& mesh, const FlowRaster& raster,
                const std::function<void(std::uint32_t, float)>& visit);

}  // namespace tessera::nav
