// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/navigation_source.h"

#include <algorithm>
#include <cmath>

#include "engine/core/assert.h"
#include "engine/core/hash.h"
#include "engine/nav/build/tile_build.h"

namespace tessera::nav {
namespace {

/// Tiles whose bordered square touches the bounds, as a range of columns and rows.
struct TileRange {
  TilePlace first;
  TilePlace last;
};

TileRange tiles_near(const TileGrid& grid, const physics::Bounds& bounds, float margin) {
  return {grid.at({bounds.low.x - margin, bounds.low.z - margin}),
          grid.at({bounds.high.x + margin, bounds.high.z + margin})};
}

bool touches(const Rectangle& area, const physics::Bounds& bounds, float margin) {
  return bounds.low.x - margin <= area.high.x && bounds.high.x + margin >= area.low.x &&
         bounds.low.z - margin <= area.high.z && bounds.high.z + margin >= area.low.z;
}

/// The samples that decide the ground within the tile and its border.
void add_ground(StateHash& hash, const physics::HeightField& ground, const Rectangle& area) {
  const physics::HeightFieldOptions& options = ground.options();
  const auto sample = [&](float distance, std::uint32_t count, bool up) {
    const float place = up ? std::ceil(distance / options.spacing_m) + 1
                           : std::floor(distance / options.spacing_m) - 1;
    return static_cast<std::uint32_t>(std::clamp(place, 0.0f, static_cast<float>(count - 1)));
  };
  const std::uint32_t west =
      sample(area.low.x - kTileBorder_m - options.origin.x, options.columns - 1, false);
  const std::uint32_t east =
      sample(area.high.x + kTileBorder_m - options.origin.x, options.columns, true);
  const std::uint32_t north =
      sample(area.low.z - kTileBorder_m - options.origin.z, options.rows - 1, false);
  const std::uint32_t south =
      sample(area.high.z + kTileBorder_m - options.origin.z, options.rows, true);
  hash.add(std::as_bytes(std::span(&options, 1)));
  for (std::uint32_t row = north; row <= south; ++row) {
    hash.add(std::as_bytes(
        ground.samples().subspan(std::size_t{row} * options.columns + west, east - west + 1)));
  }
}

}  // namespace

std::string_view name_of(AgentSize agent) {
  constexpr std::array<std::string_view, 3> kNames{"small", "medium", "large"};
  return kNames[static_cast<std::size_t>(agent)];
}

TilePlace TileGrid::at(math::Vec2 place) const {
  const auto along = [](float distance, std::int32_t count) {
    const float tile = std::floor(distance / kTileSize_m);
    if (!(tile > 0)) return 0;  // NaN, too
    return tile >= static_cast<float>(count) ? count - 1 : static_cast<std::int32_t>(tile);
  };
  return {along(place.x - origin.x, columns), along(place.z - origin.z, rows)};
}

Rectangle TileGrid::bounds(TilePlace tile) const {
  const math::Vec2 low{origin.x + static_cast<float>(tile.x) * kTileSize_m,
                       origin.z + static_cast<float>(tile.z) * kTileSize_m};
  return {low, {low.x + kTileSize_m, low.z + kTileSize_m}};
}

TileGrid tile_grid(const Rectangle& bounds) {
  const math::Vec2 size = bounds.high - bounds.low;
  constexpr float kSizeMax = kTileSize_m * kTilesMax;
  TESSERA_ASSERT(size.x > 0 && size.z > 0 && size.x <= kSizeMax && size.z <= kSizeMax,
                 "navigation: bounds are empty or too large");
  const TileGrid grid{bounds.low, static_cast<std::int32_t>(std::ceil(size.x / kTileSize_m)),
                      static_cast<std::int32_t>(std::ceil(size.z / kTileSize_m))};
  TESSERA_ASSERT(grid.count() <= kTilesMax, "navigation: the world has too many tiles");
  return grid;
}

physics::Bounds Obstacle::bounds() const {
  const float x = std::fabs(facing.x) * half_size.x + std::fabs(facing.z) * half_size.z;
  const float z = std::fabs(facing.z) * half_size.x + std::fabs(facing.x) * half_size.z;
  const math::Vec3 half{x, half_size.y, z};
  return {centre - half, centre + half};
}

bool Obstacle::holds(math::Vec3 point, float margin) const {
  const math::Vec3 from = point - centre;
  const float along = from.x * facing.x + from.z * facing.z;
  const float across = from.z * facing.x - from.x * facing.z;
  return std::fabs(along) <= half_size.x + margin && std::fabs(across) <= half_size.z + margin &&
         std::fabs(from.y) <= half_size.y + margin;
}

Obstacle doorway(const Obstacle& leaf, AgentSize agent) {
  constexpr float kSill_m = 0.5f;
  const AgentShape shape = shape_of(agent);
  Obstacle door = leaf;
  door.half_size = leaf.half_size + math::Vec3{shape.radius_m, kSill_m, shape.radius_m};
  return door;
}

NavigationSource::NavigationSource(const NavigationGeometry& geometry)
    : geometry_(geometry), grid_(tile_grid(geometry.bounds)) {
  TESSERA_ASSERT(geometry.flags.empty() || geometry.flags.size() == geometry.triangles.size(),
                 "navigation: not as many flags as triangles");
  first_.assign(grid_.count() + 1, 0);
  const auto each_tile = [&](auto&& visit) {
    for (std::uint32_t number = 0; number < geometry_.triangles.size(); ++number) {
      const physics::Bounds bounds = bounds_of(geometry_.triangles[number]);
      const TileRange range = tiles_near(grid_, bounds, kTileBorder_m);
      for (TilePlace tile = range.first; tile.z <= range.last.z; ++tile.z) {
        for (tile.x = range.first.x; tile.x <= range.last.x; ++tile.x) {
          if (touches(grid_.bounds(tile), bounds, kTileBorder_m)) visit(grid_.index(tile), number);
        }
      }
    }
  };
  each_tile([&](std::uint32_t tile, std::uint32_t) { ++first_[tile + 1]; });
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  numbers_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  each_tile([&](std::uint32_t tile, std::uint32_t number) { numbers_[next[tile]++] = number; });
  detailed_.resize(grid_.count());
  for (std::uint32_t i = 0; i < grid_.count(); ++i) {
    detailed_[i] = geometry_.ground == nullptr || first_[i] != first_[i + 1] ||
                   !doors_near(grid_.at_index(i)).empty();
  }
}

std::span<const std::uint32_t> NavigationSource::triangles_near(TilePlace tile) const {
  const std::uint32_t index = grid_.index(tile);
  return std::span(numbers_).subspan(first_[index], first_[index + 1] - first_[index]);
}

std::vector<Obstacle> NavigationSource::doors_near(TilePlace tile) const {
  const Rectangle area = grid_.bounds(tile);
  std::vector<Obstacle> doors;
  for (const Obstacle& door : geometry_.doors) {
    if (touches(area, door.bounds(), kTileBorder_m)) doors.push_back(door);
  }
  return doors;
}

bool NavigationSource::detailed(TilePlace tile, std::span<const Obstacle> obstacles) const {
  if (detailed_[grid_.index(tile)]) return true;
  const Rectangle area = grid_.bounds(tile);
  return std::ranges::any_of(obstacles, [&](const Obstacle& obstacle) {
    return touches(area, obstacle.bounds(), kTileBorder_m);
  });
}

std::uint64_t input_hash(const NavigationSource& source, AgentSize agent, TilePlace tile,
                         std::span<const Obstacle> obstacles) {
  const NavigationGeometry& geometry = source.geometry();
  const Rectangle area = source.grid().bounds(tile);
  StateHash hash;
  hash.add(kTileFormat);
  hash.add(static_cast<std::uint64_t>(agent));
  hash.add(std::as_bytes(std::span(&tile, 1)));
  hash.add(std::as_bytes(std::span(&geometry.bounds, 1)));
  hash.add(geometry.has_water ? 1 : 0);
  hash.add(std::as_bytes(std::span(&geometry.water_level_m, 1)));
  if (geometry.ground != nullptr) add_ground(hash, *geometry.ground, area);
  for (const std::uint32_t number : source.triangles_near(tile)) {
    hash.add(std::as_bytes(std::span(&geometry.triangles[number], 1)));
    hash.add(source.flags_of(number));
  }
  // Terrain alone looks at whether its neighbours are detailed: see terrain_tile.cpp.
  for (std::int32_t side = 0; side < 9; ++side) {
    const TilePlace other{tile.x + side % 3 - 1, tile.z + side / 3 - 1};
    if (source.grid().holds(other)) hash.add(source.detailed(other, {}) ? 1 : 0);
  }
  for (const Obstacle& door : source.doors_near(tile)) {
    hash.add(std::as_bytes(std::span(&door, 1)));
  }
  hash.add(source.doors_near(tile).size());
  for (const Obstacle& obstacle : obstacles) {
    if (!touches(area, obstacle.bounds(), kTileBorder_m)) continue;
    hash.add(std::as_bytes(std::span(&obstacle, 1)));
  }
  return hash.value();
}

}  // namespace tessera::nav
