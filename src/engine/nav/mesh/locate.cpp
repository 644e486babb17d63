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

/// Places on the border of a polygon count, and those beside it by rounding.
constexpr float kSlack_m = 0.001f;

/// Whether a convex polygon, seen from above, holds a place.
bool holds(const dtMeshTile& tile, const dtPoly& polygon, math::Vec3 place) {
  unsigned previous = polygon.vertCount - 1u;
  for (unsigned i = 0; i < polygon.vertCount; previous = i++) {
    const float* a = tile.verts + std::size_t{3} * polygon.verts[previous];
    const float* b = tile.verts + std::size_t{3} * polygon.verts[i];
    const float x = b[0] - a[0];
    const float z = b[2] - a[2];
    const float side = x * (place.z - a[2]) - z * (place.x - a[0]);
    if (side > kSlack_m * (std::fabs(x) + std::fabs(z))) return false;
  }
  return true;
}

/// The height of a polygon's surface at a place that it holds: in the triangle of its detail mesh
/// that holds the place, too, or nearly does.
float height_at(const dtMeshTile& tile, int index, math::Vec3 place) {
  const dtPoly& polygon = tile.polys[index];
  const dtPolyDetail& detail = tile.detailMeshes[index];
  const auto corner = [&](unsigned number) {
    return number < polygon.vertCount
               ? tile.verts + std::size_t{3} * polygon.verts[number]
               : tile.detailVerts + std::size_t{3} * (detail.vertBase + number - polygon.vertCount);
  };
  float height = 0;
  float best = -physics::Bounds::kFar;
  for (unsigned i = 0; i < detail.triCount; ++i) {
    const unsigned char* triangle = tile.detailTris + std::size_t{4} * (detail.triBase + i);
    const float* a = corner(triangle[0]);
    const float* b = corner(triangle[1]);
    const float* c = corner(triangle[2]);
    const float bx = b[0] - a[0];
    const float bz = b[2] - a[2];
    const float cx = c[0] - a[0];
    const float cz = c[2] - a[2];
    const float area = bx * cz - bz * cx;
    if (area == 0) continue;
    const float x = place.x - a[0];
    const float z = place.z - a[2];
    const float u = (x * cz - z * cx) / area;
    const float v = (bx * z - bz * x) / area;
    const float inside = std::min({u, v, 1 - u - v});
    if (inside <= best) continue;
    best = inside;
    height = a[1] + (b[1] - a[1]) * u + (c[1] - a[1]) * v;
    if (inside >= 0) break;
  }
  return height;
}

}  // namespace

const dtQueryFilter& open_filter() {
  static const dtQueryFilter filter = [] {
    dtQueryFilter open;
    open.setExcludeFlags(kClosedFlag);
    return open;
  }();
  return filter;
}

Location locate(const NavigationMesh& mesh, const dtNavMeshQuery& query, math::Vec3 place,
                float reach_m) {
  const std::array<float, 3> at{place.x, place.y, place.z};
  if (!plausible(place)) return {};
  const dtNavMesh& detour = mesh.detour();
  const TilePlace where = mesh.grid().at(flat(place));
  const dtMeshTile* const tile = detour.getTileAt(where.x, where.z, 0);
  Location found;
  if (tile != nullptr) {
    const dtMeshHeader& header = *tile->header;
    const std::uint16_t x = raster(place.x - header.bmin[0], header.bvQuantFactor);
    const std::uint16_t z = raster(place.z - header.bmin[2], header.bvQuantFactor);
    float nearest = std::min(kHeightReach_m, reach_m);
    const dtPolyRef base = detour.getPolyRefBase(tile);
    for (int i = 0; i < header.bvNodeCount;) {
      const dtBVNode& node = tile->bvTree[i];
      const bool inside =
          x >= node.bmin[0] && x <= node.bmax[0] && z >= node.bmin[2] && z <= node.bmax[2];
      if (inside && node.i >= 0 && tile->polys[node.i].flags == kOpenFlag &&
          holds(*tile, tile->polys[node.i], place)) {
        const float height = height_at(*tile, node.i, place);
        const float apart = std::fabs(height - place.y);
        if (apart < nearest) {
          nearest = apart;
          found = {base | static_cast<dtPolyRef>(node.i), {place.x, height, place.z}};
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
  // Detour draws the box of its search into the tile: from the sky it would find the hilltop.
  const math::Vec3 apart = found.point - place;
  const float far = std::max({std::fabs(apart.x), std::fabs(apart.y), std::fabs(apart.z)});
  if (found.polygon == 0 || !(far <= reach_m)) return {};
  return found;
}

}  // namespace tessera::nav
