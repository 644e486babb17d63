// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a player aims at is hit, though he sees it late: a client behind a bad link shoots at one
// who strafes, at the place where it shows him, and the server judges the shot when it arrives.
#include <gtest/gtest.h>

#include <map>

#include "client/testing/shard.h"
#include "engine/physics/queries/characters.h"
#include "gameplay/lag_compensation/position_history.h"

namespace tessera::client::testing {
namespace {

using lag_compensation::PositionHistory;
using lag_compensation::Rewind;
using math::Vec3;

constexpr Vec3 kShooter{2000, 0, 2000};
constexpr Vec3 kTarget{2000, 0, 1980};  // 20 m to the north
constexpr float kStrafe_m = 5.5f / kTicksPerSecond;
constexpr int kTurnEvery = 90;  // ticks: it strafes to and fro, 8 m wide

struct Shot {
  Vec3 at;                        ///< where the client showed the target
  std::uint64_t shown_parts = 0;  ///< the tick that it showed
};

/// Of all shots that arrived: those that hit, by each way of judging them.
struct Score {
  int shots = 0;
  int claimed = 0;   ///< the client said what it showed
  int expected = 0;  ///< the server went by the measured round trip
  int now = 0;       ///< nothing was rewound
};

class ShootingRange {
 public:
  explicit ShootingRange(const ShardOptions& options)
      : shard_(options), target_(shard_.add_walker(kTarget)), player_(shard_.add_player(kShooter)) {
    shard_.walkers_move = false;
    shard_.control = [&](Player&) { shoot_now_and_then(); };
  }

  Score run(int ticks) {
    for (int i = 0; i < ticks; ++i) {
      const float side = (i / kTurnEvery) % 2 == 0 ? 1.0f : -1.0f;
      auto& position = *shard_.registry().get<Position>(target_);
      position.metres.x += side * kStrafe_m;
      shard_.step();
      judge_arrived();
      lag_compensation::record(history_, shard_.tick(), position.metres);
    }
    return score_;
  }

 private:
  void shoot_now_and_then() {
    const std::int64_t now_us = shard_.now_us();
    Client& core = player_.core;
    const auto pose = core.pose(target_, now_us);
    if (!pose || shard_.tick() < 1200 || shard_.tick() % 31 != 0) return;
    const double shown = core.tick_at(now_us) - Options().interpolation_ticks;
    const auto parts = static_cast<std::uint64_t>(shown * lag_compensation::kPartsPerTick);
    const std::uint16_t number = core.begin_action(now_us, protocol::ActionKind::Emote, 1);
    if (number != 0) shots_[number] = {pose->position, parts};
  }

  /// The shard notes the newest action of a player in its gesture.
  void judge_arrived() {
    const Gesture& gesture = *std::as_const(shard_.registry()).get<Gesture>(player_.entity);
    const auto shot = shots_.find(static_cast<std::uint16_t>(gesture.reserved));
    if (shot == shots_.end()) return;
    const lag_compensation::Line line{
        .round_trip_ms = static_cast<std::uint32_t>(player_.server_channel.rtt_ms() + 0.5f)};
    const Rewind claim = lag_compensation::claimed_rewind(shard_.tick(), shot->second.shown_parts);
    ++score_.shots;
    score_.claimed += hits(shot->second, granted_rewind(claim, line)) ? 1 : 0;
    score_.expected += hits(shot->second, expected_rewind(line)) ? 1 : 0;
    score_.now += hits(shot->second, {}) ? 1 : 0;
    shots_.erase(shot);
  }

  bool hits(const Shot& shot, Rewind rewind) const {
    const auto then = lag_compensation::position_at(history_, shard_.tick(), rewind);
    if (!then) return false;
    const Vec3 eye = kShooter + Vec3{0, 1.6f, 0};
    const Vec3 way = (shot.at + Vec3{0, 1.2f, 0} - eye) * 2.0f;
    return physics::cast_at(physics::UprightCapsule{*then}, eye, way, 0).has_value();
  }

  Shard shard_;
  EntityId target_;
  Player& player_;
  PositionHistory history_;
  std::map<std::uint16_t, Shot> shots_;
  Score score_;
};

TEST(LagCompensation, HitsAStrafingTargetAt150MillisecondsAndTwoPercentLoss) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const Score score =
        ShootingRange({.seed = seed, .chaos = {.loss_percent = 2, .delay_ms = 70, .jitter_ms = 10}})
            .run(6000);
    EXPECT_GT(score.shots, 150);
    EXPECT_GE(score.claimed * 100, score.shots * 98) << "of " << score.shots;
    EXPECT_GE(score.expected * 100, score.shots * 95) << "of " << score.shots;
    EXPECT_LE(score.now * 100, score.shots * 20) << "of " << score.shots << " without it";
  }
}

TEST(LagCompensation, HitsOnGoodLinksAsWell) {
  const Score score = ShootingRange({.chaos = {.delay_ms = 10}}).run(6000);
  EXPECT_GT(score.shots, 150);
  EXPECT_GE(score.claimed * 100, score.shots * 99) << "of " << score.shots;
  EXPECT_GE(score.expected * 100, score.shots * 99) << "of " << score.shots;
  EXPECT_LE(score.now * 100, score.shots * 30) << "the interpolation alone is 133 ms";
}

TEST(LagCompensation, LeavesTheRestToTheShooterBeyondItsBound) {
  // 400 ms and the interpolation are 533 ms; 300 of them are rewound, and 1.3 m are missing.
  const Score score = ShootingRange({.chaos = {.delay_ms = 200}}).run(6000);
  EXPECT_GT(score.shots, 150);
  EXPECT_LE(score.claimed * 100, score.shots * 30) << "of " << score.shots;
}

}  // namespace
}  // namespace tessera::client::testing
