// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/prediction.h"

#include <gtest/gtest.h>

#include <deque>

#include "client/testing/shard.h"

namespace tessera::client::testing {
namespace {

movement::InputFrame run_east() { return {.move_x = 127}; }

protocol::OwnState own_state(std::uint32_t frame, math::Vec3 at) {
  return {frame, EntityId::make(1, 1, 7), {at, {}, true}};
}

class PredictionTest : public ::testing::Test {
 protected:
  /// What the server makes of the same frames.
  movement::MotionState server_after(std::uint32_t frames, const movement::InputFrame& input) {
    movement::MotionState state{.position = {100, 0, 100}};
    for (; frames > 0; --frames) movement::step_character(world_, state, input);
    return state;
  }
  physics::CollisionWorld world_ = flat_world();
  Prediction prediction_{world_};
};

TEST_F(PredictionTest, MovesAtOnceAndEqualsTheServerBitForBit) {
  EXPECT_FALSE(prediction_.started());
  prediction_.correct(own_state(0, {100, 0, 100}));
  ASSERT_TRUE(prediction_.started());
  for (int i = 0; i < 30; ++i) prediction_.step(run_east());
  const auto server = server_after(30, run_east());
  EXPECT_EQ(prediction_.state().position, server.position);
  prediction_.confirm({30, protocol::motion_check(motion_of(server))});
  EXPECT_FALSE(prediction_.wants_own_state());
  EXPECT_EQ(prediction_.corrections(), 0u);
  EXPECT_EQ(prediction_.applied_frame(), 30u);
}

TEST_F(PredictionTest, AsksForTheTruthWhenACheckDiffersAndReplaysFromIt) {
  prediction_.correct(own_state(0, {100, 0, 100}));
  for (int i = 0; i < 10; ++i) prediction_.step(run_east());
  prediction_.confirm({4, 1});
  EXPECT_TRUE(prediction_.wants_own_state());
  // The server was pushed one metre south by frame 5.
  auto pushed = server_after(5, run_east());
  pushed.position.z += 1;
  prediction_.correct({5, EntityId::make(1, 1, 7), motion_of(pushed)});
  EXPECT_FALSE(prediction_.wants_own_state());
  for (int i = 5; i < 10; ++i) movement::step_character(world_, pushed, run_east());
  EXPECT_EQ(prediction_.state(), pushed);
  EXPECT_EQ(prediction_.newest_frame(), 10u);
  EXPECT_EQ(prediction_.corrections(), 1u);
  EXPECT_NEAR(prediction_.correction_m(), 1, 1e-4f);
  // From now on the checks agree again.
  prediction_.confirm({10, protocol::motion_check(motion_of(pushed))});
  EXPECT_FALSE(prediction_.wants_own_state());
}

TEST_F(PredictionTest, ARollGoesOnFromWhereTheServerHasIt) {
  constexpr movement::InputFrame kRoll{.move_x = 127, .buttons = movement::kButtonDodge};
  prediction_.correct(own_state(0, {100, 0, 100}));
  prediction_.step(run_east());
  for (int i = 0; i < 9; ++i) prediction_.step(kRoll);
  EXPECT_TRUE(movement::is_rolling(prediction_.state().roll));
  // The server had him held when he pressed: he stood, and may roll at once when he presses anew.
  movement::MotionState held{.position = {100, 0, 100}};
  for (int i = 0; i < 5; ++i) movement::step_character(world_, held, kRoll, {}, 0);
  prediction_.correct({5, EntityId::make(1, 1, 7), motion_of(held)});
  EXPECT_FALSE(movement::is_rolling(prediction_.state().roll));
  prediction_.step(run_east());
  prediction_.step(kRoll);
  EXPECT_TRUE(movement::is_rolling(prediction_.state().roll));
  // And here it had begun his roll before he did.
  movement::MotionState rolls{.position = {100, 0, 100}};
  for (int i = 0; i < 8; ++i) movement::step_character(world_, rolls, kRoll);
  prediction_.correct({8, EntityId::make(1, 1, 7), motion_of(rolls)});
  for (int i = 8; i < 10; ++i) movement::step_character(world_, rolls, kRoll);
  movement::step_character(world_, rolls, run_east());
  movement::step_character(world_, rolls, kRoll);
  EXPECT_EQ(prediction_.state(), rolls);
}

TEST_F(PredictionTest, AnOwnStateThatAgreesIsNoCorrection) {
  prediction_.correct(own_state(0, {100, 0, 100}));
  for (int i = 0; i < 10; ++i) prediction_.step(run_east());
  prediction_.correct({6, EntityId::make(1, 1, 7), motion_of(server_after(6, run_east()))});
  EXPECT_EQ(prediction_.corrections(), 0u);
  EXPECT_EQ(prediction_.state(), server_after(10, run_east()));
}

TEST_F(PredictionTest, AnOvertakenOwnStateOrCheckIsIgnored) {
  prediction_.correct(own_state(0, {100, 0, 100}));
  for (int i = 0; i < 10; ++i) prediction_.step(run_east());
  prediction_.confirm({8, protocol::motion_check(motion_of(server_after(8, run_east())))});
  prediction_.correct(own_state(3, {500, 0, 500}));
  prediction_.confirm({2, 77});
  EXPECT_EQ(prediction_.state(), server_after(10, run_east()));
  EXPECT_FALSE(prediction_.wants_own_state());
}

TEST_F(PredictionTest, FollowsAServerThatRanAheadWithoutIt) {
  prediction_.correct(own_state(0, {100, 0, 100}));
  for (int i = 0; i < 5; ++i) prediction_.step(run_east());
  prediction_.confirm({9, 1});
  EXPECT_TRUE(prediction_.wants_own_state());
  prediction_.correct(own_state(12, {101, 0, 100}));
  EXPECT_EQ(prediction_.newest_frame(), 12u);
  EXPECT_EQ(prediction_.state().position, (math::Vec3{101, 0, 100}));
  prediction_.step(run_east());
  EXPECT_EQ(prediction_.newest_frame(), 13u);
}

TEST_F(PredictionTest, AnotherCharacterBeginsAnew) {
  prediction_.correct(own_state(0, {100, 0, 100}));
  for (int i = 0; i < 5; ++i) prediction_.step(run_east());
  prediction_.correct({0, EntityId::make(1, 2, 9), {{7, 0, 7}, {}, true}});
  EXPECT_EQ(prediction_.newest_frame(), 0u);
  EXPECT_EQ(prediction_.entity(), EntityId::make(1, 2, 9));
  EXPECT_EQ(prediction_.corrections(), 0u);
  prediction_.clear();
  EXPECT_FALSE(prediction_.started());
  prediction_.confirm({1, 1});
  EXPECT_FALSE(prediction_.wants_own_state());
}

TEST_F(PredictionTest, SendsWhatIsNotConfirmedAndNoMoreThanTheServerCanRun) {
  prediction_.correct(own_state(0, {100, 0, 100}));
  protocol::Inputs inputs;
  prediction_.frames_to_send(inputs);
  EXPECT_EQ(inputs.frame_count, 0u);
  for (int i = 0; i < 3; ++i) prediction_.step(run_east());
  prediction_.frames_to_send(inputs);
  EXPECT_EQ(inputs.frame_count, 3u);
  EXPECT_EQ(inputs.first_frame(), 1u);
  EXPECT_EQ(inputs.frames[2], run_east());
  for (int i = 0; i < 30; ++i) prediction_.step({});
  prediction_.frames_to_send(inputs);
  EXPECT_EQ(inputs.frame_count, protocol::kInputFramesMax);
  EXPECT_EQ(inputs.newest_frame, 33u);
}

TEST_F(PredictionTest, SkippedFramesStandAndALongAbsenceAsksForTheTruth) {
  prediction_.correct(own_state(0, {100, 0, 100}));
  prediction_.step(run_east());
  const auto before = prediction_.state().position;
  prediction_.skip(10);
  EXPECT_EQ(prediction_.newest_frame(), 11u);
  EXPECT_EQ(prediction_.state().position, before);
  EXPECT_FALSE(prediction_.wants_own_state());
  prediction_.skip(1000);
  EXPECT_EQ(prediction_.newest_frame(), 1011u);
  EXPECT_TRUE(prediction_.wants_own_state());
}

TEST_F(PredictionTest, FrameNumbersAreKnownByTheirLowBits) {
  prediction_.correct(own_state(65'530, {100, 0, 100}));
  for (int i = 0; i < 20; ++i) prediction_.step(run_east());
  prediction_.confirm({static_cast<std::uint16_t>(65'540), 0});
  EXPECT_EQ(prediction_.applied_frame(), 65'540u);
}

/// The whole way: input packets, the server's queue, checks in snapshots.
TEST(PredictionInAShard, EqualsTheServerWithoutACorrectionOnAGoodLink) {
  ShardOptions options{.seed = 3};
  options.chaos.delay_ms = 35;
  for (int i = 0; i < 12; ++i) {
    options.boxes.push_back({{2040.0f + static_cast<float>(i) * 5, 1, 2050}, {1, 2, 3}, 0.3f});
  }
  Shard shard(options);
  Player& player = shard.add_player({2030, 0, 2030});
  shard.control = [&](Player& p) {
    if (!shard.random().chance(0.05f)) return;
    p.core.set_controls({.move_x = static_cast<std::int8_t>(shard.random().below(255) - 127),
                         .move_z = static_cast<std::int8_t>(shard.random().below(255) - 127),
                         .buttons = static_cast<std::uint8_t>(shard.random().below(16)),
                         .heading = shard.random().between(-3, 3)});
  };
  shard.run(1800);
  EXPECT_GT(player.core.prediction().applied_frame(), 1700u);
  EXPECT_EQ(player.core.prediction().corrections(), 0u);
  shard.control = [](Player& p) { p.core.set_controls({}); };
  shard.run(60);
  const auto& registry = std::as_const(shard.registry());
  EXPECT_EQ(player.core.prediction().state().position,
            registry.get<Position>(player.entity)->metres);
  EXPECT_EQ(player.core.prediction().corrections(), 0u);
}

TEST(PredictionInAShard, ComesBackToTheServerAfterLossAndTeleports) {
  ShardOptions options{.seed = 4};
  options.chaos = {.loss_percent = 20, .delay_ms = 40, .jitter_ms = 20};
  Shard shard(options);
  Player& player = shard.add_player({2030, 0, 2030});
  shard.control = [&](Player& p) {
    if (shard.random().chance(0.05f)) {
      p.core.set_controls({.move_x = static_cast<std::int8_t>(shard.random().below(255) - 127)});
    }
  };
  for (int i = 0; i < 10; ++i) {
    shard.run(100);
    shard.registry().get<Position>(player.entity)->metres = {2000 + static_cast<float>(i) * 60, 0,
                                                             2100};
  }
  shard.calm();
  shard.control = [](Player& p) { p.core.set_controls({}); };
  shard.run(120);
  EXPECT_GT(player.core.prediction().corrections(), 5u);
  EXPECT_EQ(player.core.prediction().state().position,
            std::as_const(shard.registry()).get<Position>(player.entity)->metres);
  EXPECT_FALSE(player.core.prediction().wants_own_state());
}

}  // namespace
}  // namespace tessera::client::testing
