// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A* over the exits of a portal graph. A node is an exit on the side where one comes from; who
// leaves through it stands at its other side and may go to every exit of that region.

#include <recastnavigation/DetourNavMesh.h>
#include <recastnavigation/DetourNavMeshQuery.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "engine/core/assert.h"
#include "engine/nav/mesh/locate.h"
#include "engine/nav/ways/portal_graph.h"

namespace tessera::nav {
namespace {

constexpr std::uint32_t kNobody = UINT32_MAX;
/// The first stretch leads to this stop: near enough for a short search, far enough that the way
/// does not bend at the middle of every opening.
constexpr std::uint32_t kStretch = 2;

/// Exits lie in the middle of the tiles' sides, so that ways go straight or at 45 degrees: what is
/// left can hardly be less than this. It may be a little more than the way, which then is up to
/// that much longer than the best, and is found in a tenth of the time.
float left_m(math::Vec3 from, math::Vec3 to) {
  constexpr float kDiagonal = 0.41421356f;
  constexpr float kHaste = 1.05f;
  const float x = std::fabs(to.x - from.x);
  const float z = std::fabs(to.z - from.z);
  return kHaste * (std::max(x, z) + kDiagonal * std::min(x, z));
}

}  // namespace

class LongPathFinder::Search {
 public:
  Search(const NavigationMesh& mesh, const PortalGraph& graph, const SearchLimits& limits)
      : mesh_(mesh), graph_(graph), limits_(limits), finder_(mesh, limits) {
    const auto status = query_.init(&mesh.detour(), 64);
    TESSERA_ASSERT(dtStatusSucceed(status), "navigation: no memory for a search");
    make_room();
    heap_.reserve(std::size_t{4} * nodes_.size());
  }

  PathFinder& on_mesh() { return finder_; }

  bool connected(math::Vec3 from, math::Vec3 to) const {
    const Location start = locate(mesh_, query_, from, limits_.snap_m);
    const Location goal = locate(mesh_, query_, to, limits_.snap_m);
    return start.polygon != 0 && goal.polygon != 0 && island_of(start) == island_of(goal);
  }

  LongPath find(math::Vec3 from, math::Vec3 to, std::span<math::Vec3> way,
                std::span<math::Vec3> corners) {
    const Location start = locate(mesh_, query_, from, limits_.snap_m);
    if (start.polygon == 0) return {.outcome = PathOutcome::NoStart};
    const Location goal = locate(mesh_, query_, to, limits_.snap_m);
    if (goal.polygon == 0) return {.outcome = PathOutcome::NoGoal};
    make_room();
    if (island_of(start) != island_of(goal)) return {.outcome = PathOutcome::NoGoal};
    LongPath path;
    const Place here = place_of(start);
    const Place there = place_of(goal);
    if (here == there) {
      path.outcome = PathOutcome::Complete;
      path.length_m = distance(start.point, goal.point);
      way[path.stops++] = goal.point;
    } else {
      path = search(here, start.point, there, goal.point, way);
    }
    if (path.outcome != PathOutcome::Complete) return path;
    const math::Vec3 stretch_end = way[std::min(path.stops, kStretch) - 1];
    const Path first = finder_.find_path(start.point, stretch_end, corners);
    path.corners = first.corners;
    path.nodes += first.nodes;
    return path;
  }

 private:
  struct Place {
    std::uint32_t tile;
    Region region;
    bool operator==(const Place&) const = default;
  };
  struct Node {
    std::uint32_t search = 0;  ///< the search that reached it last
    std::uint32_t parent = 0;
    float metres = 0;
    bool done = false;
  };
  struct Open {
    float total;
    std::uint32_t node;
    /// Of equal totals the smaller node: the order is total.
    bool operator>(const Open& other) const {
      return total != other.total ? total > other.total : node > other.node;
    }
  };

  Place place_of(const Location& location) const {
    const std::uint32_t tile = mesh_.detour().decodePolyIdTile(location.polygon);
    return {tile, graph_.region_of(tile, mesh_.detour().decodePolyIdPoly(location.polygon))};
  }

  std::uint32_t island_of(const Location& location) const {
    return graph_.island_of(mesh_.detour().decodePolyIdTile(location.polygon),
                            mesh_.detour().decodePolyIdPoly(location.polygon));
  }

  /// The graph may have grown since.
  void make_room() {
    if (nodes_.size() < graph_.exits().size()) nodes_.resize(graph_.exits().size());
  }

  void reach(std::uint32_t exit, std::uint32_t parent, float metres, math::Vec3 goal) {
    Node& node = nodes_[exit];
    if (node.search == round_ && (node.done || node.metres <= metres)) return;
    node = {round_, parent, metres, false};
    heap_.push_back({metres + left_m(graph_.exits()[exit].point, goal), exit});
    std::ranges::push_heap(heap_, std::greater{});
  }

  LongPath search(const Place& here, math::Vec3 from, const Place& there, math::Vec3 goal,
                  std::span<math::Vec3> way) {
    ++round_;
    heap_.clear();
    for (std::uint32_t e = graph_.exits_begin(here.tile); e < graph_.exits_end(here.tile); ++e) {
      const PortalExit& exit = graph_.exits()[e];
      if (exit.region == here.region) reach(e, kNobody, distance(from, exit.point), goal);
    }
    LongPath path{.outcome = PathOutcome::NoGoal};
    float best = physics::Bounds::kFar;
    std::uint32_t last = kNobody;
    while (!heap_.empty() && heap_.front().total < best) {
      std::ranges::pop_heap(heap_, std::greater{});
      const std::uint32_t e = heap_.back().node;
      heap_.pop_back();
      Node& node = nodes_[e];
      if (node.done) continue;
      node.done = true;
      ++path.nodes;
      const std::uint32_t entered = graph_.exits()[e].other;
      const PortalExit& entry = graph_.exits()[entered];
      if (Place{entry.tile, entry.region} == there) {
        const float metres = node.metres + distance(entry.point, goal);
        if (metres < best) {
          best = metres;
          last = e;
        }
        continue;
      }
      for (std::uint32_t next = graph_.exits_begin(entry.tile); next < graph_.exits_end(entry.tile);
           ++next) {
        const float metres = graph_.cost(entered, next);
        if (metres < 0 || next == entered) continue;
        reach(next, e, node.metres + metres, goal);
      }
    }
    if (last == kNobody) return path;
    path.outcome = PathOutcome::Complete;
    path.length_m = best;
    write_way(last, goal, way, path);
    return path;
  }

  void write_way(std::uint32_t last, math::Vec3 goal, std::span<math::Vec3> way, LongPath& path) {
    std::uint32_t stops = 1;
    for (std::uint32_t e = last; e != kNobody; e = nodes_[e].parent) ++stops;
    path.truncated = stops > way.size();
    path.stops = static_cast<std::uint32_t>(std::min<std::size_t>(stops, way.size()));
    if (!path.truncated) way[stops - 1] = goal;
    std::uint32_t at = stops - 1;
    for (std::uint32_t e = last; e != kNobody; e = nodes_[e].parent) {
      if (--at < way.size()) way[at] = graph_.exits()[e].point;
    }
  }

  const NavigationMesh& mesh_;
  const PortalGraph& graph_;
  SearchLimits limits_;
  PathFinder finder_;
  dtNavMeshQuery query_;
  std::vector<Node> nodes_;
  std::vector<Open> heap_;
  std::uint32_t round_ = 0;
};

LongPathFinder::LongPathFinder(const NavigationMesh& mesh, const PortalGraph& graph,
                               const SearchLimits& limits)
    : search_(std::make_unique<Search>(mesh, graph, limits)) {}
LongPathFinder::~LongPathFinder() = default;

bool LongPathFinder::connected(math::Vec3 from, math::Vec3 to) const {
  return search_->connected(from, to);
}

PathFinder& LongPathFinder::on_mesh() { return search_->on_mesh(); }

LongPath LongPathFinder::find_path(math::Vec3 from, math::Vec3 to, std::span<math::Vec3> way,
                                   std::span<math::Vec3> corners) {
  TESSERA_ASSERT(!way.empty() && corners.size() >= 2, "navigation: a path has a start and an end");
  return search_->find(from, to, way, corners);
}

}  // namespace tessera::nav
