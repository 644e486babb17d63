// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "gameplay/movement/movement.h"
#include "gameplay/testing/test_world.h"

namespace tessera::movement {
namespace {

constexpr InputFrame kEast{.move_x = 127};

MoveInputs inputs(EntityId entity, std::uint32_t first, std::uint32_t count, InputFrame frame) {
  MoveInputs intent{.entity = entity, .first_frame = first, .count = count};
  for (std::uint32_t i = 0; i < std::min<std::size_t>(count, intent.frames.size()); ++i) {
    intent.frames[i] = frame;
  }
  return intent;
}

TEST(MovePlayers, RunsTheFramesOfAClient) {
  TestWorld world;
  const EntityId ann = world.enter(1, math::Vec3{50, 0, 50});
  for (std::uint32_t batch = 0; batch < 20; ++batch) {
    world.intend(inputs(ann, batch * 3 + 1, 3, kEast));
    world.step(3);
  }
  EXPECT_NEAR(world.get<Position>(ann).metres.x, 55.5f, 0.01f);
  EXPECT_NEAR(world.get<Velocity>(ann).metres_per_s.x, 5.5f, 0.01f);
  EXPECT_EQ(world.get<InputQueue>(ann).last_applied, 60u);
}

TEST(MovePlayers, StopsWhoseClientFallsSilent) {
  TestWorld world;
  const EntityId ann = world.enter(1, math::Vec3{50, 0, 50});
  world.intend(inputs(ann, 1, 1, kEast));
  world.step(20);
  EXPECT_EQ(world.get<Velocity>(ann).metres_per_s, math::Vec3{});
  EXPECT_NEAR(world.get<Position>(ann).metres.x, 50.09f, 0.01f);
}

TEST(MovePlayers, LandsAJumperWhoseClientFallsSilent) {
  TestWorld world;
  const EntityId ann = world.enter(1, math::Vec3{50, 0, 50});
  world.intend(inputs(ann, 1, 1, {.buttons = kButtonJump}));
  world.step();
  EXPECT_EQ(world.get<Velocity>(ann).grounded, 0u);
  world.step(60);
  EXPECT_EQ(world.get<Velocity>(ann).grounded, 1u);
  EXPECT_EQ(world.get<Position>(ann).metres.y, 0);
}

TEST(MovePlayers, KeepsTheHeadingWhileNobodySends) {
  TestWorld world;
  const EntityId ann = world.enter(1, math::Vec3{50, 0, 50});
  world.intend(inputs(ann, 1, 1, {.aim = 12345}));
  world.step();
  const float heading = world.get<Heading>(ann).radians;
  world.step(100);
  EXPECT_EQ(world.get<Heading>(ann).radians, heading);
}

TEST(MovePlayers, IgnoresWhoIsGoneAndCountsBeyondTheFrames) {
  TestWorld world;
  world.intend(inputs(EntityId{}, 1, 3, kEast));
  world.intend(inputs(EntityId::make(1, 5, 99), 1, 3, kEast));
  const EntityId ann = world.enter(1, math::Vec3{50, 0, 50});
  world.intend(inputs(ann, 1, 0xffffffff, kEast));
  world.step(8);
  EXPECT_NEAR(world.get<Position>(ann).metres.x, 50 + 8 * 5.5f / 60, 0.01f);
}

// Clients that send any number of frames, with any numbers, at any time: over any stretch of ticks
// nobody moves farther than the clock allows.
TEST(MovePlayers, NobodyMovesFasterThanTheClock) {
  constexpr std::uint64_t kSeed = 71;
  SCOPED_TRACE(kSeed);
  RandomStream random(kSeed);
  TestWorld world;
  std::vector<EntityId> players;
  std::vector<std::uint32_t> next(40, 1);
  for (std::uint64_t i = 1; i <= 40; ++i) players.push_back(world.enter(i, math::Vec3{10, 0, 128}));
  const TickNumber begin = world.now;
  for (int tick = 0; tick < 1200; ++tick) {
    for (std::size_t i = 0; i < players.size(); ++i) {
      while (random.chance(0.4f)) {
        const std::uint32_t count = random.below(9);
        world.intend(
            inputs(players[i], next[i] - std::min(next[i], random.below(3)), count, kEast));
        next[i] += random.chance(0.9f) ? count : random.below(30);
      }
    }
    world.step();
    for (const EntityId player : players) {
      const float way = world.get<Position>(player).metres.x - 10;
      const auto ticks = static_cast<float>(world.now - begin + 40);
      ASSERT_LE(way, ticks * 5.5f / 60 * 1.001f + 0.01f);
    }
  }
}

}  // namespace
}  // namespace tessera::movement
