// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour/places.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/angles.h"
#include "gameplay/doors/door_index.h"

namespace tessera::bots {
namespace {

constexpr float kGoldenAngle = 2.39996323f;
constexpr std::string_view kMarketName = "market";
/// A crowd spills over the market's edge; there, where it is not safe, shoves and stones hit.
constexpr float kSpill_m = 14;
/// In a zone that names no market.
constexpr float kCrowdRadius_m = 50;
constexpr float kFromEdge_m = 2;
constexpr float kBetweenStops_m = 20;
/// From a road's middle to where one can walk.
constexpr float kRoadside_m = 3;
/// A home in the middle of a lake moves to its shore.
constexpr float kHomeReach_m = 120;
/// A roof is higher above the floor than somebody's head.
constexpr float kHeadroom_m = 2;
constexpr float kSky_m = 1000;

bool is_under_roof(const physics::CollisionWorld& world, math::Vec3 place) {
  constexpr float kFoot_m = 0.1f;
  return world.floor_at(flat(place), kFoot_m, place.y + kSky_m) > place.y + kHeadroom_m;
}

/// A place behind the door: on some side of its leaf there is a roof above.
std::optional<math::Vec3> room_behind(const physics::Bounds& leaf, const Ground& ground,
                                      const Guide& guide) {
  const math::Vec2 middle{(leaf.low.x + leaf.high.x) / 2, (leaf.low.z + leaf.high.z) / 2};
  constexpr std::array<math::Vec2, 4> kSides{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
  for (const float deep_m : {3.0f, 2.0f}) {
    for (const math::Vec2 side : kSides) {
      const math::Vec2 place = middle + side * deep_m;
      const auto found = guide.standing_at({place.x, leaf.low.y, place.z});
      if (found && is_under_roof(ground.world(), *found)) return found;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Profile> profile_from_name(std::string_view name) {
  if (name == "roam") return Profile::Roam;
  if (name == "crowd") return Profile::Crowd;
  if (name == "idle") return Profile::Idle;
  if (name == "delve") return Profile::Delve;
  if (name == "fight") return Profile::Fight;
  if (name == "siege") return Profile::Siege;
  return std::nullopt;
}

Places::Places(const ZoneDefinition& zone, const Ground& ground, const Guide& guide) {
  find_portals(zone, guide);
  find_market(zone, guide);
  if (ground.has_mesh()) to_market_.build(ground.mesh(), market_.centre);
  find_road_stops(zone, guide);
  find_rooms(ground, guide);
}

void Places::find_market(const ZoneDefinition& zone, const Guide& guide) {
  math::Vec2 centre = (zone.bounds.low + zone.bounds.high) * 0.5f;
  market_.radius_m = kCrowdRadius_m;
  const auto named = std::ranges::find(zone.areas, kMarketName, &Area::name);
  if (named != zone.areas.end()) {
    centre = named->centre;
    market_.radius_m = std::min(named->half_size.x, named->half_size.z) + kSpill_m;
  }
  const math::Vec2 room = {std::min(centre.x - zone.bounds.low.x, zone.bounds.high.x - centre.x),
                           std::min(centre.z - zone.bounds.low.z, zone.bounds.high.z - centre.z)};
  radius_max_m_ = std::max(0.0f, std::min(room.x, room.z) - kFromEdge_m);
  market_.radius_m = std::min(market_.radius_m, radius_max_m_);
  const auto standing = guide.standing_place(centre, market_.radius_m);
  market_.centre = standing.value_or(math::Vec3{centre.x, 0, centre.z});
}

void Places::find_road_stops(const ZoneDefinition& zone, const Guide& guide) {
  for (std::uint32_t road = 0; road < zone.roads.size(); ++road) {
    const std::vector<math::Vec2>& points = zone.roads[road].points;
    float next_m = 0;  // along the stretch, from its beginning
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const math::Vec2 along = points[i + 1] - points[i];
      const float stretch_m = length(along);
      for (; next_m < stretch_m; next_m += kBetweenStops_m) {
        const auto place =
            guide.standing_place(points[i] + along * (next_m / stretch_m), kRoadside_m);
        if (place && !is_near_portal(flat(*place))) road_stops_.push_back({*place, road});
      }
      next_m -= stretch_m;
    }
  }
}

void Places::find_rooms(const Ground& ground, const Guide& guide) {
  const doors::DoorIndex doors(ground.world().geometry());
  for (std::size_t door = 0; door < doors.size(); ++door) {
    const auto room = room_behind(doors.leaf(door), ground, guide);
    if (room && !is_near_portal(flat(*room))) rooms_.push_back(*room);
  }
}

void Places::find_portals(const ZoneDefinition& zone, const Guide& guide) {
  for (const Area& area : zone.areas) {
    if (!area.leads_to) continue;
    const auto place = guide.standing_place(area.centre, length(area.half_size));
    if (!place) continue;
    portals_.push_back(*place);
    portal_reach_m_.push_back(length(area.half_size) + kPortalBerth_m);
  }
}

bool Places::is_near_portal(math::Vec2 place) const {
  for (std::size_t i = 0; i < portals_.size(); ++i) {
    if (length(flat(portals_[i]) - place) < portal_reach_m_[i]) return true;
  }
  return false;
}

std::vector<std::uint16_t> playable_classes(const Rulebook& rules) {
  std::vector<std::uint16_t> ids;
  for (const ClassDefinition& kind : rules.classes.all()) {
    if (kind.is_playable) ids.push_back(kind.id.value);
  }
  return ids.empty() ? std::vector<std::uint16_t>{1} : ids;
}

math::Vec3 Places::battlefield(const Guide& guide) const {
  const float north_m = std::min(kSiegeNorth_m, std::max(radius_max_m_ - kSiegeRadius_m, 0.0f));
  const math::Vec2 wanted = flat(market_.centre) - math::Vec2{0, north_m};
  return guide.standing_place(wanted, kHomeReach_m).value_or(market_.centre);
}

std::vector<math::Vec3> Places::homes(Profile profile, std::size_t count,
                                      const Guide& guide) const {
  const float area_m2 = static_cast<float>(count) * (1e6f / kRoamPerSquareKm);
  float radius_m = profile == Profile::Crowd
                       ? market_.radius_m
                       : std::min(std::sqrt(area_m2 / math::kPi), radius_max_m_);
  const bool delves = profile == Profile::Delve && !portals_.empty();
  math::Vec3 centre = delves ? portals_.front() : market_.centre;
  if (profile == Profile::Siege) {
    centre = battlefield(guide);
    radius_m = kSiegeRadius_m;
  }
  if (delves) radius_m = std::min(radius_m, kDelveRadius_m);
  float inner_m = 0;
  if (profile == Profile::Fight) {
    radius_m = std::min(kFightFar_m, radius_max_m_);
    inner_m = std::min(kFightNear_m, radius_m / 2);
  }
  std::vector<math::Vec3> homes;
  homes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const float share = (static_cast<float>(i) + 0.5f) / static_cast<float>(count);
    const float angle = math::wrap_angle(static_cast<float>(i) * kGoldenAngle);
    const math::Vec2 wanted =
        flat(centre) +
        math::direction_of_heading(angle) *
            std::sqrt(inner_m * inner_m + (radius_m * radius_m - inner_m * inner_m) * share);
    // A portal may lie in a cave: not on the hill above it.
    homes.push_back(delves ? guide.straight_on(centre, {wanted.x, centre.y, wanted.z})
                           : guide.standing_place(wanted, kHomeReach_m).value_or(centre));
  }
  return homes;
}

}  // namespace tessera::bots
