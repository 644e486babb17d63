// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/mesh/polygons.h"

#include <recastnavigation/DetourNavMesh.h>

#include <array>
#include <cstddef>

namespace tessera::nav {

void each_polygon(const NavigationMesh& mesh, TilePlace tile,
                  const std::function<void(std::span<const math::Vec3>)>& visit) {
  if (!mesh.grid().holds(tile)) return;
  const dtMeshTile* const found = mesh.detour().getTileAt(tile.x, tile.z, 0);
  if (found == nullptr) return;
  std::array<math::Vec3, DT_VERTS_PER_POLYGON> corners;
  for (int p = 0; p < found->header->polyCount; ++p) {
    const dtPoly& polygon = found->polys[p];
    for (std::size_t i = 0; i < polygon.vertCount; ++i) {
      const float* const corner = &found->verts[std::size_t{3} * polygon.verts[i]];
      corners[i] = {corner[0], corner[1], corner[2]};
    }
    visit(std::span(corners).first(polygon.vertCount));
  }
}

}  // namespace tessera::nav
