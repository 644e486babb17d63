// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/crowd/flow_raster.h"

#include <recastnavigation/DetourNavMesh.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "engine/nav/mesh/locate.h"

namespace tessera::nav {
namespace {

/// The first cell whose middle is not before a place, in cells from the origin.
std::int64_t first_middle(float place) {
  return static_cast<std::int64_t>(std::ceil(place - 0.5f));
}

struct Corner {
  float x;  ///< in cells from the raster's origin
  float z;
  float height_m;
};

/// Where a row's middle line goes through a polygon, from west to east.
struct Cut {
  Corner west;
  Corner east;
  bool any = false;

  void add(const Corner& corner) {
    if (!any || corner.x < west.x) west = corner;
    if (!any || corner.x > east.x) east = corner;
    any = true;
  }
};

Cut cut_at(std::span<const Corner> corners, float z) {
  Cut cut;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Corner& a = corners[i];
    const Corner& b = corners[(i + 1) % corners.size()];
    // Half-open, so that a corner on the line counts once.
    if ((a.z <= z) == (b.z <= z)) continue;
    const float part = (z - a.z) / (b.z - a.z);
    cut.add({a.x + (b.x - a.x) * part, z, a.height_m + (b.height_m - a.height_m) * part});
  }
  return cut;
}

void fill(std::span<const Corner> corners, std::uint32_t cells,
          const std::function<void(std::uint32_t, float)>& visit) {
  const auto [north, south] = std::ranges::minmax_element(corners, {}, &Corner::z);
  const auto limit = static_cast<std::int64_t>(cells);
  const std::int64_t last = std::min(first_middle(south->z), limit);
  for (std::int64_t row = std::max<std::int64_t>(first_middle(north->z), 0); row < last; ++row) {
    const Cut cut = cut_at(corners, static_cast<float>(row) + 0.5f);
    if (!cut.any) continue;
    const float width = cut.east.x - cut.west.x;
    const float rise = width > 0 ? (cut.east.height_m - cut.west.height_m) / width : 0;
    const std::int64_t end = std::min(first_middle(cut.east.x), limit);
    for (std::int64_t x = std::max<std::int64_t>(first_middle(cut.west.x), 0); x < end; ++x) {
      const float along = static_cast<float>(x) + 0.5f - cut.west.x;
      visit(static_cast<std::uint32_t>(row * limit + x), cut.west.height_m + rise * along);
    }
  }
}

}  // namespace

void each_floor(const NavigationMesh& mesh, const FlowRaster& raster,
                const std::function<void(std::uint32_t, float)>& visit) {
  const float size = static_cast<float>(raster.cells) * raster.cell_m;
  const TilePlace first = mesh.grid().at(raster.origin);
  const TilePlace last = mesh.grid().at(raster.origin + math::Vec2{size, size});
  for (TilePlace place = first; place.z <= last.z; ++place.z) {
    for (place.x = first.x; place.x <= last.x; ++place.x) {
      const dtMeshTile* const tile = mesh.detour().getTileAt(place.x, place.z, 0);
      if (tile == nullptr) continue;
      for (int p = 0; p < tile->header->polyCount; ++p) {
        const dtPoly& polygon = tile->polys[p];
        if (polygon.flags != kOpenFlag) continue;
        std::array<Corner, DT_VERTS_PER_POLYGON> corners;
        for (unsigned i = 0; i < polygon.vertCount; ++i) {
          const float* at = tile->verts + std::size_t{3} * polygon.verts[i];
          corners[i] = {(at[0] - raster.origin.x) / raster.cell_m,
                        (at[2] - raster.origin.z) / raster.cell_m, at[1]};
        }
        fill(std::span(corners).first(polygon.vertCount), raster.cells, visit);
      }
    }
  }
}

}  // namespace tessera::nav
