// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/movement/soft_push.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "gameplay/testing/test_world.h"

namespace tessera::movement {
namespace {

constexpr MotionRules kRules;

PushingBodies bodies_at(std::initializer_list<math::Vec3> places, float radius = 0.4f) {
  PushingBodies bodies;
  bodies.begin();
  for (const math::Vec3 place : places) bodies.add(place, radius);
  bodies.finish();
  return bodies;
}

TEST(PushingBodies, PushAwayWhoTouchesThemTheDeeperTheFaster) {
  const PushingBodies bodies = bodies_at({{10, 0, 10}});
  EXPECT_EQ(bodies.push_at({10.9f, 0, 10}), math::Vec2{});
  EXPECT_EQ(bodies.push_at({10.1f, 2, 10}), math::Vec2{}) << "on another floor";
  const math::Vec2 light = bodies.push_at({10.7f, 0, 10});
  const math::Vec2 deep = bodies.push_at({10, 0, 9.9f});
  EXPECT_GT(light.x, 0);
  EXPECT_LT(light.x, 0.5f);
  EXPECT_EQ(deep, (math::Vec2{0, -1}));
  EXPECT_EQ(bodies.push_at({10, 0, 10}), (math::Vec2{1, 0})) << "in the very middle: somewhere";
}

TEST(PushingBodies, AgreeWithALookAtAllOfThem) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    RandomStream random(seed);
    struct Body {
      math::Vec3 position;
      float radius;
    };
    std::vector<Body> all;
    PushingBodies bodies;
    bodies.begin();
    for (int i = 0; i < 400; ++i) {
      all.push_back(
          {{random.between(-300, 300), 0, random.between(-20, 20)}, random.between(0.3f, 1.8f)});
      bodies.add(all.back().position, all.back().radius);
    }
    bodies.finish();
    for (int i = 0; i < 2000; ++i) {
      const math::Vec3 place{random.between(-300, 300), 0, random.between(-22, 22)};
      math::Vec2 expected;
      for (const Body& body : all) {
        const math::Vec2 away = flat(place) - flat(body.position);
        const float room = 0.4f + body.radius;
        const float apart = length(away);
        if (apart >= room) continue;
        expected = expected + away * (std::min((1 - apart / room) * 2, 1.0f) / apart);
      }
      const float size = length(expected);
      if (size > 1) expected = expected * (1 / size);
      const math::Vec2 push = bodies.push_at(place);
      ASSERT_NEAR(push.x, expected.x, 1e-3f);
      ASSERT_NEAR(push.z, expected.z, 1e-3f);
    }
  }
}

// Whatever pushes, from wherever, into whatever: a player stays free, and no faster than he runs.
TEST(PushSoftly, NeverPushesIntoWallsNorBeyondTheRunSpeed) {
  constexpr int kWorlds = 20;
  std::size_t pushed = 0;
  for (std::uint64_t seed = 1; seed <= kWorlds; ++seed) {
    SCOPED_TRACE(seed);
    RandomStream random(seed);
    ZoneDefinition zone = test_zone();
    for (int i = 0; i < 60; ++i) {
      zone.boxes.push_back({{random.between(100, 140), 2, random.between(100, 140)},
                            {random.between(0.2f, 3), 2, random.between(0.2f, 3)},
                            random.between(-3, 3)});
    }
    const physics::CollisionWorld world = make_collision_world(zone);
    for (int i = 0; i < 500; ++i) {
      physics::Body body{{random.between(100, 140), 0, random.between(100, 140)}, true};
      if (!world.is_free(body.position, kRules.shape.capsule)) continue;
      for (int tick = 0; tick < 30 && body.grounded; ++tick) {
        const math::Vec2 push{random.between(-0.7f, 0.7f), random.between(-0.7f, 0.7f)};
        const math::Vec2 own{random.between(-3.8f, 3.8f), random.between(-3.8f, 3.8f)};
        const math::Vec2 before = flat(body.position);
        pushed += push_softly(world, kRules, push, own, body) ? 1 : 0;
        ASSERT_TRUE(world.is_free(body.position, kRules.shape.capsule));
        const math::Vec2 moved = flat(body.position) - before;
        ASSERT_LE(length(moved), kPush_m_per_sMax * kTickSeconds + 1e-4f);
        ASSERT_LE(length(own + moved * 60.0f), kRules.run_m_per_s * 1.006f);
      }
    }
  }
  EXPECT_GT(pushed, 10'000u);
}

EntityId bear_at(TestWorld& world, math::Vec3 place) {
  return spawning::spawn_creature(world.registry, Rulebook{}, {.id = 99, .name = "Bear"}, place, 0);
}

TEST(MovePlayers, GiveWayToACreatureThatStandsInThem) {
  TestWorld world;
  const EntityId ann = world.enter(1, math::Vec3{50, 0, 50});
  bear_at(world, {50.2f, 0, 50});
  world.step(30);
  const float after_half_a_second = world.get<Position>(ann).metres.x;
  EXPECT_LT(after_half_a_second, 50);
  EXPECT_GE(after_half_a_second, 49.5f) << "softly";
  world.step(600);
  EXPECT_NEAR(world.get<Position>(ann).metres.x, 49.4f, 0.05f);
  EXPECT_EQ(world.get<Velocity>(ann).metres_per_s, math::Vec3{});
}

TEST(MovePlayers, AreNotPushedByEachOther) {
  TestWorld world;
  const EntityId ann = world.enter(1, math::Vec3{50, 0, 50});
  const EntityId bob = world.enter(2, math::Vec3{50.1f, 0, 50});
  world.step(60);
  EXPECT_EQ(world.get<Position>(ann).metres.x, 50);
  EXPECT_EQ(world.get<Position>(bob).metres.x, 50.1f);
}

}  // namespace
}  // namespace tessera::movement
