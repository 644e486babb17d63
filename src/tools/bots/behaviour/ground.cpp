// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour/ground.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/math/angles.h"

namespace tessera::bots {
namespace {

constexpr auto kAgent = nav::AgentSize::Small;
constexpr physics::StandingCapsule kBody;
/// Heights of the mesh are true to half a metre; who is let down from here finds the ground.
constexpr float kAboveMesh_m = 0.6f;
/// Up to here a way is sought on the mesh itself: the portals lie in the middle of tiles' sides, so
/// over them it would be a detour.
constexpr float kShortWay_m = 96;
constexpr nav::SearchLimits kLimits{.nodes_max = 1024, .snap_m = 2};
/// A way's end is cut to the mesh once more when its corners are found.
constexpr float kSamePlace_m = 0.1f;
constexpr float kRing_m = 3;  ///< between the rings of a search for a standing place

nav::NavigationMesh mesh_of(const ZoneDefinition& zone) {
  nav::NavigationMesh mesh(nav::tile_grid({zone.bounds.low, zone.bounds.high}), kAgent);
  for (const NavigationTile& tile : zone.navigation.tiles) {
    if (tile.agent != std::to_underlying(kAgent)) continue;
    if (!mesh.set_tile({tile.x, tile.z}, tile.bytes)) continue;  // nobody walks there
  }
  return mesh;
}

nav::PortalGraph portals_of(const nav::NavigationMesh& mesh, const ZoneDefinition& zone) {
  if (mesh.polygons() == 0) return {};
  auto stored = nav::PortalGraph::decode(mesh, zone.navigation.portals[std::to_underlying(kAgent)]);
  return stored ? std::move(*stored) : nav::PortalGraph(mesh);
}

}  // namespace

Ground::Ground(const ZoneDefinition& zone, const physics::CollisionWorld& world)
    : world_(world), mesh_(mesh_of(zone)), portals_(portals_of(mesh_, zone)) {
  if (zone.spawn_points.empty()) return;
  const SpawnPoint& first = zone.spawn_points.front();
  const float foot_max = std::max(first.height_m, world.terrain().height_at(first.place));
  entrance_ = {first.place.x, foot_max, first.place.z};
}

Guide::Guide(const Ground& ground)
    : ground_(ground),
      near_(ground.mesh(), kLimits),
      far_(ground.mesh(), ground.portals(), kLimits),
      found_(nav::kPathCornersMax) {}

Guide::Way Guide::find_way(math::Vec3 from, math::Vec3 to, std::span<math::Vec3> corners) {
  if (searches_left_ == 0) return {.answer = Answer::Later};
  --searches_left_;
  if (!ground_.has_mesh()) {
    corners[0] = to;
    return {.answer = Answer::Way, .corners = 1, .whole = true};
  }
  // Without this look, the search for what cannot be reached would turn over every polygon.
  if (!far_.connected(from, to)) return {};
  const std::span found(found_.data(), std::min(found_.size(), corners.size() + 1));
  std::uint32_t count = 0;
  bool whole = false;
  if (length(flat(to) - flat(from)) <= kShortWay_m) {
    const nav::Path path = near_.find_path(from, to, found);
    if (path.outcome == nav::PathOutcome::Complete) count = path.corners;
    whole = !path.truncated;
  }
  if (count == 0) {                   // far, or near but round many corners
    std::array<math::Vec3, 2> stops;  // the detailed stretch leads to the second one
    const nav::LongPath path = far_.find_path(from, to, stops, found);
    if (path.outcome != nav::PathOutcome::Complete || path.corners == 0) return {};
    count = path.corners;
    whole = !path.truncated && distance(found[count - 1], stops[path.stops - 1]) < kSamePlace_m;
  }
  if (count == 1) {  // it stands there
    corners[0] = found[0];
    return {.answer = Answer::Way, .corners = 1, .whole = whole};
  }
  std::copy_n(found.begin() + 1, count - 1, corners.begin());
  return {.answer = Answer::Way, .corners = count - 1, .whole = whole};
}

math::Vec3 Guide::straight_on(math::Vec3 from, math::Vec3 to) const {
  if (!ground_.has_mesh()) return to;
  const auto ray = near_.raycast(from, to);
  return ray ? ray->end : to;
}

std::optional<math::Vec3> Guide::standing_at(math::Vec3 place) const {
  const physics::CollisionWorld& world = ground_.world();
  math::Vec3 found = place;
  if (ground_.has_mesh()) {
    const auto on_mesh = near_.nearest_point(place, kLimits.snap_m);
    if (!on_mesh) return std::nullopt;
    found = *on_mesh;
    const auto entrance = ground_.entrance();
    if (entrance && !far_.connected(found, *entrance)) return std::nullopt;
  }
  found.y = world.floor_at(flat(found), kBody.radius, found.y + kAboveMesh_m);
  if (found.y < world.water_level_m() || !world.is_free(found, kBody)) return std::nullopt;
  return found;
}

std::optional<math::Vec3> Guide::standing_place(math::Vec2 wanted, float reach_m) const {
  const physics::CollisionWorld& world = ground_.world();
  const auto look_at = [&](math::Vec2 place) {
    place = world.inside_bounds(place, 2 * kBody.radius);
    return standing_at({place.x, world.terrain().height_at(place), place.z});
  };
  if (const auto here = look_at(wanted)) return here;
  for (float ring_m = kRing_m; ring_m <= reach_m; ring_m += kRing_m) {
    const float count = std::ceil(math::kTwoPi * ring_m / kRing_m);
    for (float i = 0; i < count; ++i) {
      const float angle = math::wrap_angle(math::kTwoPi * i / count);
      const auto there = look_at(wanted + math::direction_of_heading(angle) * ring_m);
      if (there) return there;
    }
  }
  return std::nullopt;
}

}  // namespace tessera::bots
