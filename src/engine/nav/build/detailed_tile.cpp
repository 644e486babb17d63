// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A tile with triangles in it: ground and triangles are voxelised by Recast, in cells of a half to
// a fifth of the agent's radius.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/nav/build/ground_squares.h"
#include "engine/nav/build/recast_tile.h"
#include "engine/nav/build/tile_build.h"

namespace tessera::nav {
namespace {

constexpr float kCellHeight_m = 0.1f;
/// Recast asks for three cells beyond the agent's radius.
constexpr int kBorderCells = 3;
/// Areas while spans are being made: of equal heights the greater number wins. Blocked is not the
/// same as steep: Recast lets agents step on what is steep and low.
constexpr std::uint8_t kGround = 1;
constexpr std::uint8_t kFloor = 2;
constexpr std::uint8_t kBlocked = 3;
/// A place of less than 2 square metres that nothing leads to is not worth a polygon.
constexpr float kRegionMin_m2 = 2;

struct Soup {
  struct Piece {
    physics::Triangle triangle;
    std::uint8_t area;
    float high_m;
    std::size_t number;
  };
  std::vector<Piece> pieces;
  float low_m = physics::Bounds::kFar;
  float high_m = -physics::Bounds::kFar;

  void add(const physics::Triangle& triangle, std::uint8_t area) {
    const math::Vec3 normal = triangle.normal();
    // Up, and at least 45 degrees so.
    const bool level = normal.y > 0 && 2 * normal.y * normal.y >= dot(normal, normal);
    const physics::Bounds bounds = bounds_of(triangle);
    pieces.push_back({triangle, level || area == kBlocked ? area : std::uint8_t{RC_NULL_AREA},
                      bounds.high.y, pieces.size()});
    low_m = std::min(low_m, bounds.low.y);
    high_m = std::max(high_m, bounds.high.y);
  }

  /// From the lowest to the highest: where a span joins another, Recast keeps the area of the one
  /// that came last.
  void rasterize(const TileJob& job, rcHeightfield& spans) {
    std::ranges::sort(pieces, {}, [](const Piece& p) { return std::pair(p.high_m, p.number); });
    QuietContext context;
    for (const Piece& piece : pieces) {
      rcRasterizeTriangle(&context, &piece.triangle.a.x, &piece.triangle.b.x, &piece.triangle.c.x,
                          piece.area, spans, job.step_cells());
    }
  }
};

/// The ground's own triangles, over the tile and its border.
void add_ground(const TileJob& job, Soup& soup) {
  const physics::HeightField& ground = *job.source.geometry().ground;
  const physics::HeightFieldOptions& options = ground.options();
  const Rectangle area = job.source.grid().bounds(job.tile);
  const float margin = static_cast<float>(job.border) * job.cell_m;
  const auto from = [&](float low, float origin) {
    return static_cast<int>(std::floor((low - margin - origin) / options.spacing_m));
  };
  const auto to = [&](float high, float origin) {
    return static_cast<int>(std::ceil((high + margin - origin) / options.spacing_m));
  };
  const auto point = [&](int column, int row) {
    const float x = options.origin.x + static_cast<float>(column) * options.spacing_m;
    const float z = options.origin.z + static_cast<float>(row) * options.spacing_m;
    return math::Vec3{x, ground.height_at({x, z}), z};
  };
  const int east = to(area.high.x, options.origin.x);
  const int south = to(area.high.z, options.origin.z);
  for (int row = from(area.low.z, options.origin.z); row < south; ++row) {
    for (int column = from(area.low.x, options.origin.x); column < east; ++column) {
      const math::Vec3 north_west = point(column, row);
      const math::Vec3 south_east = point(column + 1, row + 1);
      soup.add({north_west, south_east, point(column + 1, row)}, kGround);
      soup.add({north_west, point(column, row + 1), south_east}, kGround);
    }
  }
}

/// Visits every span with its place and the height of its floor.
template <class Visit>
void each_span(const TileJob& job, const rcCompactHeightfield& compact, Visit&& visit) {
  for (int z = 0; z < compact.height; ++z) {
    for (int x = 0; x < compact.width; ++x) {
      const rcCompactCell& cell = compact.cells[x + z * compact.width];
      for (unsigned i = cell.index; i < unsigned{cell.index} + cell.count; ++i) {
        const float height = job.low_m + static_cast<float>(compact.spans[i].y) * compact.ch;
        visit(i, job.place(x, z), height);
      }
    }
  }
}

void close_off(const TileJob& job, std::span<const Obstacle> obstacles,
               rcCompactHeightfield& compact) {
  const NavigationGeometry& geometry = job.source.geometry();
  each_span(job, compact, [&](unsigned span, math::Vec2 place, float height) {
    std::uint8_t& area = compact.areas[span];
    const bool drowned =
        area == kGround && geometry.has_water && height < geometry.water_level_m - kWadingDepth_m;
    const bool outside = !geometry.bounds.holds(place);
    if (drowned || outside || area == kBlocked) area = RC_NULL_AREA;
    if (area != RC_NULL_AREA) area = kGround;
  });
  const float body = shape_of(job.agent).height_m;
  for (const Obstacle& obstacle : obstacles) {
    // What would touch the box with its feet, its head or anything between.
    Obstacle tall = obstacle;
    tall.centre.y -= body / 2;
    tall.half_size.y += body / 2;
    each_span(job, compact, [&](unsigned span, math::Vec2 place, float height) {
      if (tall.holds({place.x, height, place.z}, job.cell_m / 2)) {
        compact.areas[span] = RC_NULL_AREA;
      }
    });
  }
}

/// The doorway, as deep as a body that stands in it.
void paint_doors(const TileJob& job, rcCompactHeightfield& compact) {
  for (const Obstacle& leaf : job.source.doors_near(job.tile)) {
    const Obstacle door = doorway(leaf, job.agent);
    each_span(job, compact, [&](unsigned span, math::Vec2 place, float height) {
      std::uint8_t& area = compact.areas[span];
      if (area != RC_NULL_AREA && door.holds({place.x, height, place.z}, 0)) area = kDoorArea;
    });
  }
}

}  // namespace

Result<std::vector<std::byte>> build_detailed_tile(const NavigationSource& source, AgentSize agent,
                                                   TilePlace tile,
                                                   std::span<const Obstacle> obstacles) {
  TileJob job{source, agent, tile, shape_of(agent).fine_cell_m, kCellHeight_m};
  job.border = job.radius_cells() + kBorderCells;
  const NavigationGeometry& geometry = source.geometry();
  Soup soup;
  if (geometry.ground != nullptr) add_ground(job, soup);
  for (const std::uint32_t number : source.triangles_near(tile)) {
    const bool walkable = (source.flags_of(number) & kNotWalkable) == 0;
    soup.add(geometry.triangles[number], walkable ? kFloor : kBlocked);
  }
  if (soup.pieces.empty()) soup.low_m = soup.high_m = 0;
  job.low_m = soup.low_m;
  job.high_m = soup.high_m;
  Result<Heightfield> field = make_heightfield(job);
  if (!field) return std::unexpected(field.error());
  QuietContext context;
  rcHeightfield& spans = **field;
  soup.rasterize(job, spans);
  rcFilterLowHangingWalkableObstacles(&context, job.step_cells(), spans);
  rcFilterLedgeSpans(&context, job.height_cells(), job.ledge_cells(), spans);
  rcFilterWalkableLowHeightSpans(&context, job.height_cells(), spans);
  Result<CompactHeightfield> compact = make_compact(job, spans);
  if (!compact) return std::unexpected(compact.error());
  close_off(job, obstacles, **compact);
  rcErodeWalkableArea(&context, job.radius_cells(), **compact);
  paint_squares(job, **compact);
  paint_doors(job, **compact);
  return make_tile(job, **compact,
                   {.detail = true,
                    .region_cells_min = static_cast<int>(kRegionMin_m2 / (job.cell_m * job.cell_m)),
                    .vertex_snap_m = 2 * job.cell_m + kCellHeight_m,
                    .snap_border_only = true});
}

}  // namespace tessera::nav
