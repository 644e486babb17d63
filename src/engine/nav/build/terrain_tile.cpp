// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A tile of terrain alone. Its cells are wide, and each has one span, the ground; so nothing has to
// be voxelised. Left to itself Recast would make one polygon of an open tile, through hills and
// valleys. Instead the tile is cut into squares (a quadtree from 32 to 8 m) that are flat enough,
// each an area of its own, which Recast never joins: so every polygon is about flat, and its
// corners are on the ground, exactly.
//
// A square of 32 m meets at most four of 8 m, and four is what Detour links to one edge.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/nav/build/recast_tile.h"
#include "engine/nav/build/tile_build.h"

namespace tessera::nav {
namespace {

constexpr float kCell_m = 2;
constexpr float kCellHeight_m = 0.1f;
constexpr int kBorder = 4;
constexpr float kSquareMax_m = 32;
constexpr float kSquareMin_m = 8;
/// How far the ground may be from a square's own surface.
constexpr float kFlatness_m = 0.5f;
constexpr float kProbe_m = 4;
/// Cells of the border; squares of the tile have 1 to 64.
constexpr std::uint8_t kOutside = 200;

struct Square {
  math::Vec2 low;
  float size;
};

bool is_flat(const physics::HeightField& ground, const Square& square) {
  const auto at = [&](float x, float z) {
    return ground.height_at({square.low.x + x, square.low.z + z});
  };
  const float size = square.size;
  const float nw = at(0, 0);
  const float ne = at(size, 0);
  const float sw = at(0, size);
  const float se = at(size, size);
  for (float z = 0; z <= size; z += kProbe_m) {
    for (float x = 0; x <= size; x += kProbe_m) {
      const float u = x / size;
      const float v = z / size;
      const float north = nw + (ne - nw) * u;
      const float south = sw + (se - sw) * u;
      if (std::fabs(north + (south - north) * v - at(x, z)) > kFlatness_m) return false;
    }
  }
  return true;
}

/// Next to a detailed tile, where edges are short and heights are exact, squares are small.
bool touches_detailed(const TileJob& job, const Square& square) {
  const Rectangle area = job.source.grid().bounds(job.tile);
  const auto detailed = [&](std::int32_t x, std::int32_t z) {
    const TilePlace other{job.tile.x + x, job.tile.z + z};
    return job.source.grid().holds(other) && job.source.detailed(other, {});
  };
  return (square.low.x <= area.low.x && detailed(-1, 0)) ||
         (square.low.z <= area.low.z && detailed(0, -1)) ||
         (square.low.x + square.size >= area.high.x && detailed(1, 0)) ||
         (square.low.z + square.size >= area.high.z && detailed(0, 1));
}

void cut(const TileJob& job, const Square& square, std::vector<Square>& squares) {
  const bool whole = square.size <= kSquareMin_m ||
                     (square.size <= kSquareMax_m && !touches_detailed(job, square) &&
                      is_flat(*job.source.geometry().ground, square));
  if (whole) {
    squares.push_back(square);
    return;
  }
  const float half = square.size / 2;
  for (const math::Vec2 offset : {math::Vec2{0, 0}, {half, 0}, {0, half}, {half, half}}) {
    cut(job, {square.low + offset, half}, squares);
  }
}

bool walkable(const NavigationGeometry& geometry, math::Vec2 place) {
  if (!geometry.bounds.holds(place)) return false;
  const physics::HeightField::Ground ground = geometry.ground->ground_at(place);
  if (dot(ground.gradient, ground.gradient) > kSlopeMax * kSlopeMax) return false;
  return !geometry.has_water || ground.height_m >= geometry.water_level_m - kWadingDepth_m;
}

/// Numbers the cells by the square that they are in.
void paint_squares(const TileJob& job, rcCompactHeightfield& compact) {
  std::fill_n(compact.areas, compact.spanCount, kOutside);
  std::vector<Square> squares;
  cut(job, {job.source.grid().bounds(job.tile).low, kTileSize_m}, squares);
  std::uint8_t number = 0;
  for (const Square& square : squares) {
    ++number;
    const math::Vec2 from = square.low - flat(job.corner());
    const int x_first = static_cast<int>(std::floor(from.x / kCell_m + 0.5f));
    const int z_first = static_cast<int>(std::floor(from.z / kCell_m + 0.5f));
    const int count = static_cast<int>(square.size / kCell_m);
    for (int z = z_first; z < z_first + count; ++z) {
      for (int x = x_first; x < x_first + count; ++x) {
        const rcCompactCell& cell = compact.cells[x + z * compact.width];
        if (cell.count > 0) compact.areas[cell.index] = number;
      }
    }
  }
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
  std::vector<bool> open(static_cast<std::size_t>((*compact)->spanCount));
  for (std::size_t i = 0; i < open.size(); ++i) open[i] = (*compact)->areas[i] != RC_NULL_AREA;
  paint_squares(job, **compact);
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (!open[i]) (*compact)->areas[i] = RC_NULL_AREA;
  }
  return make_tile(job, **compact,
                   {.outline_error = 1.0f, .vertex_snap_m = kTileHeightMax_m});
}

}  // namespace tessera::nav
