// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/mesh/path_finder.h"

#include <recastnavigation/DetourNavMesh.h>
#include <recastnavigation/DetourNavMeshQuery.h>
#include <recastnavigation/DetourNode.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/core/assert.h"
#include "engine/nav/mesh/locate.h"

namespace tessera::nav {
namespace {

/// A way through more polygons is cut there; 512 squares of 32 m are 16 km.
constexpr int kPolygonsMax = 512;

}  // namespace

class PathFinder::Search {
 public:
  Search(const NavigationMesh& mesh, const SearchLimits& limits) : mesh_(mesh), limits_(limits) {
    // Detour numbers nodes with 16 bits.
    TESSERA_ASSERT(limits.nodes_max > 0 && limits.nodes_max < 65535,
                   "navigation: nodes out of limits");
    const auto status = query_.init(&mesh.detour(), static_cast<int>(limits.nodes_max));
    TESSERA_ASSERT(dtStatusSucceed(status), "navigation: no memory for a search");
  }

  Location locate_end(math::Vec3 place) const {
    return locate(mesh_, query_, place, limits_.snap_m);
  }
  Location locate_within(math::Vec3 place, float reach_m) const {
    return locate(mesh_, query_, place, reach_m);
  }

  Path find(const Location& from, const Location& to, std::span<math::Vec3> corners) {
    Path path;
    int count = 0;
    const dtStatus found = query_.findPath(from.polygon, to.polygon, &from.point.x, &to.point.x,
                                           &open_filter(), polygons_.data(), &count, kPolygonsMax);
    path.nodes = from.polygon == to.polygon
                     ? 1u
                     : static_cast<std::uint32_t>(query_.getNodePool()->getNodeCount());
    const bool complete = count > 0 && polygons_[static_cast<std::size_t>(count) - 1] == to.polygon;
    path.outcome = complete ? PathOutcome::Complete : PathOutcome::Partial;
    math::Vec3 end = to.point;
    if (!complete && count > 0) {
      query_.closestPointOnPoly(polygons_[static_cast<std::size_t>(count) - 1], &to.point.x, &end.x,
                                nullptr);
    }
    if (dtStatusFailed(found) || count == 0) return path;
    std::array<unsigned char, kPathCornersMax> flags;
    int written = 0;
    query_.findStraightPath(&from.point.x, &end.x, polygons_.data(), count, &corners.data()->x,
                            flags.data(), nullptr, &written,
                            static_cast<int>(std::min(corners.size(), flags.size())), 0);
    path.corners = static_cast<std::uint32_t>(written);
    path.truncated =
        written > 0 && (flags[static_cast<std::size_t>(written) - 1] & DT_STRAIGHTPATH_END) == 0;
    return path;
  }

  WalkRay cast(const Location& from, math::Vec3 to) const {
    float fraction = 0;
    std::array<float, 3> normal{};
    std::array<dtPolyRef, kPolygonsMax> polygons;
    int count = 0;
    query_.raycast(from.polygon, &from.point.x, &to.x, &open_filter(), &fraction, normal.data(),
                   polygons.data(), &count, kPolygonsMax);
    WalkRay ray;
    ray.blocked = fraction <= 1;  // Detour's sign of an open way is the greatest float
    const float walked = std::min(fraction, 1.0f);
    ray.end = from.point + (to - from.point) * walked;
    if (count > 0) {
      float height = 0;
      const dtPolyRef last = polygons[static_cast<std::size_t>(count) - 1];
      if (dtStatusSucceed(query_.getPolyHeight(last, &ray.end.x, &height))) ray.end.y = height;
    }
    return ray;
  }

 private:
  const NavigationMesh& mesh_;
  SearchLimits limits_;
  dtNavMeshQuery query_;
  std::array<dtPolyRef, kPolygonsMax> polygons_{};
};

static_assert(sizeof(math::Vec3) == 3 * sizeof(float), "Detour writes three floats a corner");

PathFinder::PathFinder(const NavigationMesh& mesh, const SearchLimits& limits)
    : search_(std::make_unique<Search>(mesh, limits)) {}
PathFinder::~PathFinder() = default;
PathFinder::PathFinder(PathFinder&&) noexcept = default;
PathFinder& PathFinder::operator=(PathFinder&&) noexcept = default;

std::optional<math::Vec3> PathFinder::nearest_point(math::Vec3 place, float reach_m) const {
  const Location found = search_->locate_within(place, reach_m);
  if (found.polygon == 0) return std::nullopt;
  return found.point;
}

Path PathFinder::find_path(math::Vec3 from, math::Vec3 to, std::span<math::Vec3> corners) {
  TESSERA_ASSERT(corners.size() >= 2, "navigation: a path has a start and an end");
  const Location start = search_->locate_end(from);
  if (start.polygon == 0) return {.outcome = PathOutcome::NoStart};
  const Location goal = search_->locate_end(to);
  if (goal.polygon == 0) return {.outcome = PathOutcome::NoGoal};
  return search_->find(start, goal, corners);
}

std::optional<WalkRay> PathFinder::raycast(math::Vec3 from, math::Vec3 to) const {
  const Location start = search_->locate_end(from);
  if (start.polygon == 0 || !plausible(to)) return std::nullopt;
  return search_->cast(start, to);
}

}  // namespace tessera::nav
