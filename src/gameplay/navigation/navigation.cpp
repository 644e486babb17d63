// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/navigation/navigation.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "engine/nav/mesh/navigation_mesh.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/ways/portal_graph.h"

namespace tessera::navigation {
namespace {

static_assert(nav::kAgentSizes.size() == kNavigationAgents);
static_assert(std::to_underlying(CreatureSize::Small) == std::to_underlying(nav::AgentSize::Small));
static_assert(std::to_underlying(CreatureSize::Large) == std::to_underlying(nav::AgentSize::Large));

/// To a place as near as this, the way is sought on the mesh itself: over the portals, which lie in
/// the middle of tiles' sides, it would be a detour.
constexpr float kShortWay_m = 96;
/// Enough for all of a town within kShortWay_m.
constexpr nav::SearchLimits kLimits{.nodes_max = 1024, .snap_m = 2};
/// The end of a stretch is cut to the mesh once more when its corners are found.
constexpr float kSamePlace_m = 0.1f;

/// Where a search starts is no corner to walk to.
using Corners = std::array<math::Vec3, kCornersMax + 1>;

Path path_of(const Corners& corners, std::uint32_t count, bool complete) {
  Path path{.count = count > 0 ? count - 1 : 0,
            .state = complete ? PathState::Complete : PathState::Partway};
  std::copy_n(corners.begin() + 1, path.count, path.corners.begin());
  if (path.count == 0) path.state = PathState::NoWay;
  return path;
}

Navigation::Answer search_far(nav::LongPathFinder& finder, math::Vec3 from, math::Vec3 to) {
  Corners corners;
  std::array<math::Vec3, 2> stops;  // the detailed stretch leads to the second one
  const nav::LongPath found = finder.find_path(from, to, stops, corners);
  Navigation::Answer answer{.path = {.state = PathState::NoWay}, .nodes = found.nodes};
  if (found.outcome != nav::PathOutcome::Complete || found.corners == 0) return answer;
  const math::Vec3 last = corners[found.corners - 1];
  const bool whole = !found.truncated && distance(last, stops[found.stops - 1]) < kSamePlace_m;
  answer.path = path_of(corners, found.corners, whole);
  return answer;
}

}  // namespace

struct Navigation::Ground {
  explicit Ground(nav::NavigationMesh tiles, std::span<const std::byte> portals)
      : mesh(std::move(tiles)) {
    auto read = nav::PortalGraph::decode(mesh, portals);
    graph = read ? std::move(*read) : nav::PortalGraph(mesh);
    for (std::size_t i = 0; i < kSearchers; ++i) finders.emplace_back(mesh, graph, kLimits);
  }

  nav::NavigationMesh mesh;
  nav::PortalGraph graph;
  mutable std::deque<nav::LongPathFinder> finders;  ///< scratch memory: no part of what it knows
};

Navigation::Navigation(const ZoneDefinition& zone) {
  for (const CreatureDefinition& kind : zone.creatures) {
    if (ground_of(kind.size) == nullptr) build_ground(zone, kind.size);
  }
}
Navigation::~Navigation() = default;

void Navigation::build_ground(const ZoneDefinition& zone, CreatureSize size) {
  const auto agent = static_cast<nav::AgentSize>(size);
  const auto number = static_cast<std::size_t>(size);
  const auto is_ours = [&](const NavigationTile& tile) { return tile.agent == number; };
  if (std::ranges::none_of(zone.navigation.tiles, is_ours)) return;
  nav::NavigationMesh mesh(nav::tile_grid({zone.bounds.low, zone.bounds.high}), agent);
  for (const NavigationTile& tile : zone.navigation.tiles) {
    if (is_ours(tile) && !mesh.set_tile({tile.x, tile.z}, tile.bytes)) ++refused_tiles_;
  }
  grounds_[number] = std::make_unique<Ground>(std::move(mesh), zone.navigation.portals[number]);
}

std::optional<math::Vec3> Navigation::nearest_place(CreatureSize size, math::Vec3 place) const {
  const Ground* const ground = ground_of(size);
  if (ground == nullptr) return place;
  return ground->finders.front().on_mesh().nearest_point(place, kLimits.snap_m);
}

bool Navigation::connected(CreatureSize size, math::Vec3 from, math::Vec3 to) const {
  const Ground* const ground = ground_of(size);
  return ground == nullptr || ground->finders.front().connected(from, to);
}

Navigation::Answer Navigation::search(std::size_t searcher, CreatureSize size, math::Vec3 from,
                                      math::Vec3 to) const {
  const Ground* const ground = ground_of(size);
  if (ground == nullptr)
    return {.path = {.corners = {to}, .count = 1, .state = PathState::Complete}};
  nav::LongPathFinder& finder = ground->finders[searcher];
  // Without this look, the search for what cannot be reached would turn over every polygon.
  if (!finder.connected(from, to)) return {.path = {.state = PathState::NoWay}};
  if (length(flat(to) - flat(from)) > kShortWay_m) return search_far(finder, from, to);
  Corners corners;
  const nav::Path found = finder.on_mesh().find_path(from, to, corners);
  if (found.outcome == nav::PathOutcome::Complete) {
    return {path_of(corners, found.corners, !found.truncated), found.nodes};
  }
  Answer answer = search_far(finder, from, to);  // a maze: near, but a long way
  answer.nodes += found.nodes;
  return answer;
}

}  // namespace tessera::navigation
