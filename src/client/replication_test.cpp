// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Replication end to end: the server's state through snapshots, channels and bad links into
// replicas.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "client/test_support.h"

namespace tessera::client::testing {
namespace {

/// Every entity that the server shows to this player is in its replica, where it is, and nothing
/// else.
void expect_replica_is_true(Shard& shard, Player& player) {
  const Position& own = *std::as_const(shard.registry()).get<Position>(player.entity);
  std::size_t seen = 0;
  player.core.replica().each_visible([&](const RemoteEntity& remote) {
    ++seen;
    const auto* position = std::as_const(shard.registry()).get<Position>(remote.id);
    ASSERT_NE(position, nullptr) << "an entity that is gone is still in view";
    const float far = math::length(math::flat(position->metres) - math::flat(own.metres));
    EXPECT_LT(far, 112 + 46.0f) << "beyond the farthest corner of the farthest cell";
    const Sample& sample = remote.history.newest();
    EXPECT_EQ(sample.at.x, protocol::steps_from_metres(position->metres.x));
    EXPECT_EQ(sample.at.z, protocol::steps_from_metres(position->metres.z));
    EXPECT_EQ(
        sample.heading,
        protocol::heading_steps(std::as_const(shard.registry()).get<Heading>(remote.id)->radians));
    const auto& appearance = *std::as_const(shard.registry()).get<Appearance>(remote.id);
    EXPECT_EQ(remote.appearance.look, appearance.look);
    EXPECT_EQ(remote.appearance.name, appearance.name);
    const auto& gesture = *std::as_const(shard.registry()).get<Gesture>(remote.id);
    EXPECT_EQ(remote.gesture.started_at, gesture.started_at);
    EXPECT_EQ(remote.gesture.emote, gesture.emote);
  });
  EXPECT_EQ(seen, shard.replication().visible_count(player.session));
}

void wander(Shard& shard, Player& player) {
  if (!shard.random().chance(0.02f)) return;
  Controls controls;
  controls.move_x = static_cast<std::int8_t>(shard.random().below(255) - 127);
  controls.move_z = static_cast<std::int8_t>(shard.random().below(255) - 127);
  controls.heading = shard.random().between(-3, 3);
  player.core.set_controls(controls);
}

/// 1,600 per square kilometre.
void populate(Shard& shard, int walkers, float half_side) {
  for (int i = 0; i < walkers; ++i) {
    shard.add_walker({shard.random().between(2048 - half_side, 2048 + half_side), 0,
                      shard.random().between(2048 - half_side, 2048 + half_side)});
  }
}

TEST(Replication, AReplicaEqualsTheTruthOnAGoodLink) {
  Shard shard({.seed = 1});
  populate(shard, 200, 150);
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(240);
  shard.walkers_move = false;
  shard.run(60);
  expect_replica_is_true(shard, player);
  EXPECT_GT(player.core.replica().visible_count(), 40u);
  EXPECT_EQ(player.core.statistics().decode_errors, 0u);
  EXPECT_EQ(player.core.statistics().views, 0u);
  EXPECT_EQ(shard.replication().figures().new_views, 0u);
}

TEST(Replication, AfterLossAndDisorderEveryReplicaEqualsTheTruthAgain) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Shard shard({.seed = seed,
                 .chaos = {.loss_percent = 15,
                           .duplicate_percent = 3,
                           .reorder_percent = 10,
                           .delay_ms = 40,
                           .jitter_ms = 30}});
    populate(shard, 160, 130);
    for (int i = 0; i < 4; ++i) {
      shard.add_player({2048 + static_cast<float>(i) * 20, 0, 2048});
    }
    shard.control = [&](Player& player) { wander(shard, player); };
    for (int i = 0; i < 900; ++i) {
      shard.step();
      if (shard.random().chance(0.03f)) {  // come and go: slots are used again
        EntityId any;
        shard.registry().view<const Gesture, ecs::Without<movement::InputQueue>>().each(
            [&](EntityId entity, const Gesture&) {
              if (!any || shard.random().chance(0.02f)) any = entity;
            });
        shard.remove(any);
        shard.add_walker(
            {shard.random().between(1950, 2150), 0, shard.random().between(1950, 2150)});
      }
    }
    shard.calm();
    shard.walkers_move = false;
    shard.control = [](Player& player) { player.core.set_controls({}); };
    shard.run(300);
    for (auto& player : shard.players()) {
      expect_replica_is_true(shard, *player);
      EXPECT_EQ(player->core.statistics().decode_errors, 0u);
    }
  }
}

}  // namespace
}  // namespace tessera::client::testing
