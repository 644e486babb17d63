// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/math/angles.h"
#include "gameplay/skirmish/rules.h"
#include "gameplay/testing/test_world.h"

namespace tessera::skirmish {
namespace {

using math::Vec3;

constexpr Vec3 kHere{100, 0, 100};

ThrowStone stone(EntityId thrower, float pitch = 0, std::uint32_t action = 1, float heading = 0) {
  return {.entity = thrower,
          .action = action,
          .aim = math::quantise_angle(heading),
          .pitch = math::quantise_angle(pitch)};
}

std::optional<EntityId> the_stone(const TestWorld& world) {
  std::optional<EntityId> found;
  world.registry.view<const Stone>().each([&](EntityId id, const Stone&) { found = id; });
  return found;
}
std::size_t stones(const TestWorld& world) { return world.registry.view<const Stone>().size(); }

TEST(ThrowStones, LetsAStoneFlyThatOthersSeeAndAnswersInTheSameTick) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  world.intend(stone(ann, 0.5f, 42, math::kPi / 2));
  world.step();
  ASSERT_EQ(world.events<ActionDone>().size(), 1u);
  EXPECT_EQ(world.events<ActionDone>()[0].action, 42u);
  EXPECT_EQ(world.events<ActionDone>()[0].count, 1u);
  const auto thrown = the_stone(world);
  ASSERT_TRUE(thrown);
  EXPECT_EQ(world.get<Appearance>(*thrown).kind, EntityKind::Projectile);
  EXPECT_EQ(world.get<Velocity>(*thrown).grounded, 0u) << "its height is told";
  EXPECT_EQ(world.get<Stone>(*thrown).thrower, ann);
  world.step(29);
  // After half a second: 16 m/s along 0.5 rad, less the fall.
  const Vec3 flown = world.get<Position>(*thrown).metres - kHere;
  EXPECT_NEAR(flown.x, 16 * 0.8776f / 2, 0.02f);
  EXPECT_NEAR(flown.y, kHandHeight_m + 16 * 0.4794f / 2 - 9.81f / 8, 0.02f);
  EXPECT_NEAR(flown.z, 0, 0.01f);
}

TEST(ThrowStones, RefusesUntilTheCooldownIsOver) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  world.intend(stone(ann));
  world.intend(stone(ann, 0, 2));
  world.step();
  ASSERT_EQ(world.events<ActionRefused>().size(), 1u);
  EXPECT_EQ(world.events<ActionRefused>()[0].reason, ActionRefusal::OnCooldown);
  EXPECT_EQ(world.events<ActionRefused>()[0].action, 2u);
  world.step(kThrowCooldownTicks - 1);
  world.intend(stone(ann));
  world.step();
  EXPECT_EQ(world.events<ActionDone>().size(), 1u);
}

TEST(ThrowStones, RefusesWhileTooManyOfHisAreInTheAir) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  for (std::uint32_t i = 0; i < kStonesInAirMax; ++i) {
    world.intend(stone(ann, 1.4f));  // almost straight up: 3.2 s
    world.step(static_cast<int>(kThrowCooldownTicks));
  }
  EXPECT_EQ(stones(world), kStonesInAirMax);
  world.intend(stone(ann, 1.4f));
  world.step();
  ASSERT_EQ(world.events<ActionRefused>().size(), 1u);
  EXPECT_EQ(world.events<ActionRefused>()[0].reason, ActionRefusal::TooManyInTheAir);
  world.step(static_cast<int>(kStoneTicks));
  EXPECT_EQ(stones(world), 0u) << "each ended by itself";
  EXPECT_EQ(world.get<Readiness>(ann).stones_in_air, 0u);
}

TEST(ThrowStones, TakesEveryPitch) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  for (const float pitch : {-3.1f, -1.5f, 0.0f, 1.6f, 3.1f}) {
    world.intend(stone(ann, pitch));
    world.step(static_cast<int>(kStoneTicks) + 1);
    EXPECT_EQ(stones(world), 0u) << pitch;
    EXPECT_EQ(world.get<Velocity>(ann).metres_per_s, Vec3{}) << "never its own thrower";
  }
}

TEST(ThrowStones, IgnoresWhoIsGone) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  world.intend(stone(ann, 1.5f));
  world.step();
  world.intend(presence::LeaveWorld{.session = {1}});
  world.step();
  world.intend(stone(ann));
  world.step();
  EXPECT_TRUE(world.events<ActionDone>().empty());
  EXPECT_EQ(stones(world), 1u) << "the stone flies on without its thrower";
  world.step(static_cast<int>(kStoneTicks));
  EXPECT_EQ(stones(world), 0u);
}

TEST(FlyStones, PushesSoftlyWhomItStrikesAndEnds) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  const EntityId bob = world.enter(2, kHere + Vec3{0, 0, -8});
  world.intend(stone(ann, 0.1f));
  std::vector<StoneHit> hits;
  for (int tick = 0; tick < 60; ++tick) {
    world.step();
    for (const StoneHit& hit : world.events<StoneHit>()) hits.push_back(hit);
  }
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].thrower, ann);
  EXPECT_EQ(hits[0].target, bob);
  EXPECT_NEAR(hits[0].point.z, 92.4f, 0.05f);
  EXPECT_EQ(stones(world), 0u);
  EXPECT_FALSE(world.registry.alive(hits[0].stone));
  EXPECT_EQ(world.get<Readiness>(ann).stones_in_air, 0u);
  const float pushed = 92 - world.get<Position>(bob).metres.z;
  EXPECT_NEAR(pushed, 0.3f, 0.08f);
}

TEST(FlyStones, StrikesRunnersWhereTheyAreInTheMomentOfTheTouch) {
  TestWorld world;
  const EntityId ann = world.enter(1, kHere);
  const EntityId bob = world.enter(2, kHere + Vec3{-2.75f, 0, -8});  // there in half a second
  world.intend(stone(ann, 0.1f));
  int hits = 0;
  for (std::uint32_t frame = 1; frame <= 60; ++frame) {
    movement::MoveInputs run{.entity = bob, .first_frame = frame, .count = 1};
    run.frames[0].move_x = 127;
    world.intend(run);
    world.step();
    hits += static_cast<int>(world.events<StoneHit>().size());
  }
  EXPECT_EQ(hits, 1);
}

TEST(FlyStones, StopsAtWallsAndTheGround) {
  ZoneDefinition zone = test_zone();
  zone.boxes = {{kHere + Vec3{0, 2, -4}, {3, 2, 0.2f}, 0}};
  TestWorld world(zone);
  const EntityId ann = world.enter(1, kHere);
  const EntityId bob = world.enter(2, kHere + Vec3{0, 0, -8});
  world.intend(stone(ann, 0));
  world.step(30);
  EXPECT_EQ(stones(world), 0u);
  EXPECT_EQ(world.get<Velocity>(bob).metres_per_s, Vec3{});
  world.intend(stone(ann, 0, 2, math::kPi));
  world.step(20);
  EXPECT_EQ(stones(world), 1u);
  world.step(40);
  EXPECT_EQ(stones(world), 0u) << "it fell to the ground";
}

TEST(FlyStones, PushesNobodyInASafeAreaAndFliesFromNone) {
  ZoneDefinition zone = test_zone();
  zone.areas = {{.name = "market",
                 .centre = {100, 90},
                 .half_size = {5, 5},
                 .low_m = -1,
                 .high_m = 10,
                 .properties = static_cast<std::uint8_t>(AreaProperty::Safe)}};
  TestWorld world(zone);
  const EntityId ann = world.enter(1, kHere);
  const EntityId bob = world.enter(2, kHere + Vec3{0, 0, -8});
  world.intend(stone(ann, 0.1f));
  world.intend(stone(bob, 0.1f, 2));
  world.step();
  ASSERT_EQ(world.events<ActionRefused>().size(), 1u);
  EXPECT_EQ(world.events<ActionRefused>()[0].entity, bob);
  EXPECT_EQ(world.events<ActionRefused>()[0].reason, ActionRefusal::SafeArea);
  for (int tick = 0; tick < 40; ++tick) {
    world.step();
    EXPECT_TRUE(world.events<StoneHit>().empty());
  }
  EXPECT_EQ(stones(world), 0u) << "it ended all the same";
  EXPECT_EQ(world.get<Position>(bob).metres, (kHere + Vec3{0, 0, -8}));
}

TEST(FlyStones, EndsAtTheEdgeOfTheWorld) {
  TestWorld world;
  const EntityId ann = world.enter(1, Vec3{100, 0, 2});
  world.intend(stone(ann, 0.5f));
  world.step(20);
  EXPECT_EQ(stones(world), 0u);
  EXPECT_EQ(world.get<Readiness>(ann).stones_in_air, 0u);
}

}  // namespace
}  // namespace tessera::skirmish
