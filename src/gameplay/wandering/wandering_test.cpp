// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/wandering/wandering.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/testing/test_world.h"

namespace tessera::wandering {
namespace {

CreatureDefinition deer() {
  return {.id = 1,
          .name = "Deer",
          .look = 9,
          .walk_m_per_s = 1.5f,
          .roam_radius_m = 15,
          .pause_s_min = 1,
          .pause_s_max = 3,
          .home_distance_m_min = 20,
          .home_distance_m_max = 90};
}

/// Hills, huts and creatures.
ZoneDefinition wild_zone(std::uint32_t creatures) {
  ZoneDefinition zone = test_zone();
  RandomStream random(5);
  std::vector<std::uint16_t> samples(33 * 33);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(random.below(400));
  zone.terrain = physics::HeightField(
      {.columns = 33, .rows = 33, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
  for (int i = 0; i < 60; ++i) {
    zone.boxes.push_back({{random.between(0, 256), 3, random.between(0, 256)},
                          {random.between(1, 4), 3, random.between(1, 4)},
                          random.between(-3, 3)});
  }
  zone.creatures = {deer()};
  zone.creature_count = creatures;
  return zone;
}

TEST(Populate, PlacesAllCreaturesFreeAndInTheirRing) {
  TestWorld world(wild_zone(200));
  EXPECT_EQ(world.populate(), 200u);
  std::size_t count = 0;
  world.registry.view<const Position, const Appearance, const Wander>().each(
      [&](const Position& position, const Appearance& appearance, const Wander& wander) {
        ++count;
        const float from_centre = length(flat(position.metres) - math::Vec2{128, 128});
        EXPECT_GE(from_centre, 19.9f);
        EXPECT_LE(from_centre, 90.1f);
        EXPECT_TRUE(world.collision.is_free(position.metres, {}));
        EXPECT_EQ(appearance.name.view(), "Deer");
        EXPECT_EQ(appearance.kind, EntityKind::Creature);
        EXPECT_EQ(wander.home, position.metres);
      });
  EXPECT_EQ(count, 200u);
}

TEST(Populate, SharesTheKindsAndDependsOnTheSeedOnly) {
  ZoneDefinition zone = wild_zone(400);
  zone.creatures.push_back(deer());
  zone.creatures[1].id = 2;
  zone.creatures[1].share = 3;
  TestWorld a(zone, 0, 10);
  TestWorld b(zone, 0, 10);
  TestWorld c(zone, 0, 11);
  a.populate();
  b.populate();
  c.populate();
  EXPECT_EQ(a.registry.hash(), b.registry.hash());
  EXPECT_NE(a.registry.hash(), c.registry.hash());
  int second = 0;
  a.registry.view<const Appearance>().each(
      [&](const Appearance& appearance) { second += appearance.definition == 2 ? 1 : 0; });
  EXPECT_NEAR(second, 300, 40);
}

TEST(Populate, LeavesOutWhoFindsNoRoomAndDoesNothingWithoutKinds) {
  ZoneDefinition zone = wild_zone(10);
  zone.creatures[0].home_distance_m_min = 4000;
  zone.creatures[0].home_distance_m_max = 5000;
  TestWorld far(zone);
  EXPECT_EQ(far.populate(), 0u);
  zone.creatures.clear();
  TestWorld empty(zone);
  EXPECT_EQ(empty.populate(), 0u);
}

TEST(Wander, WalksAndPausesNearHomeAndNeverLeavesFreeGround) {
  TestWorld world(wild_zone(100));
  world.populate();
  std::set<std::uint64_t> walked;
  std::set<std::uint64_t> paused;
  std::vector<std::pair<EntityId, math::Vec3>> before;
  for (int second = 0; second < 60; ++second) {
    world.step(54);
    before.clear();
    world.registry.view<const Position, const Wander>().each(
        [&](EntityId id, const Position& position, const Wander&) {
          before.emplace_back(id, position.metres);
        });
    world.step(6);
    for (const auto& [id, place] : before) {
      const Position& position = world.get<Position>(id);
      const float way = length(flat(position.metres) - flat(place));
      (way > 0 ? walked : paused).insert(id.value);
      EXPECT_LE(way, 1.5f / 10 * 1.02f);
      EXPECT_LE(length(flat(position.metres) - flat(world.get<Wander>(id).home)), 15.5f);
      EXPECT_TRUE(world.collision.is_free(position.metres, {}));
    }
  }
  EXPECT_EQ(walked.size(), 100u);
  EXPECT_EQ(paused.size(), 100u);
}

TEST(Wander, LooksWhereItGoes) {
  TestWorld world(wild_zone(50));
  world.populate();
  world.step(600);
  int walking = 0;
  world.registry.view<const Velocity, const Heading, const Wander>().each(
      [&](const Velocity& velocity, const Heading& heading, const Wander& wander) {
        const math::Vec2 way = flat(velocity.metres_per_s);
        if (wander.doing != Doing::Walks || length(way) == 0) return;
        ++walking;
        EXPECT_NEAR(length(way), 1.5f, 0.01f);
        EXPECT_NEAR(dot(math::direction_of_heading(heading.radians), way), 1.5f, 0.1f);
      });
  EXPECT_GT(walking, 5);
}

TEST(Wander, FallsWhenItsGroundIsTakenAway) {
  TestWorld world(wild_zone(0));
  const float ground = world.collision.terrain().height_at({128, 128});
  const EntityId creature =
      spawning::spawn_creature(world.registry, Rulebook{}, deer(), {128, ground + 30, 128}, 0);
  world.registry.get<Velocity>(creature)->grounded = 0;
  world.step(180);
  EXPECT_EQ(world.get<Velocity>(creature).grounded, 1u);
  EXPECT_LT(world.get<Position>(creature).metres.y, ground + 10);
}

TEST(Wander, StandsStillWhenItsKindHasGoneFromTheContent) {
  TestWorld world(wild_zone(5));
  world.populate();
  world.zone.creatures.clear();
  const auto places = [&] {
    std::vector<math::Vec3> all;
    world.registry.view<const Position, const Heading>().each(
        [&](const Position& position, const Heading& heading) {
          all.push_back(position.metres);
          all.push_back({heading.radians, 0, 0});
        });
    return all;
  };
  const auto before = places();
  EXPECT_EQ(before.size(), 10u);
  world.step(600);
  EXPECT_EQ(places(), before);
}

}  // namespace
}  // namespace tessera::wandering
