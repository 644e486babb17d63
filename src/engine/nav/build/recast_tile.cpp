// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/build/recast_tile.h"

#include <recastnavigation/DetourAlloc.h>
#include <recastnavigation/DetourNavMesh.h>
#include <recastnavigation/DetourNavMeshBuilder.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "engine/nav/build/tile_build.h"
#include "engine/nav/build/tile_bytes.h"

namespace tessera::nav {
namespace {

/// Recast's limit is 8191.
constexpr float kHeightCellsMax = 8000;
/// Between samples of the detail mesh, and how far it may be from the cells.
constexpr float kDetailSpacing_m = 4;
constexpr float kDetailError_m = 0.3f;

std::unexpected<Error> out_of_memory(const TileJob& job) {
  return failure(ErrorKind::ResourceExhausted,
                 "navigation: no memory to build " + job.name() + "; free some and build again");
}

void snap_to_ground(const TileJob& job, const MeshOptions& options, rcPolyMesh& mesh) {
  const physics::HeightField* ground = job.source.geometry().ground;
  if (ground == nullptr || options.vertex_snap_m <= 0) return;
  const int last = job.cells() - 2 * job.border;
  for (int i = 0; i < mesh.nverts; ++i) {
    unsigned short* vertex = mesh.verts + std::ptrdiff_t{3} * i;
    const bool at_border =
        vertex[0] == 0 || vertex[2] == 0 || vertex[0] == last || vertex[2] == last;
    if (options.snap_border_only && !at_border) continue;
    const float x = mesh.bmin[0] + static_cast<float>(vertex[0]) * mesh.cs;
    const float y = mesh.bmin[1] + static_cast<float>(vertex[1]) * mesh.ch;
    const float z = mesh.bmin[2] + static_cast<float>(vertex[2]) * mesh.cs;
    const float height = ground->height_at({x, z});
    if (std::fabs(height - y) > options.vertex_snap_m) continue;
    const float steps = std::floor((height - mesh.bmin[1]) / mesh.ch + 0.5f);
    vertex[1] = static_cast<unsigned short>(std::clamp(steps, 0.0f, 65534.0f));
  }
}

Result<std::vector<std::byte>> detour_tile(const TileJob& job, rcPolyMesh& mesh,
                                           const rcPolyMeshDetail* detail) {
  const AgentShape shape = shape_of(job.agent);
  std::fill_n(mesh.flags, mesh.npolys, std::uint16_t{1});
  for (int i = 0; i < mesh.npolys; ++i) mesh.areas[i] = mesh.areas[i] == kDoorArea ? kDoorway : 0;
  dtNavMeshCreateParams params{};
  params.verts = mesh.verts;
  params.vertCount = mesh.nverts;
  params.polys = mesh.polys;
  params.polyFlags = mesh.flags;
  params.polyAreas = mesh.areas;
  params.polyCount = mesh.npolys;
  params.nvp = mesh.nvp;
  if (detail != nullptr) {
    params.detailMeshes = detail->meshes;
    params.detailVerts = detail->verts;
    params.detailVertsCount = detail->nverts;
    params.detailTris = detail->tris;
    params.detailTriCount = detail->ntris;
  }
  params.tileX = job.tile.x;
  params.tileY = job.tile.z;
  std::copy_n(mesh.bmin, 3, params.bmin);
  std::copy_n(mesh.bmax, 3, params.bmax);
  params.walkableHeight = shape.height_m;
  params.walkableRadius = shape.radius_m;
  params.walkableClimb = shape.step_m;
  params.cs = mesh.cs;
  params.ch = mesh.ch;
  params.buildBvTree = true;
  unsigned char* data = nullptr;
  int size = 0;
  if (!dtCreateNavMeshData(&params, &data, &size)) return out_of_memory(job);
  const std::unique_ptr<unsigned char, FreeBy<dtFree>> owner(data);
  return encode_tile({job.agent, job.tile, job.source.grid()},
                     std::as_bytes(std::span(data, static_cast<std::size_t>(size))));
}

}  // namespace

int TileJob::cells() const {
  return static_cast<int>(std::floor(kTileSize_m / cell_m + 0.5f)) + 2 * border;
}

int TileJob::step_cells() const {
  // A slope of 45 degrees rises by a cell's width from cell to cell.
  const float step = std::max(shape_of(agent).step_m, cell_m * kSlopeMax + cell_height_m);
  return static_cast<int>(std::floor(step / cell_height_m + 0.01f));
}

int TileJob::ledge_cells() const {
  const float slope = 2 * cell_m * kSlopeMax + cell_height_m;
  return std::max(step_cells(), static_cast<int>(std::floor(slope / cell_height_m + 0.01f)));
}

int TileJob::height_cells() const {
  return static_cast<int>(std::ceil(shape_of(agent).height_m / cell_height_m - 0.01f));
}

int TileJob::radius_cells() const {
  return static_cast<int>(std::ceil(shape_of(agent).radius_m / cell_m - 0.01f));
}

math::Vec2 TileJob::place(int x, int z) const {
  const math::Vec3 low = corner();
  return {low.x + (static_cast<float>(x) + 0.5f) * cell_m,
          low.z + (static_cast<float>(z) + 0.5f) * cell_m};
}

math::Vec3 TileJob::corner() const {
  const math::Vec2 low = source.grid().bounds(tile).low;
  const float margin = static_cast<float>(border) * cell_m;
  return {low.x - margin, low_m, low.z - margin};
}

std::string TileJob::name() const {
  return "tile " + std::to_string(tile.x) + "," + std::to_string(tile.z) + " for " +
         std::string(name_of(agent)) + " agents";
}

Result<Heightfield> make_heightfield(TileJob& job) {
  // On a raster of all tiles, so that neighbours round heights alike.
  job.low_m = std::floor(job.low_m) - 1;
  const float height = job.high_m - job.low_m;
  if (!(height <= kTileHeightMax_m)) {
    return failure(ErrorKind::InvalidArgument,
                   "navigation: " + job.name() + " is " + std::to_string(height) +
                       " m from its lowest to its highest point, expected at most " +
                       std::to_string(static_cast<int>(kTileHeightMax_m)) +
                       " m: bring the geometry closer together");
  }
  while (height / job.cell_height_m > kHeightCellsMax) job.cell_height_m *= 2;
  const math::Vec3 low = job.corner();
  const float size = static_cast<float>(job.cells()) * job.cell_m;
  const std::array<float, 3> bmin{low.x, low.y, low.z};
  const std::array<float, 3> bmax{low.x + size, job.high_m + 1, low.z + size};
  QuietContext context;
  Heightfield field(rcAllocHeightfield());
  if (field == nullptr ||
      !rcCreateHeightfield(&context, *field, job.cells(), job.cells(), bmin.data(), bmax.data(),
                           job.cell_m, job.cell_height_m)) {
    return out_of_memory(job);
  }
  return field;
}

Result<CompactHeightfield> make_compact(const TileJob& job, rcHeightfield& field) {
  QuietContext context;
  CompactHeightfield compact(rcAllocCompactHeightfield());
  if (compact == nullptr ||
      !rcBuildCompactHeightfield(&context, job.height_cells(), job.step_cells(), field, *compact)) {
    return out_of_memory(job);
  }
  return compact;
}

Result<std::vector<std::byte>> make_tile(const TileJob& job, rcCompactHeightfield& compact,
                                         const MeshOptions& options) {
  QuietContext context;
  ContourSet contours(rcAllocContourSet());
  PolygonMesh mesh(rcAllocPolyMesh());
  if (contours == nullptr || mesh == nullptr || !rcBuildDistanceField(&context, compact) ||
      !rcBuildRegions(&context, compact, job.border, options.region_cells_min, 0) ||
      !rcBuildContours(&context, compact, options.outline_error, 0, *contours, 0)) {
    return out_of_memory(job);
  }
  if (contours->nconts == 0) return encode_tile({job.agent, job.tile, job.source.grid()}, {});
  if (!rcBuildPolyMesh(&context, *contours, DT_VERTS_PER_POLYGON, *mesh)) {
    return out_of_memory(job);
  }
  if (mesh->npolys == 0) return encode_tile({job.agent, job.tile, job.source.grid()}, {});
  const std::uint32_t limit = polygons_max(job.source.grid());
  if (static_cast<std::uint32_t>(mesh->npolys) > limit) {
    return failure(ErrorKind::ResourceExhausted,
                   "navigation: " + job.name() + " has " + std::to_string(mesh->npolys) +
                       " polygons, expected at most " + std::to_string(limit) +
                       ": make its geometry simpler, or the world smaller");
  }
  snap_to_ground(job, options, *mesh);
  if (!options.detail) return detour_tile(job, *mesh, nullptr);
  DetailMesh detail(rcAllocPolyMeshDetail());
  if (detail == nullptr ||
      !rcBuildPolyMeshDetail(&context, *mesh, compact, kDetailSpacing_m, kDetailError_m, *detail)) {
    return out_of_memory(job);
  }
  return detour_tile(job, *mesh, detail.get());
}

Result<std::vector<std::byte>> build_tile(const NavigationSource& source, AgentSize agent,
                                          TilePlace tile, std::span<const Obstacle> obstacles) {
  return source.detailed(tile, obstacles) ? build_detailed_tile(source, agent, tile, obstacles)
                                          : build_terrain_tile(source, agent, tile);
}

}  // namespace tessera::nav
