// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Questions to a navigation mesh: where is the nearest place, which way is there, is it straight.
// A finder has the scratch memory of one search, so each thread has its own; answers depend on the
// mesh and the question alone, never on earlier questions. Answers are positions: what Detour calls
// its polygons stays inside.
//
// Heights are those of the mesh: within half a metre of the ground in terrain, within a step near
// triangles. Who walks takes the height from the ground under him.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "engine/math/vec.h"
#include "engine/nav/mesh/navigation_mesh.h"

namespace tessera::nav {

struct SearchLimits {
  /// A search that has looked at so many polygons gives up, with the way to the nearest of them.
  /// 2,048 reach through all of a town.
  std::uint32_t nodes_max = 2048;
  /// How far from the mesh both ends may be.
  float snap_m = 2;
};

/// More corners are never written; a truncated path ends there.
inline constexpr std::size_t kPathCornersMax = 256;

enum class PathOutcome : std::uint8_t {
  Complete,  ///< leads to the goal
  Partial,   ///< leads as near to the goal as was found: it cannot be reached, or is too far
  NoStart,   ///< the start is not near the mesh
  NoGoal,    ///< the goal is not near the mesh
};

struct Path {
  PathOutcome outcome = PathOutcome::NoStart;
  bool truncated = false;     ///< there are more corners than were asked for
  std::uint32_t corners = 0;  ///< written, the start and the end included
  std::uint32_t nodes = 0;    ///< polygons looked at: what the search cost
};

struct WalkRay {
  math::Vec3 end;  ///< as far as one can walk straight on; heights are those of the mesh
  bool blocked = false;
};

class PathFinder {
 public:
  /// The mesh must outlive the finder and stay where it is; it may change between questions.
  /// Allocates all it needs.
  explicit PathFinder(const NavigationMesh& mesh, const SearchLimits& limits = {});
  ~PathFinder();
  PathFinder(PathFinder&&) noexcept;
  PathFinder& operator=(PathFinder&&) noexcept;

  /// The nearest place on the mesh, at most `reach_m` away along each axis. 0.2 us on the mesh,
  /// some microseconds beside it.
  std::optional<math::Vec3> nearest_point(math::Vec3 place, float reach_m) const;

  /// Writes the corners of the way, the taut string through the polygons that A* finds. Corners are
  /// on the mesh, and each can see the next. Any floats are safe.
  Path find_path(math::Vec3 from, math::Vec3 to, std::span<math::Vec3> corners);

  /// Walks straight from a place towards another until the mesh ends; none when `from` is not near
  /// the mesh. About 0.2 us.
  std::optional<WalkRay> raycast(math::Vec3 from, math::Vec3 to) const;

 private:
  class Search;
  std::unique_ptr<Search> search_;
};

}  // namespace tessera::nav
