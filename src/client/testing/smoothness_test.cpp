// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Others move on screen as they can move in the world: their drawn acceleration from frame to frame
// is no more than what really happened, near and far, on good and on bad lines.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "client/testing/shard.h"

namespace tessera::client::testing {
namespace {

struct Track {
  math::Vec3 place;
  math::Vec3 velocity;
  int steps = 0;
};

/// Accelerations over the map from tick to tick, m/s2.
class Accelerations {
 public:
  void note(EntityId entity, math::Vec3 place) {
    Track& track = tracks_[entity.value];
    const math::Vec3 velocity = (place - track.place) * float{kTicksPerSecond};
    if (track.steps > 1) {
      const math::Vec3 change = (velocity - track.velocity) * float{kTicksPerSecond};
      values_.push_back(math::length(math::flat(change)));
    }
    track = {place, velocity, track.steps + 1};
  }
  void forget(EntityId entity) { tracks_.erase(entity.value); }
  float percentile(double share) {
    std::ranges::sort(values_);
    return values_[static_cast<std::size_t>(share * static_cast<double>(values_.size() - 1))];
  }
  std::size_t size() const { return values_.size(); }

 private:
  std::map<std::uint64_t, Track> tracks_;
  std::vector<float> values_;
};

/// How walkers from `from_m` to `to_m` away are drawn, for 20 s. They turn on the spot every 0.8 s.
Accelerations watch(const chaos::Options& chaos, float from_m, float to_m) {
  Shard shard({.seed = 21, .chaos = chaos});
  for (int i = 0; i < 300; ++i) {
    shard.add_walker({shard.random().between(1930, 2166), 0, shard.random().between(1930, 2166)});
  }
  Player& player = shard.add_player({2048, 0, 2048});
  shard.run(300);
  Accelerations drawn;
  for (int i = 0; i < 1200; ++i) {
    shard.step();
    player.core.replica().each_visible([&](const RemoteEntity& remote) {
      if (remote.id == player.entity) return;
      const auto pose = player.core.pose(remote.id, shard.now_us() + kTickUs / 2);
      if (!pose) return;
      const float away = math::distance(pose->position, {2048, 0, 2048});
      if (away < from_m || away > to_m) return drawn.forget(remote.id);
      drawn.note(remote.id, pose->position);
    });
  }
  EXPECT_GT(drawn.size(), 10'000u);
  return drawn;
}

/// Who turns round at full speed changes it by 11 m/s in a tick. Drawn it is spread over the time
/// between two samples, and nothing else jerks.
void expect_smooth(Accelerations drawn) {
  const movement::MotionRules rules;
  const float can_do = 2 * rules.run_m_per_s * kTicksPerSecond;
  EXPECT_LT(drawn.percentile(0.99), can_do / 2);
  EXPECT_LT(drawn.percentile(0.999), can_do);
  EXPECT_LT(drawn.percentile(0.9), 60);
  EXPECT_LT(drawn.percentile(0.5), 10);
}

const chaos::Options kGood{.delay_ms = 10};
const chaos::Options kBad{
    .loss_percent = 3, .reorder_percent = 2, .delay_ms = 80, .jitter_ms = 20, .seed = 1};

TEST(Smoothness, OfThoseNearOnAGoodLine) { expect_smooth(watch(kGood, 0, 30)); }
TEST(Smoothness, OfThoseFarOnAGoodLine) { expect_smooth(watch(kGood, 60, 100)); }
TEST(Smoothness, OfThoseNearOnABadLine) { expect_smooth(watch(kBad, 0, 30)); }
TEST(Smoothness, OfThoseFarOnABadLine) { expect_smooth(watch(kBad, 60, 100)); }

/// Somebody runs about for a minute: how often the server's word moved him.
struct Corrections {
  std::uint64_t count = 0;
  std::uint64_t snapshots = 0;
};
Corrections run_about(const chaos::Options& chaos) {
  Shard shard({.seed = 22, .chaos = chaos});
  Player& player = shard.add_player({2048, 0, 2048});
  Controls controls;
  shard.control = [&](Player& runner) {
    if (shard.random().chance(0.03f)) {
      controls.move_x = static_cast<std::int8_t>(shard.random().below(255) - 127);
      controls.move_z = static_cast<std::int8_t>(shard.random().below(255) - 127);
      controls.buttons = shard.random().chance(0.3f) ? movement::kButtonJump : std::uint8_t{0};
    }
    runner.core.set_controls(controls);
  };
  shard.run(600);
  Corrections result{.count = player.core.prediction().corrections(),
                     .snapshots = player.core.statistics().snapshots};
  shard.run(3600);
  result.count = player.core.prediction().corrections() - result.count;
  result.snapshots = player.core.statistics().snapshots - result.snapshots;
  return result;
}

TEST(Smoothness, OfTheOwnMovement) {
  chaos::Options no_loss = kBad;
  no_loss.loss_percent = no_loss.reorder_percent = 0;
  EXPECT_EQ(run_about(no_loss).count, 0u);
  const Corrections bad = run_about(kBad);
  EXPECT_LT(bad.count, bad.snapshots / 100) << "99 of 100 snapshots confirm";
}

}  // namespace
}  // namespace tessera::client::testing
