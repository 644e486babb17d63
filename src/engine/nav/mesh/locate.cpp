// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/mesh/locate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace tessera::nav {
namespace {

/// Terrain polygons are up to half a metre off the ground (terrain_tile.cpp), and a body may jump.
constexpr float kHeightReach_m = 2;

/// A place in the raster of the tile's tree of boxes, clamped as Detour does it.
std::uint16_t raster(float distance, float factor) {
  return static_cast<std::uint16_t>(std::clamp(distance * factor, 0.0f, 65534.0f));
}

/// Whether a convex polygon, seen from above, holds a place. Borders count.
bool holds(const dtMeshTile& tile, const dtPoly& polygon, math::Vec3 place) {
  unsigned previous = polygon.vertCount - 1u;
  for (unsigned i = 0; i < polygon.vertCount; previous = i++) {
    const float* a = tile.verts + std::size_t{3} * polygon.verts[previous];
    const float* b = tile.verts + std::size_t{3} * polygon.verts[i];
    const float side = (b[0] - a[0]) * (place.z - a[2]) - (b[2] - a[2]) * (place.x - a[0]);
    if (side > 0) return false;
  }
  return true;
}

}  // namespace

const dtQueryFilter& open_filter() {
  static const dtQueryFilter filter;
  return filter;
}

Location locate(const NavigationMesh& mesh, const dtNavMeshQuery& query, math::Vec3 place,
                float reach_m) {
  const std::array<float, 3> at{place.x, place.y, place.z};
  if (!std::ranges::all_of(at, [](float v) { return std::fabs(v) <= 1.0e6f; })) return {};
  const dtNavMesh& detour = mesh.detour();
  const TilePlace where = mesh.grid().at(flat(place));
  const dtMeshTile* const tile = detour.getTileAt(where.x, where.z, 0);
  Location found;
  if (tile != nullptr) {
    const dtMeshHeader& header = *tile->header;
    const std::uint16_t x = raster(place.x - header.bmin[0], header.bvQuantFactor);
    const std::uint16_t z = raster(place.z - header.bmin[2], header.bvQuantFactor);
    const float height_reach = std::min(kHeightReach_m, reach_m);
    float nearest = height_reach;
    const dtPolyRef base = detour.getPolyRefBase(tile);
    for (int i = 0; i < header.bvNodeCount;) {
      const dtBVNode& node = tile->bvTree[i];
      const bool inside =
          x >= node.bmin[0] && x <= node.bmax[0] && z >= node.bmin[2] && z <= node.bmax[2];
      if (inside && node.i >= 0 && holds(*tile, tile->polys[node.i], place)) {
        const dtPolyRef polygon = base | static_cast<dtPolyRef>(node.i);
        float height = 0;
        if (dtStatusSucceed(query.getPolyHeight(polygon, at.data(), &height))) {
          const float apart = std::fabs(height - place.y);
          if (apart < nearest) {
            nearest = apart;
            found = {polygon, {place.x, height, place.z}};
          }
        }
      }
      i += inside || node.i >= 0 ? 1 : -node.i;
    }
  }
  if (found.polygon != 0) return found;
  const std::array<float, 3> half{reach_m, reach_m, reach_m};
  std::array<float, 3> point{};
  query.findNearestPoly(at.data(), half.data(), &open_filter(), &found.polygon, point.data());
  found.point = {point[0], point[1], point[2]};
  return found;
}

}  // namespace tessera::nav
