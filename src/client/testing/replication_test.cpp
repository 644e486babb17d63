// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Replication end to end: the server's state through snapshots, channels and bad links into
// replicas.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "client/testing/shard.h"

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

TEST(Replication, WhoLeavesTheWorldLeavesEveryReplica) {
  Shard shard({.seed = 2});
  populate(shard, 60, 60);
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(120);
  const std::size_t before = player.core.replica().visible_count();
  const EntityId gone = shard.add_walker({2050, 0, 2050});
  shard.run(30);
  EXPECT_NE(player.core.replica().find(gone), nullptr);
  shard.remove(gone);
  shard.run(30);
  EXPECT_EQ(player.core.replica().find(gone), nullptr);
  EXPECT_EQ(player.core.replica().visible_count(), before);
}

TEST(Replication, ATeleportBeginsANewView) {
  Shard shard({.seed = 5});
  populate(shard, 60, 60);
  for (int i = 0; i < 20; ++i) {
    shard.add_walker({1000 + shard.random().between(0, 60), 0, 1000});
  }
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(120);
  shard.registry().get<Position>(player.entity)->metres = {1010, 0, 1010};
  shard.run(60);
  shard.walkers_move = false;
  shard.run(60);
  expect_replica_is_true(shard, player);
  EXPECT_EQ(player.core.replica().visible_count(), 21u);
}

TEST(Replication, ALinkThatIsDeadForSecondsIsTakenUpAgainWithANewView) {
  Shard shard({.seed = 6});
  populate(shard, 150, 100);
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(120);
  player.down_link = chaos::Link({.loss_percent = 100});
  shard.run(400);
  shard.calm();
  shard.run(60);
  shard.walkers_move = false;
  shard.run(200);
  EXPECT_GT(shard.replication().figures().new_views, 0u);
  expect_replica_is_true(shard, player);
}

TEST(Replication, AnAnswerComesAtOnceAndAgainWhenItIsLost) {
  Shard shard({.seed = 7});
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(30);
  ASSERT_NE(player.core.begin_action(shard.now_us(), protocol::ActionKind::Emote, 2), 0);
  shard.run(3);
  ASSERT_EQ(player.core.action_events().size(), 1u);
  const ActionEvent event = player.core.action_events()[0];
  EXPECT_TRUE(event.answered);
  EXPECT_LE(event.answered_us - event.begun_us, 3 * kTickUs);
  EXPECT_EQ(shard.replication().figures().answers_at_once, 1u);
  player.core.clear_events();

  player.core.begin_action(shard.now_us(), protocol::ActionKind::Emote, 3);
  shard.run(1);
  player.down_link = chaos::Link({.loss_percent = 100});
  shard.run(3);
  EXPECT_TRUE(player.core.action_events().empty());
  shard.calm();
  shard.run(40);
  ASSERT_EQ(player.core.action_events().size(), 1u);
  EXPECT_TRUE(player.core.action_events()[0].answered);
}

TEST(Replication, ASnapshotThatDoesNotDecodeIsMadeUpForByANewView) {
  Shard shard({.seed = 11});
  populate(shard, 40, 60);
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(60);
  std::array<std::byte, channel::kPacketBytesMax> packet;
  const std::array<std::byte, 3> broken{};
  const channel::Section section{2, 0, broken};
  const std::size_t size =
      player.server_channel.write_packet(shard.now_us(), {&section, 1}, packet);
  ASSERT_TRUE(player.core.receive(shard.now_us(), std::span(packet).first(size)).has_value());
  EXPECT_EQ(player.core.statistics().decode_errors, 1u);
  shard.run(90);
  EXPECT_EQ(shard.replication().figures().new_views, 1u);
  shard.walkers_move = false;
  shard.run(60);
  expect_replica_is_true(shard, player);
}

/// How old and how wrong what a viewer sees is, by distance.
TEST(Replication, NearbyEntitiesAreFreshAndFarOnesNotTooOld) {
  ShardOptions options{.seed = 8};
  options.chaos.delay_ms = 0;
  Shard shard(options);
  populate(shard, 300, 180);
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(200);
  std::vector<float> near_error;
  std::vector<float> far_error;
  for (int i = 0; i < 600; ++i) {
    shard.step();
    const math::Vec3 own = std::as_const(shard.registry()).get<Position>(player.entity)->metres;
    player.core.replica().each_visible([&](const RemoteEntity& remote) {
      const auto* truth = std::as_const(shard.registry()).get<Position>(remote.id);
      const Pose told = pose_of(remote.history.newest(), shard.world().terrain());
      const float error = math::length(math::flat(truth->metres) - math::flat(told.position));
      const float away = math::length(math::flat(truth->metres) - math::flat(own));
      if (away < 30) near_error.push_back(error);
      if (away > 70) far_error.push_back(error);
    });
  }
  const auto percentile_99 = [](std::vector<float>& errors) {
    std::ranges::sort(errors);
    return errors[errors.size() * 99 / 100];
  };
  // At 5.5 m/s: the way of 3 ticks at 20 Hz, of 12 ticks at 5 Hz, and rounding.
  EXPECT_LE(percentile_99(near_error), 0.30f);
  EXPECT_LE(percentile_99(far_error), 1.15f);
}

TEST(Replication, FiftyInViewCostWhatIsPromised) {
  Shard shard({.seed = 9});
  populate(shard, 250, 200);
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(240);
  const std::uint64_t bytes = player.snapshot_bytes;
  const std::uint64_t snapshots = player.snapshots;
  shard.run(600);
  const double seconds = 10;
  const auto sent = static_cast<double>(player.snapshot_bytes - bytes);
  const auto headers = static_cast<double>(player.snapshots - snapshots) * 54;
  EXPECT_NEAR(static_cast<double>(player.snapshots - snapshots) / seconds, 20, 0.2);
  EXPECT_GT(shard.replication().visible_count(player.session), 40u);
  EXPECT_LE((sent + headers) / seconds, 3600);
}

TEST(Replication, ACrowdStaysWithinTheCapAndNobodyStarves) {
  Shard shard({.seed = 10});
  populate(shard, 800, 40);
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(600);
  EXPECT_EQ(player.core.replica().visible_count(),
            shard.replication().visible_count(player.session));
  const std::uint64_t bytes = player.snapshot_bytes;
  shard.run(300);
  EXPECT_LE(static_cast<double>(player.snapshot_bytes - bytes) / 5 + 20 * 54, 24'000);
  shard.walkers_move = false;
  shard.run(240);
  expect_replica_is_true(shard, player);
}

}  // namespace
}  // namespace tessera::client::testing
