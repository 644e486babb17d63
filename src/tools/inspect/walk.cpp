// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/inspect/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "engine/nav/mesh/path_finder.h"

namespace tessera::inspect {
namespace {

/// Stops are a tile or two apart: enough for hundreds of kilometres.
constexpr std::size_t kStopsMax = 4096;
/// How far beside the mesh a place may lie.
constexpr float kSnap_m = 2;
/// A straight line over more corners than this is not looked for.
constexpr std::size_t kStraightenMax = 64;

/// Floors are looked for from the ground upwards, so that a place means the floor of a house and
/// not its roof.
class Floors {
 public:
  Floors(const ZoneDefinition& zone, const nav::NavigationMesh& mesh) : zone_(zone), finder_(mesh) {
    if (zone.geometry != nullptr && zone.geometry->solids.size() > 0) {
      highest_m_ = zone.geometry->solids.bounds().high.y;
    }
  }

  /// The place itself on the mesh or, without mesh there, the nearest place beside it.
  std::optional<math::Vec3> at(math::Vec2 place) const {
    for (const float aside_m : {0.05f, kSnap_m}) {
      const float top_m = std::max(highest_m_, ground(place)) + kSnap_m;
      for (float height_m = ground(place); height_m <= top_m; height_m += kSnap_m) {
        const auto found = finder_.nearest_point({place.x, height_m, place.z}, kSnap_m);
        if (found && math::length(flat(*found) - place) <= aside_m) return found;
      }
    }
    return std::nullopt;
  }

  /// The nearest place on the mesh, however far.
  std::optional<math::Vec3> nearest(math::Vec2 place) const {
    for (float reach_m = 2 * kSnap_m; reach_m < 16384; reach_m *= 2) {
      const auto found = finder_.nearest_point({place.x, ground(place), place.z}, reach_m);
      if (found) return found;
    }
    return std::nullopt;
  }

 private:
  float ground(math::Vec2 place) const {
    return zone_.has_terrain ? zone_.terrain.height_at(place) : zone_.bottom_m;
  }

  const ZoneDefinition& zone_;
  nav::PathFinder finder_;
  float highest_m_ = -1000;
};

Result<math::Vec3> stand(const ZoneDefinition& zone, const nav::NavigationMesh& mesh,
                         std::string_view end, math::Vec2 place) {
  const Floors floors(zone, mesh);
  if (const auto floor = floors.at(place)) return *floor;
  const std::string what =
      fmt::format("the {} {:.7g},{:.7g} is off the navigation mesh of {} agents", end, place.x,
                  place.z, nav::name_of(mesh.agent()));
  const auto nearest = floors.nearest(place);
  if (!nearest) {
    return failure(ErrorKind::NotFound, what + ", which has no place at all in this zone");
  }
  return failure(ErrorKind::NotFound,
                 fmt::format("{}: the nearest place on it is {:.1f} m away, at {:.1f},{:.1f}", what,
                             math::length(flat(*nearest) - place), nearest->x, nearest->z));
}

/// Leaves corners out that one can walk straight past.
std::vector<math::Vec3> straightened(const nav::PathFinder& finder,
                                     const std::vector<math::Vec3>& corners) {
  constexpr float kSameFloor_m = 1;
  std::vector<math::Vec3> straight{corners.front()};
  for (std::size_t at = 0; at + 1 < corners.size();) {
    std::size_t next = std::min(at + kStraightenMax, corners.size() - 1);
    for (; next > at + 1; --next) {
      const auto ray = finder.raycast(corners[at], corners[next]);
      if (ray && !ray->blocked && std::fabs(ray->end.y - corners[next].y) < kSameFloor_m) break;
    }
    straight.push_back(corners[next]);
    at = next;
  }
  return straight;
}

/// The way in detail along the stops, two at a time: the exits between tiles lie in the middle of
/// openings, and a way from one to the next but one need not bend at each.
Result<Walk> walk_along(const nav::NavigationMesh& mesh, math::Vec3 start,
                        std::span<const math::Vec3> stops) {
  nav::PathFinder finder(mesh, {.nodes_max = 16384});
  Walk walk;
  walk.corners.push_back(start);
  std::array<math::Vec3, nav::kPathCornersMax> corners;
  for (std::size_t stop = std::min<std::size_t>(1, stops.size() - 1);;
       stop = std::min(stop + 2, stops.size() - 1)) {
    const nav::Path path = finder.find_path(walk.corners.back(), stops[stop], corners);
    walk.nodes += path.nodes;
    if (path.outcome != nav::PathOutcome::Complete || path.truncated) {
      return failure(ErrorKind::Internal,
                     fmt::format("no way leads on from {:.1f},{:.1f}, though one was known: build "
                                 "the zone again with 'tessera content build'",
                                 walk.corners.back().x, walk.corners.back().z));
    }
    for (std::uint32_t i = 1; i < path.corners; ++i) walk.corners.push_back(corners[i]);
    if (stop + 1 == stops.size()) break;
  }
  walk.corners = straightened(finder, walk.corners);
  for (std::size_t i = 1; i < walk.corners.size(); ++i) {
    walk.length_m += distance(walk.corners[i - 1], walk.corners[i]);
  }
  return walk;
}

}  // namespace

Result<Navigation> load_navigation(const ZoneDefinition& zone, nav::AgentSize agent) {
  const auto number = static_cast<std::uint32_t>(agent);
  nav::NavigationMesh mesh(nav::tile_grid({zone.bounds.low, zone.bounds.high}), agent);
  for (const NavigationTile& tile : zone.navigation.tiles) {
    if (tile.agent != number) continue;
    if (auto set = mesh.set_tile({tile.x, tile.z}, tile.bytes); !set) {
      return std::unexpected(set.error());
    }
  }
  auto graph = nav::PortalGraph::decode(mesh, zone.navigation.portals[number]);
  if (!graph) {
    return failure(ErrorKind::Corrupt, "zone '" + zone.name +
                                           "' has no usable graph of ways: build it again with "
                                           "'tessera content build'");
  }
  return Navigation{std::move(mesh), std::move(*graph)};
}

Result<Walk> find_walk(const ZoneDefinition& zone, const Navigation& navigation, math::Vec2 from,
                       math::Vec2 to) {
  const auto start = stand(zone, navigation.mesh, "start", from);
  if (!start) return std::unexpected(start.error());
  const auto goal = stand(zone, navigation.mesh, "goal", to);
  if (!goal) return std::unexpected(goal.error());
  nav::LongPathFinder finder(navigation.mesh, navigation.graph, {.nodes_max = 16384});
  std::vector<math::Vec3> stops(kStopsMax);
  std::array<math::Vec3, nav::kPathCornersMax> corners;
  const nav::LongPath way = finder.find_path(*start, *goal, stops, corners);
  if (way.outcome != nav::PathOutcome::Complete || way.truncated) {
    return failure(
        ErrorKind::NotFound,
        fmt::format("no way leads from {:.7g},{:.7g} to {:.7g},{:.7g} for {} agents: "
                    "both are on the navigation mesh, but it is in two parts there; "
                    "look at it with --area {:.0f},{:.0f},200",
                    from.x, from.z, to.x, to.z, nav::name_of(navigation.mesh.agent()), to.x, to.z));
  }
  stops.resize(way.stops);
  auto walk = walk_along(navigation.mesh, *start, stops);
  if (walk) walk->nodes += way.nodes;
  return walk;
}

}  // namespace tessera::inspect
