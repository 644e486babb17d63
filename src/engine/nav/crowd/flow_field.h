// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Many agents, one goal: a raster over the ground round the goal that knows for every cell which
// way to go. Built once for a goal in some milliseconds, asked by any number of agents in some
// nanoseconds each. Cells with several floors (a bridge, a gallery) have a node for each.
//
// Built by Dijkstra's algorithm with whole numbers, from the goal outwards, over the polygons of
// the mesh; so the way is the shortest one in steps of eight directions, and never through a wall.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/math/vec.h"
#include "engine/nav/mesh/navigation_mesh.h"

namespace tessera::nav {

struct FlowFieldOptions {
  float window_m = 256;  ///< edge of the square round the goal; at most kFlowCellsMax cells
  /// 0: as wide as the agent, but at most 1 m. Walls are thicker than that to its mesh, so no step
  /// from cell to cell leads through one.
  float cell_m = 0;
};
inline constexpr std::uint32_t kFlowCellsMax = 512;  ///< along an edge

class FlowField {
 public:
  /// What an agent is told: where to go, as a direction of length 1 (0 at the goal), and how far
  /// the goal is by that way, in metres, to about a tenth.
  struct Sample {
    math::Vec2 direction;
    float distance_m;
  };

  FlowField() = default;
  /// Around a goal on the mesh; false, and then without an answer for anyone, when there is no mesh
  /// within 2 m of the goal. 3 ms for 256 m. Allocates only what an earlier, smaller build of
  /// this object has not.
  bool build(const NavigationMesh& mesh, math::Vec3 goal, const FlowFieldOptions& options = {});

  /// None outside the window, off the mesh, and where no way leads to the goal. 10 ns.
  std::optional<Sample> sample(math::Vec3 place) const;

  math::Vec3 goal() const { return goal_; }
  /// Cells with a floor.
  std::size_t nodes() const { return nodes_.size(); }
  std::uint64_t hash() const;

 private:
  static constexpr std::uint32_t kUnreached = UINT32_MAX;
  /// A step along an edge and one across a corner; 1.4 to each other, nearly the square root of 2.
  static constexpr std::uint32_t kStraight = 5;
  static constexpr std::uint32_t kDiagonal = 7;

  struct Node {
    float height_m;
    std::uint16_t steps;  ///< to the goal, in fifths of a cell; at most kStepsMax
    std::int8_t x;        ///< direction, in 127ths
    std::int8_t z;
  };
  struct Floor {
    std::uint32_t cell;
    float height_m;
  };

  void collect_floors(const NavigationMesh& mesh);
  void sort_floors();
  std::uint32_t node_near(std::uint32_t cell, float height_m, float reach_m) const;
  void find_neighbours();
  std::uint32_t across(std::uint32_t node, std::size_t side, std::size_t other) const;
  void spread(std::uint32_t start);
  void point_out(std::uint32_t node);

  math::Vec3 goal_;
  math::Vec2 origin_;
  float cell_m_ = 1;
  float cells_per_metre_ = 1;
  float rise_max_m_ = 1;
  std::uint32_t cells_ = 0;           ///< along an edge; 0: nothing is built
  std::vector<std::uint32_t> first_;  ///< node of each cell, and one more for the end
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> cell_of_;  ///< of each node
  std::vector<std::uint32_t> steps_;    ///< of each node, while building; as is all that follows
  std::vector<std::array<std::uint32_t, 4>> beside_;
  std::vector<Floor> floors_;
  std::vector<std::vector<std::uint32_t>> rings_;  ///< nodes to look at, by steps
};

}  // namespace tessera::nav
