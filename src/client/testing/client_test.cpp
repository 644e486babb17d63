// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/client.h"

#include <gtest/gtest.h>

#include "client/testing/shard.h"

namespace tessera::client {
namespace {

/// A player who has been in the world for a second.
struct Scene {
  Scene() { shard.run(60); }
  testing::Shard shard{{}};
  testing::Player& player = shard.add_player({100, 0, 100});
};

// The program slept, acted, and slept again: its frames lag behind the server's, and when they
// catch up the action is too old to be written down.
TEST(Client, GivesUpActionsThatItsFramesLeaveBehind) {
  Scene scene;
  Client& core = scene.player.core;
  ASSERT_TRUE(core.in_world());
  core.clear_events();
  const std::int64_t acted_us = scene.shard.now_us() + 1'000'000;
  const std::uint16_t action = core.begin_action(acted_us, protocol::ActionKind::Emote, 1);
  ASSERT_NE(action, 0u);
  const std::int64_t woken_us = acted_us + 1'500'000;
  core.advance(woken_us);
  std::array<std::byte, channel::kPacketBytesMax> packet;
  EXPECT_GT(core.write_packet(woken_us, packet), 0u) << "an action too old to be told was told";
  ASSERT_EQ(core.action_events().size(), 1u);
  EXPECT_EQ(core.action_events()[0].number, action);
  EXPECT_FALSE(core.action_events()[0].answered);
}

}  // namespace
}  // namespace tessera::client
