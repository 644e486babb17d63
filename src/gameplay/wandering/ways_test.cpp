// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Creatures on a navigation mesh, and among players.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "engine/core/random.h"
#include "gameplay/testing/navigable.h"
#include "gameplay/testing/test_world.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::wandering {
namespace {

CreatureDefinition deer() {
  return {.id = 1,
          .name = "Deer",
          .walk_m_per_s = 1.5f,
          .roam_radius_m = 30,
          .pause_s_min = 0,
          .pause_s_max = 1,
          .home_distance_m_min = 0,
          .home_distance_m_max = 120};
}

/// A lake in the west, a long wall in the middle, and in the east a yard that walls close, round
/// (220, 60), and a solid block round (220, 200). Built once.
const ZoneDefinition& park() {
  static const ZoneDefinition zone = [] {
    ZoneDefinition made = test_zone();
    std::vector<std::uint16_t> samples(33 * 33, 200);
    for (std::size_t z = 8; z < 24; ++z)
      std::fill_n(samples.begin() + std::ptrdiff_t(z * 33) + 2, 6, 0);
    made.terrain = physics::HeightField(
        {.columns = 33, .rows = 33, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
    made.water_level_m = 1.5f;
    made.boxes.push_back({{128, 3, 128}, {0.5f, 4, 30}, 0});
    for (const float side : {-5.0f, 5.0f}) {
      made.boxes.push_back({{220 + side, 3, 60}, {0.5f, 4, 6}, 0});
      made.boxes.push_back({{220, 3, 60 + side}, {6, 4, 0.5f}, 0});
    }
    made.boxes.push_back({{220, 5, 200}, {15, 5, 15}, 0});
    made.spawn_points = {{{180, 128}, 0, 2}};
    made.creatures = {deer()};
    add_navigation(made, {CreatureSize::Small, CreatureSize::Medium});
    return made;
  }();
  return zone;
}

EntityId deer_at(TestWorld& world, float x, float z) {
  return spawning::spawn_creature(world.registry, Rulebook{}, deer(),
                                  {x, world.collision.terrain().height_at({x, z}), z}, 0);
}

/// Sends a creature somewhere, as a rule that decides would.
void send(TestWorld& world, EntityId creature, math::Vec3 to) {
  auto* request = world.registry.get<navigation::PathRequest>(creature);
  request->to = to;
  request->requested_at = world.now + 1;
  world.registry.get<Wander>(creature)->doing = Doing::Asks;
}

TEST(Wander, WalksRoundAWallToItsDestination) {
  TestWorld world(park());
  const EntityId creature = deer_at(world, 120, 128);
  send(world, creature, {136, 2, 128});
  int ticks = 0;
  while (length(flat(world.get<Position>(creature).metres) - math::Vec2{136, 128}) > 0.5f) {
    world.step();
    ASSERT_LT(++ticks, 60 * 90) << "it is 65 m round the wall";
    ASSERT_TRUE(world.collision.is_free(world.get<Position>(creature).metres, {}));
    if (ticks > 2 && ticks < 60 * 30) {
      ASSERT_EQ(world.get<Wander>(creature).doing, Doing::Walks);
    }
  }
  EXPECT_GT(ticks, 60 * 38);
}

TEST(Wander, GivesUpWhenItIsShutInAndTriesAgainLater) {
  TestWorld world(park());
  const EntityId creature = deer_at(world, 220, 60);
  int asked = 0;
  Doing before = Doing::Rests;
  for (int tick = 0; tick < 60 * 60; ++tick) {
    world.step();
    const Doing doing = world.get<Wander>(creature).doing;
    asked += doing == Doing::Asks && before != Doing::Asks ? 1 : 0;
    before = doing;
    const math::Vec2 place = flat(world.get<Position>(creature).metres);
    ASSERT_LT(std::max(std::fabs(place.x - 220), std::fabs(place.z - 60)), 4.2f);
    ASSERT_EQ(world.registry.singleton<navigation::PathDebt>().nodes, 0u);
  }
  EXPECT_GT(asked, 20);
}

TEST(Wander, GivesUpWhenSomethingNewIsInItsWay) {
  ZoneDefinition zone = park();
  zone.boxes.push_back({{180, 3, 128}, {0.5f, 4, 60}, 0});  // the mesh does not know
  TestWorld world(zone);
  const EntityId creature = deer_at(world, 175, 128);
  send(world, creature, {185, 2, 128});
  int ticks = 0;
  do {
    world.step();
    ASSERT_LT(++ticks, 60 * 5) << "2.7 seconds to the wall, and half a second there";
  } while (world.get<Wander>(creature).doing != Doing::Rests || ticks < 60);
  EXPECT_NEAR(world.get<Position>(creature).metres.x, 179.1f, 0.05f);
}

TEST(Wander, KeepsToFreeGroundWithinItsRoamRadius) {
  ZoneDefinition zone = park();
  zone.creature_count = 150;
  TestWorld world(zone);
  ASSERT_EQ(world.populate(), 150u);
  world.enter(1, math::Vec3{100, 2, 100});
  std::map<std::uint64_t, float> farthest;
  for (int tick = 0; tick < 60 * 60; ++tick) {
    world.step();
    if (tick % 30 != 0) continue;
    world.registry.view<const Position, const Wander>().each(
        [&](EntityId id, const Position& position, const Wander& wander) {
          EXPECT_TRUE(world.collision.is_free(position.metres, {}));
          EXPECT_GT(position.metres.y, 0.4f) << "no deeper than one can wade";
          // Round an obstacle it may get a little farther from home.
          const float away = length(flat(position.metres) - flat(wander.home));
          EXPECT_LE(away, 45);
          farthest[id.value] = std::max(farthest[id.value], away);
        });
  }
  const auto roamed = std::ranges::count_if(farthest, [](const auto& f) { return f.second > 5; });
  EXPECT_GT(roamed, 140);
}

TEST(Populate, FindsHomesThatAreDryReachableAndInNothingSolid) {
  ZoneDefinition zone = park();
  zone.creatures[0].home_distance_m_max = 170;
  zone.creatures.push_back(zone.creatures[0]);
  zone.creatures[1].id = 2;
  zone.creatures[1].size = CreatureSize::Medium;
  zone.creature_count = 400;
  TestWorld world(zone);
  ASSERT_EQ(world.populate(), 400u);
  int medium = 0;
  world.registry.view<const Position, const Wander, const crowd::Member>().each(
      [&](const Position& position, const Wander& wander, const crowd::Member& member) {
        const math::Vec3 at = position.metres;
        EXPECT_EQ(wander.home, at);
        EXPECT_GE(at.y, 1.5f);
        EXPECT_FALSE(std::fabs(at.x - 220) < 5 && std::fabs(at.z - 60) < 5) << "shut in";
        EXPECT_FALSE(std::fabs(at.x - 220) < 15 && std::fabs(at.z - 200) < 15) << "in the block";
        const CreatureSize size = zone.find_creature(wander.definition)->size;
        EXPECT_TRUE(world.collision.is_free(at, body_of(size).capsule));
        EXPECT_EQ(member.radius_m, size == CreatureSize::Medium ? 0.9f : 0.4f);
        medium += size == CreatureSize::Medium ? 1 : 0;
      });
  EXPECT_NEAR(medium, 200, 50);
}

/// How far a creature walks in ten seconds, and in how many ticks it moves.
std::pair<float, int> walk_of_ten_seconds(TestWorld& world, EntityId creature) {
  const math::Vec3 start = world.get<Position>(creature).metres;
  math::Vec3 before = start;
  int moved = 0;
  for (int tick = 0; tick < 600; ++tick) {
    world.step();
    const math::Vec3 now = world.get<Position>(creature).metres;
    moved += now == before ? 0 : 1;
    before = now;
  }
  return {length(flat(before) - flat(start)), moved};
}

TEST(Wander, WalksAsFastFarFromPlayersAsNearThemInATenthOfASecondAStep) {
  TestWorld alone(park());
  const EntityId far = deer_at(alone, 140, 20);
  send(alone, far, {164, 2, 20});
  const auto [far_way, far_steps] = walk_of_ten_seconds(alone, far);
  EXPECT_NEAR(far_way, 15, 0.4f);
  EXPECT_NEAR(far_steps, 100, 2);

  TestWorld seen(park());
  seen.enter(1, math::Vec3{150, 2, 60});
  const EntityId near = deer_at(seen, 140, 20);
  send(seen, near, {164, 2, 20});
  const auto [near_way, near_steps] = walk_of_ten_seconds(seen, near);
  EXPECT_NEAR(near_way, 15, 0.4f);
  EXPECT_GE(near_steps, 597);
}

TEST(Wander, StepsAsideForAnotherWhereAPlayerCanSeeIt) {
  TestWorld world(park());
  world.enter(1, math::Vec3{150, 2, 60});
  const EntityId east = deer_at(world, 140, 20);
  const EntityId west = deer_at(world, 156, 20);
  send(world, east, {156, 2, 20});
  send(world, west, {140, 2, 20});
  float nearest = 100;
  float aside = 0;
  for (int tick = 0; tick < 60 * 12; ++tick) {
    world.step();
    const math::Vec2 a = flat(world.get<Position>(east).metres);
    const math::Vec2 b = flat(world.get<Position>(west).metres);
    nearest = std::min(nearest, length(a - b));
    aside = std::max(aside, std::fabs(a.z - 20));
    if (a.x > 155 && b.x < 141) break;
  }
  EXPECT_GT(world.get<Position>(east).metres.x, 150);
  EXPECT_LT(world.get<Position>(west).metres.x, 146);
  EXPECT_GT(nearest, 0.55f) << "two bodies of 0.4 m";
  EXPECT_GT(aside, 0.1f);
}

/// Runs a busy park and gives the hash of every tick.
std::vector<std::uint64_t> hashes(unsigned workers, int ticks, int restored_at = -1) {
  ZoneDefinition zone = park();
  zone.creature_count = 600;
  auto world = std::make_unique<TestWorld>(zone, workers);
  world->populate();
  for (std::uint64_t i = 1; i <= 12; ++i) {
    world->enter(i, math::Vec3{130 + static_cast<float>(i) * 2, 2, 40});
  }
  std::vector<std::uint64_t> all;
  for (int tick = 0; tick < ticks; ++tick) {
    if (tick == restored_at) {
      std::vector<std::byte> checkpoint;
      world->registry.serialise(checkpoint);
      auto next = std::make_unique<TestWorld>(zone, workers);
      EXPECT_TRUE(next->registry.deserialise(checkpoint));
      next->now = world->now;
      world = std::move(next);
    }
    world->step();
    all.push_back(world->registry.hash());
  }
  return all;
}

TEST(Wander, GoesTheSameWaysWithAnyNumberOfWorkersAndAfterARestart) {
  const auto alone = hashes(0, 400);
  EXPECT_EQ(hashes(1, 400), alone);
  EXPECT_EQ(hashes(7, 400), alone);
  EXPECT_EQ(hashes(0, 400, 231), alone);
}

}  // namespace
}  // namespace tessera::wandering
