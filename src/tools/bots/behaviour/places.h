// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where bots live and what they visit: homes spread over the map, the market place, stops along the
// roads, rooms behind doors. Found once for a zone, shared by all bots, never changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/math/vec.h"
#include "engine/nav/crowd/flow_field.h"
#include "gameplay/definitions/zone_definition.h"
#include "tools/bots/behaviour/ground.h"

namespace tessera::bots {

/// Ids of the classes that players can have; {1} when content has none.
std::vector<std::uint16_t> playable_classes(const Rulebook& rules);

enum class Profile : std::uint8_t {
  Roam,   ///< 1,600 characters per square kilometre round the market; they walk, stop, emote
  Crowd,  ///< all in and at the market place; the same, and they shove and throw stones
  Idle,   ///< where Roam would be, standing still
  Fight,  ///< where creatures are, wide apart; they fight with all that they have
  Siege,  ///< within 60 m round a place outside the town, half of them against the other half
  Delve,  ///< round a way into another zone; they go in, stroll there, come out, and again
};

/// Roam, Crowd, Idle, Fight, Siege or Delve by its name in lower case.
std::optional<Profile> profile_from_name(std::string_view name);

inline constexpr float kRoamPerSquareKm = 1600;
/// So far from a portal's edge those stay who do not want to go in.
inline constexpr float kPortalBerth_m = 3;
/// Those who fight have their homes in this ring round the market.
inline constexpr float kFightNear_m = 350;
inline constexpr float kFightFar_m = 1500;
/// A siege is so wide, and its middle so far north of the market: in the Vale before the gate, with
/// a graveyard beside it.
inline constexpr float kSiegeRadius_m = 30;
inline constexpr float kSiegeNorth_m = 275;
/// Round a portal, those who delve have their homes.
inline constexpr float kDelveRadius_m = 40;

/// Where a crowd gathers: a disc over the area `market` of the zone and a little beyond; in a zone
/// without one, round its middle.
struct MarketPlace {
  math::Vec3 centre;
  float radius_m = 0;
};

/// A place on a road, some metres from the next one.
struct RoadStop {
  math::Vec3 place;
  std::uint32_t road = 0;  ///< its number in ZoneDefinition::roads
};

class Places {
 public:
  /// Some milliseconds for a zone with a hundred doors.
  Places(const ZoneDefinition& zone, const Ground& ground, const Guide& guide);

  const MarketPlace& market() const { return market_; }
  /// How to get to the market's centre, for everybody within 128 m of it.
  const nav::FlowField& to_market() const { return to_market_; }
  /// Road by road, from its beginning to its end. Stretches that nobody can walk have none.
  std::span<const RoadStop> road_stops() const { return road_stops_; }
  /// Places under a roof just behind a door.
  std::span<const math::Vec3> rooms() const { return rooms_; }
  /// The middles of areas that lead into another zone.
  std::span<const math::Vec3> portals() const { return portals_; }
  /// Within kPortalBerth_m of a portal: only who wants to leave the zone goes there.
  bool is_near_portal(math::Vec2 place) const;

  /// Where each of `count` bots is at home: evenly spread over the profile's disc (a sunflower:
  /// Vogel, A better way to construct the sunflower head, 1979), each where one can stand. The
  /// disc ends at the zone's edge. Equal for equal zones and counts.
  std::vector<math::Vec3> homes(Profile profile, std::size_t count, const Guide& guide) const;
  /// Where those who besiege meet.
  math::Vec3 battlefield(const Guide& guide) const;

 private:
  void find_market(const ZoneDefinition& zone, const Guide& guide);
  void find_road_stops(const ZoneDefinition& zone, const Guide& guide);
  void find_rooms(const Ground& ground, const Guide& guide);
  void find_portals(const ZoneDefinition& zone, const Guide& guide);

  MarketPlace market_;
  float radius_max_m_ = 0;  ///< of a disc round the market, within the zone
  nav::FlowField to_market_;
  std::vector<RoadStop> road_stops_;
  std::vector<math::Vec3> rooms_;
  std::vector<math::Vec3> portals_;
  std::vector<float> portal_reach_m_;  ///< of each: half of its diagonal and the berth
};

}  // namespace tessera::bots
