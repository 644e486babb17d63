// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/doors/doors.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/random.h"
#include "engine/physics/testing/wall_with_doors.h"
#include "gameplay/testing/test_world.h"

namespace tessera::doors {
namespace {

using Numbers = std::vector<std::uint32_t>;

ZoneDefinition zone_with_doors() {
  ZoneDefinition zone = test_zone();
  zone.geometry = physics::wall_with_doors();
  return zone;
}

class DoorsTest : public ::testing::Test {
 protected:
  EntityId stand(float x, float z, float y = 0) {
    return world.registry.create(Position{{x, y, z}}, Velocity{});
  }
  void put(EntityId entity, float x, float z, float y = 0) {
    world.registry.get<Position>(entity)->metres = {x, y, z};
  }
  /// Runs a pass and the tick in which it counts.
  void pass() {
    opened.clear();
    closed.clear();
    for (TickNumber i = 0; i < kPassInterval; ++i) {
      world.step();
      for (const DoorOpened& event : world.events<DoorOpened>()) opened.push_back(event.door);
      for (const DoorClosed& event : world.events<DoorClosed>()) closed.push_back(event.door);
    }
    world.step();
  }
  bool is_open(std::size_t door) {
    return std::as_const(world.registry).singleton<Doors>().is_open(door);
  }

  TestWorld world{zone_with_doors()};
  Numbers opened;
  Numbers closed;
};

TEST_F(DoorsTest, OpenForWhoComesNearAndCloseBehindHim) {
  const EntityId ann = stand(100, 103);
  pass();
  EXPECT_EQ(opened, Numbers{});
  put(ann, 100, 102.4f);
  pass();
  EXPECT_EQ(opened, Numbers{1});
  EXPECT_TRUE(is_open(1));
  EXPECT_TRUE(world.collision.is_open(1));
  EXPECT_FALSE(is_open(0));
  put(ann, 100, 97);
  pass();
  EXPECT_EQ(closed, Numbers{}) << "he is 2.9 m beyond it";
  put(ann, 100, 96);
  pass();
  EXPECT_EQ(closed, Numbers{1});
  EXPECT_FALSE(world.collision.is_open(1));
}

TEST_F(DoorsTest, StayOpenUntilTheLastOneHasGone) {
  const EntityId ann = stand(100, 101);
  const EntityId bert = stand(99, 99);
  pass();
  EXPECT_EQ(opened, Numbers{1});
  put(ann, 100, 150);
  pass();
  EXPECT_TRUE(is_open(1));
  world.registry.destroy(bert);
  pass();
  EXPECT_EQ(closed, Numbers{1});
}

TEST_F(DoorsTest, DoNotCareForWhoIsAboveOrBelow) {
  stand(100, 100, 2.6f);
  stand(40, 100, -2.0f);
  stand(220, 100, 2.2f);
  pass();
  EXPECT_EQ(opened, Numbers{2});
}

TEST_F(DoorsTest, AreToldByGrowingNumber) {
  stand(220, 101);
  const EntityId ann = stand(100, 101);
  stand(40, 99);
  pass();
  EXPECT_EQ(opened, (Numbers{0, 1, 2}));
  put(ann, 10, 10);
  pass();
  EXPECT_EQ(closed, Numbers{1});
}

TEST_F(DoorsTest, LetAPlayerThroughWhoWalks) {
  const EntityId ann = world.enter(1, math::Vec3{100, 0, 108});
  for (std::uint32_t frame = 1; frame <= 180; ++frame) {
    movement::MoveInputs intent{.entity = ann, .first_frame = frame, .count = 1};
    intent.frames[0].move_z = -127;
    world.intend(intent);
    world.step();
  }
  EXPECT_NEAR(world.get<Position>(ann).metres.z, 108 - 180 * 5.5f / 60, 0.05f) << "without a stop";
  EXPECT_FALSE(is_open(1));
}

TEST_F(DoorsTest, CloseOnNobodyHoweverHeMoves) {
  const std::uint64_t seed = 7;
  RandomStream random(seed);
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::vector<EntityId> crowd;
  std::vector<movement::InputFrame> ways(3);
  for (std::uint64_t i = 1; i <= ways.size(); ++i) {
    crowd.push_back(world.enter(i, math::Vec3{random.between(98, 102), 0, 104}));
  }
  std::uint32_t first = 1;
  int closings = 0;
  for (int round = 0; round < 2000; ++round, first += 8) {
    for (std::size_t i = 0; i < crowd.size(); ++i) {
      const math::Vec3 place = world.get<Position>(crowd[i]).metres;
      if (random.chance(0.15f)) {  // to the doorway again, from either side
        const float beyond = place.z > 100 ? 94.0f : 106.0f;
        ways[i].move_x = static_cast<std::int8_t>(std::clamp((100 - place.x) * 40, -127.f, 127.f));
        ways[i].move_z =
            static_cast<std::int8_t>(std::clamp((beyond - place.z) * 40, -127.f, 127.f));
        if (random.chance(0.2f)) ways[i] = {};
      }
      movement::MoveInputs intent{.entity = crowd[i], .first_frame = first, .count = 8};
      intent.frames.fill(ways[i]);
      world.intend(intent);
    }
    for (int tick = 0; tick < 8; ++tick) {
      world.step();
      closings += static_cast<int>(world.events<DoorClosed>().size());
      physics::CollisionWorld next = world.collision;
      take_over(std::as_const(world.registry).singleton<Doors>(), next);
      for (const EntityId entity : crowd) {
        const math::Vec3 foot = world.get<Position>(entity).metres;
        ASSERT_TRUE(next.is_free(foot, {})) << foot.x << " " << foot.z << " tick " << world.now;
      }
    }
  }
  EXPECT_GT(closings, 20);
}

TEST_F(DoorsTest, AreTheSameAfterACheckpoint) {
  stand(40, 100);
  pass();
  std::vector<std::byte> checkpoint;
  world.registry.serialise(checkpoint);
  TestWorld other(zone_with_doors());
  ASSERT_TRUE(other.registry.deserialise(checkpoint));
  EXPECT_EQ(other.registry.hash(), world.registry.hash());
  other.now = world.now;
  other.step();
  EXPECT_TRUE(other.collision.is_open(0));
  other.registry.singleton<Doors>().open[0] = 0;
  EXPECT_NE(other.registry.hash(), world.registry.hash());
}

}  // namespace
}  // namespace tessera::doors
