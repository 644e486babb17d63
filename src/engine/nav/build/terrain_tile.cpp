// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A tile of terrain alone. Its cells are wide, and each has one span, the ground; so nothing has to
// be voxelised. Left to itself Recast would make one polygon of an open tile, through hills and
// valleys; so the squares of ground_squares.h divide it, and every polygon is about flat, with its
// corners on the ground, exactly.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/nav/build/ground_squares.h"
#include "engine/nav/build/recast_tile.h"
#include "engine/nav/build/tile_build.h"

namespace tessera::nav {
namespace {

constexpr float kCell_m = 2;
constexpr float kCellHeight_m = 0.1f;
constexpr int kBorder = 4;
bool walkable(const NavigationGeometry& geometry, math::Vec2 place) {
  if (!geometry.bounds.holds(place)) return false;
  const physics::HeightField::Ground ground = geometry.ground->ground_at(place);
  if (dot(ground.gradient, ground.gradient) > kSlopeMax * kSlopeMax) return false;
  return !geometry.has_water || ground.height_m >= geometry.water_level_m - kWadingDepth_m;
}

}  // namespace

Result<std::vector<std::byte>> build_terrain_tile(const NavigationSource& source, AgentSize agent,
                                                  TilePlace tile) {
  TileJob job{source, agent, tile, kCell_m, kCellHeight_m, kBorder};
  const NavigationGeometry& geometry = source.geometry();
  const int cells = job.cells();
  std::vector<float> heights(static_cast<std::size_t>(cells) * static_cast<std::size_t>(cells));
  for (std::size_t i = 0; i < heights.size(); ++i) {
    const int x = static_cast<int>(i) % cells;
    const int z = static_cast<int>(i) / cells;
    heights[i] = geometry.ground->height_at(job.place(x, z));
  }
  const auto [low, high] = std::ranges::minmax_element(heights);
  job.low_m = *low;
  job.high_m = *high;
  Result<Heightfield> field = make_heightfield(job);
  if (!field) return std::unexpected(field.error());
  QuietContext context;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    const int x = static_cast<int>(i) % cells;
    const int z = static_cast<int>(i) / cells;
    if (!walkable(geometry, job.place(x, z))) continue;
    const auto top = static_cast<std::uint16_t>((heights[i] - job.low_m) / job.cell_height_m);
    rcAddSpan(&context, **field, x, z, 0, std::max<std::uint16_t>(top, 1), 1, 1);
  }
  Result<CompactHeightfield> compact = make_compact(job, **field);
  if (!compact) return std::unexpected(compact.error());
  // Half a cell is nothing: people stand at the brink.
  if (shape_of(agent).radius_m > kCell_m / 2) rcErodeWalkableArea(&context, 1, **compact);
  paint_squares(job, **compact);
  return make_tile(job, **compact, {.outline_error = 1.0f, .vertex_snap_m = kTileHeightMax_m});
}

}  // namespace tessera::nav
