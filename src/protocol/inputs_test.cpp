// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "protocol/inputs.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"

namespace tessera::protocol {
namespace {

std::vector<std::byte> written(const Inputs& inputs) {
  std::vector<std::byte> bytes(kInputsBytesMax);
  bytes.resize(write_inputs(bytes, inputs));
  return bytes;
}

void expect_equal(const Inputs& a, const Inputs& b) {
  EXPECT_EQ(a.newest_frame, b.newest_frame);
  EXPECT_EQ(a.wants_own_state, b.wants_own_state);
  EXPECT_EQ(a.wants_new_view, b.wants_new_view);
  EXPECT_EQ(a.target, b.target);
  ASSERT_EQ(a.frame_count, b.frame_count);
  ASSERT_EQ(a.action_count, b.action_count);
  for (std::uint32_t i = 0; i < a.frame_count; ++i) EXPECT_EQ(a.frames[i], b.frames[i]) << i;
  for (std::uint32_t i = 0; i < a.action_count; ++i) EXPECT_EQ(a.actions[i], b.actions[i]) << i;
}

InputFrame random_frame(RandomStream& random, const InputFrame& before) {
  InputFrame frame = before;
  if (random.chance(0.5f)) return frame;
  if (random.chance(0.3f)) frame.buttons = static_cast<std::uint8_t>(random.below(256));
  if (random.chance(0.3f)) frame.move_x = static_cast<std::int8_t>(random.below(256));
  if (random.chance(0.3f)) frame.move_z = static_cast<std::int8_t>(random.below(256));
  if (random.chance(0.3f)) frame.aim = static_cast<std::uint16_t>(random.below(65536));
  if (random.chance(0.3f))
    frame.aim = static_cast<std::uint16_t>(frame.aim + random.below(300) - 150);
  return frame;
}

void aim_somewhere(RandomStream& random, Action& action) {
  action.pitch = static_cast<std::uint16_t>(random.below(65536));
  if (random.chance(0.5f)) action.target = {random.next() | 1};
  action.has_place = random.chance(0.5f);
  if (!action.has_place) return;
  action.place = {static_cast<std::int32_t>(random.below(kZoneSteps)),
                  static_cast<std::int32_t>(random.below(kZoneSteps))};
  action.height = static_cast<std::uint16_t>(random.below(65536));
}

Inputs random_inputs(RandomStream& random) {
  Inputs inputs;
  inputs.frame_count = random.below(kInputFramesMax + 1);
  inputs.newest_frame = inputs.frame_count + random.below(1'000'000) + 1;
  inputs.wants_own_state = random.chance(0.5f);
  inputs.wants_new_view = random.chance(0.5f);
  if (random.chance(0.5f)) inputs.target = {random.next() | 1};
  InputFrame frame;
  for (std::uint32_t i = 0; i < inputs.frame_count; ++i) {
    inputs.frames[i] = frame = random_frame(random, frame);
  }
  inputs.action_count = random.below(kActionsMax + 1);
  for (std::uint32_t i = 0; i < inputs.action_count; ++i) {
    const std::uint32_t back =
        random.below(std::min(kActionFramesBackMax + 1, inputs.newest_frame));
    inputs.actions[i] = {.number = static_cast<std::uint16_t>(random.below(65536)),
                         .kind = static_cast<ActionKind>(1 + random.below(kActionKindMax)),
                         .value = static_cast<std::uint16_t>(random.below(65536)),
                         .frame = inputs.newest_frame - back,
                         .shown = static_cast<std::uint16_t>(random.below(65536))};
    if (inputs.actions[i].kind == ActionKind::Ability) aim_somewhere(random, inputs.actions[i]);
  }
  return inputs;
}

TEST(Inputs, WhatIsWrittenIsRead) {
  RandomStream random(7);
  for (int i = 0; i < 5000; ++i) {
    const Inputs inputs = random_inputs(random);
    const auto read = read_inputs(written(inputs));
    ASSERT_TRUE(read.has_value()) << "seed 7, round " << i;
    expect_equal(*read, inputs);
  }
}

TEST(Inputs, TheWorstCaseFitsItsLimit) {
  Inputs inputs;
  inputs.newest_frame = 1000;
  inputs.frame_count = kInputFramesMax;
  inputs.action_count = kActionsMax;
  for (std::uint32_t i = 0; i < kInputFramesMax; ++i) {
    const auto byte = static_cast<std::uint8_t>(i * 37 + 1);
    inputs.frames[i].buttons = byte;
    inputs.frames[i].move_x = static_cast<std::int8_t>(byte);
    inputs.frames[i].aim = static_cast<std::uint16_t>(i * 20'000);
  }
  inputs.actions.fill({1, ActionKind::Emote, 1, 1000});
  EXPECT_EQ(written(inputs).size(), 80u);
  Action ability{.number = 1, .kind = ActionKind::Ability, .value = 1, .frame = 1000};
  ability.target = {1};
  ability.has_place = true;
  inputs.actions.fill(ability);
  inputs.target = {1};
  EXPECT_EQ(written(inputs).size(), 155u);
  EXPECT_LE(written(inputs).size(), kInputsBytesMax);
}

TEST(Inputs, SteadyWalkingCostsABitAFrame) {
  Inputs inputs;
  inputs.newest_frame = 500;
  inputs.frame_count = 6;
  inputs.frames.fill({.aim = 1234, .move_z = -127, .buttons = 1});
  EXPECT_EQ(written(inputs).size(), 11u);
}

TEST(Inputs, TruncatedBytesAreRefusedAtEveryLength) {
  RandomStream random(11);
  for (int i = 0; i < 200; ++i) {
    const auto bytes = written(random_inputs(random));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_FALSE(read_inputs(std::span(bytes).first(size)).has_value());
    }
  }
}

TEST(Inputs, TrailingBytesAreRefused) {
  Inputs inputs;
  inputs.newest_frame = 3;
  inputs.frame_count = 3;
  auto bytes = written(inputs);
  bytes.push_back(std::byte{0});
  EXPECT_EQ(read_inputs(bytes).error(), DecodeError::TrailingBytes);
  bytes.resize(kInputsBytesMax + 1);
  EXPECT_EQ(read_inputs(bytes).error(), DecodeError::OutOfRange);
}

TEST(Inputs, MoreFramesThanTheSessionHasIsRefused) {
  Inputs inputs;
  inputs.newest_frame = 5;
  inputs.frame_count = 5;
  auto bytes = written(inputs);
  bytes[0] = std::byte{4};
  EXPECT_EQ(read_inputs(bytes).error(), DecodeError::OutOfRange);
}

TEST(Inputs, AnActionBeforeTheFirstFrameOrOfAnUnknownKindIsRefused) {
  Inputs inputs;
  inputs.newest_frame = 10;
  inputs.action_count = 1;
  inputs.actions[0] = {1, ActionKind::Emote, 2, 1};
  auto bytes = written(inputs);
  bytes[0] = std::byte{9};  // newest frame: the action's is 0 now
  EXPECT_EQ(read_inputs(bytes).error(), DecodeError::Malformed);
  inputs.actions[0].kind = static_cast<ActionKind>(9);
  EXPECT_EQ(read_inputs(written(inputs)).error(), DecodeError::Malformed);
}

}  // namespace
}  // namespace tessera::protocol
