// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Barricades, wrecks, bridges let down: boxes that come and go while the world runs, and the tiles
// that must be built anew because of them. (Doors need no building: NavigationMesh::set_door().)
//
// A tile near triangles takes some 20 ms to build, more than a tick. Building is a pure function of
// the source and the obstacles, so it may run beside the tick: take touched() and a copy of all()
// in tick T, rebuild on another thread, and set_tile() the bytes in tick T + n, with a fixed n,
// waiting if need be. Then every replay does the same.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/error.h"
#include "engine/jobs/pool.h"
#include "engine/nav/mesh/navigation_mesh.h"
#include "engine/nav/navigation_source.h"

namespace tessera::nav {

/// Rising from 1; 0 is none.
struct ObstacleId {
  std::uint32_t value = 0;
  auto operator<=>(const ObstacleId&) const = default;
};

class ObstacleSet {
 public:
  /// More in one world would be geometry.
  static constexpr std::size_t kObstaclesMax = 4096;

  explicit ObstacleSet(const TileGrid& grid) : grid_(grid) {}

  /// Id 0 at the limit.
  ObstacleId add(const Obstacle& obstacle);
  /// False when there is none of that id.
  bool remove(ObstacleId id);

  /// All of them, by id.
  std::span<const Obstacle> all() const { return obstacles_; }
  /// The tiles to build since the last clear_touched(): each once, row by row.
  std::span<const TilePlace> touched() const { return touched_; }
  void clear_touched() { touched_.clear(); }

 private:
  void touch(const Obstacle& obstacle);

  TileGrid grid_;
  std::vector<Obstacle> obstacles_;
  std::vector<ObstacleId> ids_;
  std::vector<TilePlace> touched_;
  std::uint32_t last_id_ = 0;
};

/// A tile and its new bytes.
struct BuiltTile {
  TilePlace tile;
  std::vector<std::byte> bytes;
};
/// Builds tiles in parallel; in the order of `tiles`. Fails with the first failure in that order.
Result<std::vector<BuiltTile>> build_tiles(jobs::Pool& pool, const NavigationSource& source,
                                           AgentSize agent, std::span<const TilePlace> tiles,
                                           std::span<const Obstacle> obstacles = {});

}  // namespace tessera::nav
