// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The world in large, for long ways. In every tile the polygons that hang together form a region;
// where regions of two tiles touch there is an exit, once for either side; and what it costs to go
// from exit to exit inside a region is known beforehand:
//
//        tile            tile
//     +----------+----------------+
//     |  region  | exit   exit    |       path_long: A* over exits (some four to a tile),
//     |        o=|=o- - - - - o===|==     then only the first stretch in detail.
//     +----------+----------------+
//
// After Botea, Müller, Schaeffer: Near Optimal Hierarchical Path-Finding (2004). Ways are up to a
// tenth longer than the shortest. It can be stored beside the tiles: reading it takes 1 ms, making
// it 100 ms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/nav/mesh/navigation_mesh.h"
#include "engine/nav/mesh/path_finder.h"

namespace tessera::nav {

/// A region of a tile; numbers go by the smallest polygon in it.
using Region = std::uint16_t;

struct PortalTile;

struct PortalExit {
  math::Vec3 point;         ///< on the border, in the middle of where one can cross
  std::uint32_t other = 0;  ///< the exit on the other side
  std::uint32_t tile = 0;   ///< its own tile's index
  Region region = 0;
};

class PortalGraph {
 public:
  /// Empty: there is no way to anywhere.
  PortalGraph() = default;
  /// From all tiles of the mesh; 0.1 s for 4 x 4 km.
  explicit PortalGraph(const NavigationMesh& mesh);

  /// After set_tile() or remove_tile(): looks again at these tiles and those beside them. The
  /// outcome is that of a new graph. Some 4 ms in a town. Allocates.
  void update(const NavigationMesh& mesh, std::span<const TilePlace> tiles);

  std::vector<std::byte> encode() const;
  /// Any bytes are safe; those of a mesh with other numbers of polygons are refused as malformed.
  /// Whoever keeps them keys them by the input_hash() of all tiles.
  static std::expected<PortalGraph, DecodeError> decode(const NavigationMesh& mesh,
                                                        std::span<const std::byte> bytes);

  std::span<const PortalExit> exits() const { return exits_; }
  /// Numbers of the first and one past the last exit of a tile.
  std::uint32_t exits_begin(std::uint32_t tile) const { return first_exit_[tile]; }
  std::uint32_t exits_end(std::uint32_t tile) const { return first_exit_[tile + 1]; }
  /// Metres between two exits of one tile; negative when they are in different regions.
  float cost(std::uint32_t from, std::uint32_t to) const;
  Region region_of(std::uint32_t tile, std::uint32_t polygon) const {
    return regions_[first_polygon_[tile] + polygon];
  }
  /// Polygons with the same number can reach each other, others cannot.
  std::uint32_t island_of(std::uint32_t tile, std::uint32_t polygon) const {
    return islands_[first_polygon_[tile] + polygon];
  }
  bool empty() const { return first_exit_.empty(); }
  std::size_t memory_bytes() const;

 private:
  void assemble(std::span<const PortalTile> tiles);
  std::vector<PortalTile> take_apart() const;
  bool find_islands();

  std::vector<std::uint32_t> first_exit_;     ///< of each tile, and one more for the end
  std::vector<std::uint32_t> first_polygon_;  ///< likewise, into regions_
  std::vector<std::uint32_t> first_cost_;     ///< likewise, into costs_
  std::vector<PortalExit> exits_;
  std::vector<Region> regions_;
  std::vector<std::uint32_t> islands_;  ///< of each polygon: the first polygon of its island
  std::vector<float> costs_;            ///< of each tile: a square, from exit by to exit
};

struct LongPath {
  PathOutcome outcome = PathOutcome::NoStart;  ///< never Partial: without a way it is NoGoal
  std::uint32_t stops = 0;                     ///< places written to `way`, the goal included
  bool truncated = false;                      ///< the way has more stops than were asked for
  std::uint32_t corners = 0;                   ///< written: the first stretch in detail
  std::uint32_t nodes = 0;                     ///< exits and polygons looked at
  float length_m = 0;                          ///< of all the way, about
};

/// Long ways over a graph and its mesh; scratch memory of one search, one for each thread.
class LongPathFinder {
 public:
  /// Both must outlive the finder and stay where they are; they may change between questions.
  LongPathFinder(const NavigationMesh& mesh, const PortalGraph& graph,
                 const SearchLimits& limits = {});
  ~LongPathFinder();

  /// Whether a way leads from one place to the other, without looking for it. Half a microsecond.
  bool connected(math::Vec3 from, math::Vec3 to) const;

  /// `way`: the exits to pass and the goal at last. `corners`: the way in detail to the second of
  /// them, one to two tiles on. Who has walked there calls find_path() to the next but one stop,
  /// and so on: way[i + 2]. 30 us across 4 km, 2 us within a tile.
  LongPath find_path(math::Vec3 from, math::Vec3 to, std::span<math::Vec3> way,
                     std::span<math::Vec3> corners);

  /// For short ways, which keep to no portals. Shares the scratch memory.
  PathFinder& on_mesh();

 private:
  class Search;
  std::unique_ptr<Search> search_;
};

}  // namespace tessera::nav
