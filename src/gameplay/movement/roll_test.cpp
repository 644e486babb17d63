// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/movement/roll.h"

#include <gtest/gtest.h>

#include "engine/math/angles.h"
#include "engine/physics/box.h"
#include "gameplay/movement/character_motion.h"

namespace tessera::movement {
namespace {

constexpr InputFrame kEast{.move_x = 127};
constexpr InputFrame kRollEast{.move_x = 127, .buttons = kButtonDodge};
constexpr InputFrame kBlockEast{.move_x = 127, .buttons = kButtonBlock};

struct Ground {
  explicit Ground(std::vector<physics::BoxShape> boxes = {})
      : world({{0, 0}, {128, 128}}, physics::HeightField{}, physics::triangles_of(boxes)) {}
  void run(const InputFrame& frame, int count, std::uint8_t speed_percent = kOwnSpeed) {
    for (int i = 0; i < count; ++i) step_character(world, state, frame, {}, speed_percent);
  }
  float way() const { return length(flat(state.position) - math::Vec2{20, 20}); }

  physics::CollisionWorld world;
  MotionState state{.position = {20, 0, 20}};
};

TEST(Roll, GoesFourAndAHalfMetresWhereOneGoes) {
  Ground ground;
  ground.run(kRollEast, 1);
  EXPECT_TRUE(is_rolling(ground.state.roll));
  ground.run({}, kRollTicks - 1);  // what is asked for meanwhile does not bend it
  EXPECT_NEAR(ground.state.position.x, 24.5f, 0.01f);
  EXPECT_NEAR(ground.state.position.z, 20, 0.01f);
  ground.run({}, 10);
  EXPECT_FALSE(is_rolling(ground.state.roll));
  EXPECT_NEAR(ground.way(), 4.5f, 0.01f);
}

TEST(Roll, GoesBackFromAStand) {
  Ground ground;
  ground.run({.aim = math::quantise_angle(math::kHalfPi), .buttons = kButtonDodge}, kRollTicks);
  EXPECT_NEAR(ground.state.position.x, 15.5f, 0.01f);
}

TEST(Roll, BeginsWithAPressAndNotAgainBeforeItsPauseIsOver) {
  Ground ground;
  ground.run({.buttons = kButtonDodge}, 300);
  EXPECT_NEAR(ground.way(), 4.5f, 0.01f) << "held down it is one roll";
  Ground eager;
  for (int i = 0; i < kRollAgainTicks / 2; ++i) {
    eager.run({.buttons = kButtonDodge}, 1);
    eager.run({}, 1);
  }
  EXPECT_NEAR(eager.way(), 4.5f, 0.01f);
  eager.run({.buttons = kButtonDodge}, 1);
  EXPECT_TRUE(is_rolling(eager.state.roll));
}

TEST(Roll, NeedsFirmGroundAndFreedom) {
  Ground held;
  held.run(kRollEast, kRollTicks, 0);
  EXPECT_EQ(held.way(), 0);
  held.run(kRollEast, kRollTicks);
  EXPECT_NEAR(held.way(), 5.5f * kRollTicks / 60, 0.01f) << "the press was in vain: it runs";
  Ground jumps;
  jumps.run({.buttons = kButtonJump}, 5);
  jumps.run({.buttons = kButtonDodge}, 5);
  EXPECT_FALSE(is_rolling(jumps.state.roll));
  EXPECT_EQ(jumps.way(), 0);
  Ground slowed;
  slowed.run(kRollEast, kRollTicks, 50);
  EXPECT_NEAR(slowed.way(), 2.25f, 0.01f);
}

TEST(Roll, IsNoWayToJumpFarther) {
  Ground ground;
  ground.run({.move_x = 127, .buttons = kButtonDodge | kButtonJump}, kRollTicks);
  EXPECT_TRUE(ground.state.grounded);
  Ground ledge({{{10, 2, 20}, {10.5f, 2, 4}, 0}});
  ledge.state.position = {20, 4, 20};
  for (int i = 0; i < 20 && ledge.state.grounded; ++i) ledge.run(kRollEast, 1);
  ASSERT_FALSE(ledge.state.grounded);
  EXPECT_FALSE(is_rolling(ledge.state.roll));
  EXPECT_LE(ledge.state.velocity_m_per_s.x, 5.501f);
}

TEST(Roll, EndsWhenABlowThrowsOneAndKeepsTheThrow) {
  Ground ground;
  ground.run(kRollEast, 5);
  throw_character(ground.state, {0, 5, 20});
  ground.run(kRollEast, 1);
  EXPECT_FALSE(is_rolling(ground.state.roll));
  EXPECT_GT(ground.state.velocity_m_per_s.z, 19);
}

TEST(Roll, StopsAtAWall) {
  Ground ground({{{24, 2, 20}, {1, 2, 4}, 0}});
  ground.run(kRollEast, kRollTicks);
  EXPECT_NEAR(ground.state.position.x, 22.6f, 0.05f);
}

TEST(Block, HalvesTheSpeedAndKeepsOneOnTheGround) {
  Ground ground;
  ground.run(kBlockEast, 60);
  EXPECT_NEAR(ground.way(), 2.75f, 0.01f);
  ground.run({.buttons = kButtonBlock | kButtonJump}, 1);
  EXPECT_TRUE(ground.state.grounded);
  ground.run(kEast, 60);
  EXPECT_NEAR(ground.way(), 8.25f, 0.01f);
}

TEST(Block, DoesNotHinderARoll) {
  Ground ground;
  ground.run({.move_x = 127, .buttons = kButtonBlock | kButtonDodge}, kRollTicks);
  EXPECT_NEAR(ground.way(), 4.5f, 0.01f);
}

}  // namespace
}  // namespace tessera::movement
