// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/mesh/obstacles.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/nav/build/tile_build.h"

namespace tessera::nav {
namespace {

auto by_row(TilePlace tile) { return std::tuple(tile.z, tile.x); }

}  // namespace

ObstacleId ObstacleSet::add(const Obstacle& obstacle) {
  if (obstacles_.size() == kObstaclesMax) return {};
  const ObstacleId id{++last_id_};
  obstacles_.push_back(obstacle);
  ids_.push_back(id);
  touch(obstacle);
  return id;
}

bool ObstacleSet::remove(ObstacleId id) {
  const auto found = std::ranges::lower_bound(ids_, id);
  if (found == ids_.end() || *found != id) return false;
  const auto at = found - ids_.begin();
  touch(obstacles_[static_cast<std::size_t>(at)]);
  obstacles_.erase(obstacles_.begin() + at);
  ids_.erase(found);
  return true;
}

void ObstacleSet::touch(const Obstacle& obstacle) {
  const std::vector<TilePlace> tiles = tiles_touched(grid_, obstacle.bounds());
  touched_.insert(touched_.end(), tiles.begin(), tiles.end());
  std::ranges::sort(touched_, {}, by_row);
  const auto [first, last] = std::ranges::unique(touched_);
  touched_.erase(first, last);
}

Result<std::vector<BuiltTile>> build_tiles(jobs::Pool& pool, const NavigationSource& source,
                                           AgentSize agent, std::span<const TilePlace> tiles,
                                           std::span<const Obstacle> obstacles) {
  std::vector<Result<std::vector<std::byte>>> results(tiles.size());
  pool.parallel_for(tiles.size(), [&](std::size_t i) {
    results[i] = build_tile(source, agent, tiles[i], obstacles);
  });
  std::vector<BuiltTile> built;
  built.reserve(tiles.size());
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    if (!results[i]) return std::unexpected(results[i].error());
    built.push_back({tiles[i], std::move(*results[i])});
  }
  return built;
}

}  // namespace tessera::nav
