// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What content says about a zone, in typed form: loaded once (world/content), never changed while
// the zone runs, and read by the rules as a resource.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/tick.h"
#include "engine/math/vec.h"
#include "engine/physics/box.h"
#include "engine/physics/collision_world.h"
#include "engine/physics/height_field.h"
#include "engine/physics/static_geometry.h"
#include "gameplay/definitions/navigation_data.h"
#include "gameplay/definitions/rulebook.h"
#include "gameplay/definitions/scenery.h"

namespace tessera {

/// Of triangles: solid, but navigation does not lead over it.
inline constexpr std::uint8_t kNotWalkable = 1;

/// Where characters enter that have no saved position, or one that is not free any more.
struct SpawnPoint {
  math::Vec2 place{};
  float heading = 0;   ///< radians
  float height_m = 0;  ///< of the ground or floor that carries one there
};

/// Where those stand who come from another zone; its portals (Area::leads_to) name it.
struct Arrival {
  std::string name;
  SpawnPoint at;
};

/// How much room a creature takes: as a person, a rider, a dragon. engine/nav has a mesh for each.
enum class CreatureSize : std::uint8_t { Small, Medium, Large };

/// A kind of creature and how it wanders.
struct CreatureDefinition {
  std::uint16_t id = 0;  ///< 1 and up, in the order of the content; Appearance::definition
  std::string name;      ///< at most kNameBytesMax bytes
  std::uint32_t look = 0;
  std::uint32_t share = 1;  ///< of the zone's creatures, relative to the other kinds
  CreatureSize size = CreatureSize::Small;
  std::string fights_as{};   ///< the name of its class in the rulebook; empty: nobody can touch it
  bool is_hostile = false;   ///< attacks players; others only defend themselves
  std::string behaves_as{};  ///< the name of its behaviour in the rulebook; empty: it only strolls
  std::uint16_t level_min = 1;
  std::uint16_t level_max = 1;
  float walk_m_per_s = 1.2f;
  float run_m_per_s = 6;     ///< in a fight
  float roam_radius_m = 20;  ///< how far from its home it goes
  float pause_s_min = 2;
  float pause_s_max = 10;
  /// Homes lie in this ring round the centre of the zone.
  float home_distance_m_min = 0;
  float home_distance_m_max = 1000;
};

struct ZoneDefinition {
  std::string name;          ///< one lower-case word; also its folder
  std::string title;         ///< for people
  bool is_instance = false;  ///< a dungeon: every group has one of its own
  physics::Rectangle bounds{{0, 0}, {4096, 4096}};
  /// A zone without terrain has flat ground at bottom_m here.
  physics::HeightField terrain;
  bool has_terrain = true;
  float bottom_m = -1000;          ///< nobody falls below
  float water_level_m = kNoWater;  ///< ground below is under water
  /// Of zones that are made by hand, in tests. Content has its boxes in `geometry`.
  std::vector<physics::BoxShape> boxes;
  /// What content was compiled to; null in zones that are made by hand.
  std::shared_ptr<const physics::StaticGeometry> geometry;
  std::vector<std::uint8_t> triangle_flags;  ///< of geometry->solids: kNotWalkable
  std::vector<std::string> door_names;       ///< of geometry->doors; each has its own
  NavigationData navigation;
  Weather weather;
  Light light;
  std::vector<Area> areas;
  std::vector<Road> roads;
  std::vector<SpawnPoint> spawn_points;
  std::vector<Arrival> arrivals;  ///< each has its own name
  std::vector<CreatureDefinition> creatures;
  std::uint32_t creature_count = 0;
  std::uint32_t players_max = 5000;
  /// How fighting goes; the same for all zones of a world. Null: nobody can do anything.
  std::shared_ptr<const Rulebook> rules;
  std::uint64_t content_hash = 0;  ///< of all files it was made from, and the format of the result

  /// The kind with this id; null when there is none. Constant time.
  const CreatureDefinition* find_creature(std::uint32_t id) const {
    return id >= 1 && id <= creatures.size() ? &creatures[id - 1] : nullptr;
  }
};

/// The zone's rulebook, which may be an empty one.
inline const Rulebook& rules_of(const ZoneDefinition& zone) {
  static const Rulebook kNone;
  return zone.rules != nullptr ? *zone.rules : kNone;
}

/// The zone's ground and all that is solid, ready to be asked.
inline physics::CollisionWorld make_collision_world(const ZoneDefinition& zone) {
  if (zone.geometry != nullptr) return physics::CollisionWorld(zone.geometry);
  return {zone.bounds, zone.terrain, physics::triangles_of(zone.boxes)};
}

}  // namespace tessera
