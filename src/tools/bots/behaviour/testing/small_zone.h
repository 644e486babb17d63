// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: zones that bots walk in, and a body that a behaviour moves by the step of server and
// clients.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "gameplay/doors/door_index.h"
#include "gameplay/movement/character_motion.h"
#include "tools/bots/behaviour/behaviour.h"
#include "world/content/testing/zone_folder.h"
#include "world/content/zone_loader.h"

namespace tessera::bots {

/// A zone and all that bots know of it. Stays where it is.
struct KnownZone {
  explicit KnownZone(ZoneDefinition definition) : zone(std::move(definition)) {}
  KnownZone(const KnownZone&) = delete;
  KnownZone& operator=(const KnownZone&) = delete;

  ZoneDefinition zone;
  physics::CollisionWorld world = make_collision_world(zone);
  doors::DoorIndex doors{world.geometry()};
  Ground ground{zone, world};
  Guide guide{ground};
  Places places{zone, ground, guide};
};

/// Flat ground without a navigation mesh, 1024 m by 1024 m.
inline ZoneDefinition plain() {
  ZoneDefinition zone;
  zone.name = "plain";
  zone.bounds = {{0, 0}, {1024, 1024}};
  zone.bottom_m = 0;
  zone.has_terrain = false;
  zone.spawn_points = {{{512, 512}, 0}};
  return zone;
}

/// A house with four walls, a roof, and a door in the south.
inline content::GlbScene closed_house() {
  using content::box_mesh;
  return {.meshes = {box_mesh("Floor", {-5, -1, -5}, {5, 0.15f, 5}),
                     box_mesh("North", {-5, 0, -5}, {5, 3, -4.7f}),
                     box_mesh("West", {-5, 0, -4.7f}, {-4.7f, 3, 5}),
                     box_mesh("East", {4.7f, 0, -4.7f}, {5, 3, 5}),
                     box_mesh("South", {-4.7f, 0, 4.7f}, {-1, 3, 5}),
                     box_mesh("SouthEast", {1, 0, 4.7f}, {4.7f, 3, 5}),
                     box_mesh("Roof", {-5, 3, -5}, {5, 3.3f, 5}),
                     box_mesh("Panel", {-1, 0, 4.8f}, {1, 3, 5})},
          .nodes = {{.name = "Floor", .mesh = 0},
                    {.name = "North", .mesh = 1},
                    {.name = "West", .mesh = 2},
                    {.name = "East", .mesh = 3},
                    {.name = "South", .mesh = 4},
                    {.name = "SouthEast", .mesh = 5},
                    {.name = "Roof", .mesh = 6, .extras = R"({"walkable":false})"},
                    {.name = "Door", .mesh = 7, .extras = R"({"door":"front"})"}}};
}

/// The meadow of the tests of content, 64 m by 128 m, with such a house at kHouse: compiled once.
inline constexpr math::Vec2 kHouse{30, 80};
inline KnownZone& meadow() {
  static const std::unique_ptr<KnownZone> known = [] {
    const content::ZoneFolder folder;
    folder.write("house.glb", content::encode_glb(closed_house()));
    auto zone = content::load_zone(folder.path);
    EXPECT_TRUE(zone) << zone.error().message;
    return std::make_unique<KnownZone>(zone ? *std::move(zone) : plain());
  }();
  return *known;
}
inline bool is_in_house(math::Vec3 place) {
  return place.x > kHouse.x - 5 && place.x < kHouse.x + 5 && place.z > kHouse.z - 5 &&
         place.z < kHouse.z + 5;
}

inline KnownZone& vale() {
  static KnownZone known(content::load_zone("content/zones/vale").value());
  return known;
}

/// A bot without a server: doors open for it alone.
class Walker {
 public:
  Walker(KnownZone& zone, Profile profile, math::Vec3 home, math::Vec3 start, std::uint64_t seed)
      : behaviour(profile, zone.places, home, seed), zone_(zone), world_(zone.world) {
    motion.position = start;
  }

  /// A tick of a fleet of one.
  void step() {
    for (const std::uint16_t door : zone_.doors.near(flat(motion.position))) {
      world_.set_open(door, zone_.doors.is_at(door, motion.position, doors::kOpenReach_m));
    }
    zone_.guide.begin_step();
    const movement::InputFrame frame = behaviour.next_frame(motion.position, zone_.guide);
    movement::step_character(world_, motion, frame);
    if (length(flat(motion.velocity_m_per_s)) > 0.1f) ++moving_frames;
    if (behaviour.wants_emote()) ++emotes;
  }
  float distance_to(math::Vec2 place) const { return length(flat(motion.position) - place); }

  Behaviour behaviour;
  movement::MotionState motion;
  int moving_frames = 0;
  int emotes = 0;

 private:
  KnownZone& zone_;
  physics::CollisionWorld world_;
};

}  // namespace tessera::bots
