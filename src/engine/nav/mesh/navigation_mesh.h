// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The ground that one size of agent may walk on: tiles of convex polygons, linked across borders by
// Detour. Tiles come and go between ticks (set_tile, remove_tile), on the simulation thread alone;
// in between any number of PathFinders read it, one for each thread.
//
// What it answers depends on the bytes of its tiles alone, not on the order in which they came:
// every tile has the slot of its place, and links are kept sorted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/error.h"
#include "engine/nav/navigation_source.h"

class dtNavMesh;

namespace tessera::nav {

class NavigationMesh {
 public:
  /// Without tiles: nobody can walk anywhere.
  NavigationMesh(const TileGrid& grid, AgentSize agent);
  ~NavigationMesh();
  NavigationMesh(NavigationMesh&&) noexcept;
  NavigationMesh& operator=(NavigationMesh&&) noexcept;

  /// Puts a tile of build_tile() in its place; one that was there goes. About 20 us for terrain.
  /// Any bytes are safe; those that are not of this tile, agent and format are refused, and then
  /// the mesh is as before. Allocates.
  Result<void> set_tile(TilePlace tile, std::span<const std::byte> bytes);
  /// Nothing happens when there is none.
  void remove_tile(TilePlace tile);

  /// Closes or opens a door of the geometry that the tiles were built from, given as it stands
  /// there: nobody walks through a closed one, from now on and in tiles set later. Some
  /// microseconds. Doors of a PortalGraph stay open: who comes to a closed one must open it or ask
  /// for another way.
  void set_door(const Obstacle& leaf, bool closed);

  const TileGrid& grid() const { return grid_; }
  AgentSize agent() const { return agent_; }
  /// Polygons of a tile; 0 when there is none, or nothing to walk on.
  std::uint32_t polygons(TilePlace tile) const;
  std::uint32_t polygons() const;
  std::size_t memory_bytes() const { return memory_bytes_; }
  /// Grows with every change. For those who keep what they derived from a mesh.
  std::uint64_t changes() const { return changes_; }

  /// For the parts of this module.
  const dtNavMesh& detour() const { return *detour_; }

 private:
  void sort_links_round(TilePlace tile);
  void mark_door(TilePlace tile, const Obstacle& leaf, bool closed);

  TileGrid grid_;
  AgentSize agent_;
  std::unique_ptr<dtNavMesh, void (*)(dtNavMesh*)> detour_;
  std::vector<Obstacle> closed_doors_;
  std::size_t memory_bytes_ = 0;
  std::uint64_t changes_ = 0;
};

/// A loop over what touches a rectangle, for those who rebuild: the tiles whose bytes may change
/// when an obstacle within `bounds` comes or goes, row by row.
std::vector<TilePlace> tiles_touched(const TileGrid& grid, const physics::Bounds& bounds);

}  // namespace tessera::nav
