// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Two players behind bad links: one strafes, the other shoves him when he sees him in reach, and
// throws stones. What is seen is late, so it is judged where it was seen; but no client gets more
// than its line explains.
#include "gameplay/skirmish/skirmish.h"

#include <gtest/gtest.h>

#include "simulated_zone.h"

namespace tessera::scenarios {
namespace {

using math::Vec3;
using protocol::ActionKind;
using protocol::ActionVerdict;

constexpr Vec3 kActor{256, 0, 256};
constexpr float kLane_m = 254;      // he strafes two metres to the north of the actor,
constexpr float kLaneHalf_m = 4;    // so far to both sides
constexpr float kShoveAt_m = 1.1f;  // and is shoved while he runs out of reach
const chaos::Options kBadLine{.loss_percent = 2, .delay_ms = 70, .jitter_ms = 10};

ZoneDefinition flat_zone() {
  ZoneDefinition zone;
  zone.name = "flat";
  zone.bounds = {{0, 0}, {512, 512}};
  zone.spawn_points = {{{256, 256}, 0}};
  return zone;
}

/// Runs to and fro along the lane; who was thrown out of it comes back first.
struct Strafer {
  float side = 1;
  void operator()(Person& person, std::int64_t) {
    const Vec3 place = person.core.own_pose().position;
    if (place.x > kActor.x + kLaneHalf_m) side = -1;
    if (place.x < kActor.x - kLaneHalf_m) side = 1;
    const float off = kLane_m - place.z;
    const bool in_lane = std::abs(off) < 0.1f;
    person.core.set_controls(
        {.move_x = static_cast<std::int8_t>(in_lane ? side * 127 : 0),
         .move_z = static_cast<std::int8_t>(in_lane ? 0 : std::clamp(off * 200, -127.0f, 127.0f))});
  }
};

struct Score {
  int shoves = 0;
  int done = 0;
  int nobody_there = 0;
  std::uint64_t shoved = 0;  ///< by the zone's events
  std::uint64_t gone = 0;    ///< of them, those who were out of reach by then
  std::uint64_t corrections = 0;
};

/// Shoves for so many ticks. `lag_ticks`: how late the actor's client shows others.
Score shove_the_strafer(std::uint64_t seed, double lag_ticks, int ticks) {
  SimulatedZone zone(flat_zone(), kBadLine, seed);
  Person& actor = zone.enter(kActor, {.interpolation_ticks = lag_ticks});
  Person& strafer = zone.enter({kActor.x, 0, kLane_m});
  strafer.play = Strafer{};
  Score score;
  float x_before = 0;
  std::int64_t shove_again_us = 0;
  actor.play = [&](Person& self, std::int64_t now_us) {
    for (const client::ActionEvent& event : self.core.action_events()) {
      EXPECT_TRUE(event.answered);
      EXPECT_EQ(event.kind, ActionKind::Shove);
      score.done += event.verdict == ActionVerdict::Done ? 1 : 0;
      score.nobody_there += event.verdict == ActionVerdict::NobodyThere ? 1 : 0;
      EXPECT_NE(event.verdict, ActionVerdict::OnCooldown);
    }
    self.core.clear_events();
    const auto shown = self.core.pose(strafer.core.own_entity(), now_us);
    if (!shown) return;
    const float x = shown->position.x - kActor.x;
    const bool runs_out = std::abs(x) > std::abs(x_before) && std::abs(x - x_before) < 0.5f;
    x_before = x;
    const bool in_lane = std::abs(shown->position.z - kLane_m) < 0.15f;
    if (!in_lane || !runs_out || std::abs(x) < kShoveAt_m || std::abs(x) > kShoveAt_m + 0.2f) {
      return;
    }
    if (now_us < shove_again_us || zone.zone().now() < 600) return;  // the line is measured by then
    shove_again_us = now_us + 1'200'000;
    score.shoves += self.core.begin_action(now_us, ActionKind::Shove, 0) != 0 ? 1 : 0;
  };
  for (int i = 0; i < ticks; ++i) {
    zone.step();
    for (const auto& event : zone.zone().events().read<skirmish::Shoved>()) {
      const Vec3 place = zone.zone().registry().get<Position>(event.target)->metres;
      score.gone += distance(place, kActor) > skirmish::kShoveRange_m + 0.4f ? 1 : 0;
      ++score.shoved;
    }
  }
  score.corrections = strafer.core.prediction().corrections();
  EXPECT_EQ(zone.replayed_ticks(), static_cast<TickNumber>(ticks)) << "seed " << seed;
  return score;
}

TEST(Skirmish, AShoveReachesAStrafingPlayerAt150MillisecondsAndTwoPercentLoss) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Score score = shove_the_strafer(seed, client::Options{}.interpolation_ticks, 6000);
    EXPECT_GT(score.shoves, 25);
    EXPECT_GE(score.done * 100, score.shoves * 95) << "of " << score.shoves;
    EXPECT_EQ(score.shoved, static_cast<std::uint64_t>(score.done));
    EXPECT_GE(score.gone * 100, score.shoved * 90) << "without the rewind they were not reached";
    EXPECT_GE(score.corrections, score.shoved * 9 / 10) << "the strafer learns that he flies";
  }
}

TEST(Skirmish, AClientThatShowsOthersLaterThanItsLineExplainsReachesNobody) {
  // 40 ticks and the round trip are 0.8 s; 0.3 s are granted, and the strafer is 2.8 m on.
  const Score score = shove_the_strafer(4, 40, 6000);
  EXPECT_GT(score.shoves, 25);
  EXPECT_EQ(score.done, 0);
  EXPECT_EQ(score.shoved, 0u);
}

TEST(Skirmish, AStoneIsSeenToFlyAndStrikesWhoStandsInItsWay) {
  SimulatedZone zone(flat_zone(), kBadLine, 5);
  Person& thrower = zone.enter(kActor);
  Person& target = zone.enter(kActor + Vec3{0, 0, -10});
  int thrown = 0;
  int done = 0;
  thrower.play = [&](Person& self, std::int64_t now_us) {
    for (const client::ActionEvent& event : self.core.action_events()) {
      done += event.verdict == ActionVerdict::Done ? 1 : 0;
    }
    self.core.clear_events();
    if (zone.zone().now() % 120 != 60 || zone.zone().now() < 300) return;
    const auto up = static_cast<std::uint16_t>(65'536 / 60);  // 6 degrees
    thrown += self.core.begin_action(now_us, ActionKind::Throw, up) != 0 ? 1 : 0;
  };
  std::size_t hits = 0;
  int frames_with_stone = 0;
  float highest = 0;
  target.play = [&](Person& self, std::int64_t now_us) {
    self.core.replica().each_visible([&](const client::RemoteEntity& entity) {
      if (entity.appearance.kind != EntityKind::Projectile) return;
      ++frames_with_stone;
      highest = std::max(highest, self.core.pose(entity.id, now_us)->position.y);
    });
    // Back to where the next stone comes.
    const float off = kActor.z - 10 - self.core.own_pose().position.z;
    self.core.set_controls(
        {.move_z = static_cast<std::int8_t>(std::clamp(off * 200, -127.0f, 127.0f))});
  };
  for (int i = 0; i < 3000; ++i) {
    zone.step();
    for (const auto& hit : zone.zone().events().read<skirmish::StoneHit>()) {
      EXPECT_EQ(hit.target, target.core.own_entity());
      EXPECT_EQ(hit.thrower, thrower.core.own_entity());
      ++hits;
    }
  }
  EXPECT_GE(thrown, 20);
  EXPECT_EQ(done, thrown);
  EXPECT_EQ(hits, static_cast<std::size_t>(thrown));
  EXPECT_GE(frames_with_stone, 20 * thrown) << "it flies for 38 ticks";
  EXPECT_GT(highest, 1.3f);
  EXPECT_GT(target.core.prediction().corrections(), 10u);
  EXPECT_EQ(zone.replayed_ticks(), 3000u);
}

}  // namespace
}  // namespace tessera::scenarios
