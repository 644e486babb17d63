// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour/behaviour.h"

#include <algorithm>
#include <array>
#include <set>

#include "tools/bots/behaviour/testing/small_zone.h"

namespace tessera::bots {
namespace {

constexpr int kMinute = 60 * 60;  // frames
constexpr math::Vec3 kHome{500, 0, 500};

TEST(Behaviour, StrollsAboutItsHomeAndStopsNowAndThen) {
  KnownZone known(plain());
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Walker walker(known, Profile::Roam, kHome, kHome, seed);
    float farthest_m = 0;
    for (int i = 0; i < kMinute; ++i) {
      walker.step();
      farthest_m = std::max(farthest_m, walker.distance_to(flat(kHome)));
    }
    EXPECT_LT(farthest_m, kStroll_m + 0.5f) << "seed " << seed;
    EXPECT_GT(walker.moving_frames, kMinute / 2) << "seed " << seed;
    EXPECT_LT(walker.moving_frames, kMinute) << "seed " << seed;
    EXPECT_GE(walker.emotes, 4) << "seed " << seed;
    EXPECT_EQ(walker.behaviour.stuck(), 0u) << "seed " << seed;
  }
}

TEST(Behaviour, RunsHomeFromAfar) {
  KnownZone known(plain());
  Walker walker(known, Profile::Roam, kHome, {800, 0, 500}, 1);
  for (int i = 0; i < kMinute; ++i) walker.step();  // 300 m at 5.5 m/s are 55 s
  EXPECT_LT(walker.distance_to(flat(kHome)), kStroll_m);
}

TEST(Behaviour, StandsStillWhenIdleButEmotes) {
  KnownZone known(plain());
  Walker walker(known, Profile::Idle, kHome, kHome, 1);
  for (int i = 0; i < kMinute; ++i) walker.step();
  EXPECT_EQ(walker.moving_frames, 0);
  EXPECT_GE(walker.emotes, 4);
}

TEST(Behaviour, ShovesAndThrowsInACrowdOnly) {
  KnownZone known(plain());
  int shoves = 0;
  int throws = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Walker crowd(known, Profile::Crowd, kHome, kHome, seed);
    Walker roam(known, Profile::Roam, kHome, kHome, seed);
    for (int i = 0; i < kMinute; ++i) {
      crowd.step();
      shoves += crowd.behaviour.skirmish() == protocol::ActionKind::Shove ? 1 : 0;
      throws += crowd.behaviour.skirmish() == protocol::ActionKind::Throw ? 1 : 0;
      roam.step();
      ASSERT_EQ(roam.behaviour.skirmish(), protocol::ActionKind::None);
    }
  }
  EXPECT_NEAR(shoves + throws, 10 * 60 / Behaviour::kSkirmishSeconds, 20);
  EXPECT_GT(shoves, 40);
  EXPECT_GT(throws, 40);
}

ZoneDefinition plain_with_portal() {
  ZoneDefinition zone = plain();
  zone.areas.push_back({.name = "hole",
                        .centre = {520, 500},
                        .half_size = {2, 2},
                        .low_m = -5,
                        .high_m = 5,
                        .leads_to = Portal{"cellar", "stairs"}});
  return zone;
}

TEST(Behaviour, StrollsAndGoesIntoAPortalToDelveAgainWhenItWasNotLetThrough) {
  KnownZone known(plain_with_portal());
  ASSERT_EQ(known.places.portals().size(), 1u);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Walker delve(known, Profile::Delve, kHome, kHome, seed);
    int visits = 0;
    bool in = false;
    for (int i = 0; i < 2 * kMinute; ++i) {
      delve.step();
      const bool is_in = delve.distance_to({520, 500}) < 2;
      visits += is_in && !in ? 1 : 0;
      in = is_in;
      if (i < static_cast<int>(Behaviour::kDelveSecondsMin * 60)) {
        EXPECT_EQ(visits, 0) << "it strolls first";
      }
    }
    EXPECT_GE(visits, 2) << "seed " << seed;
  }
}

TEST(Behaviour, WalksAlongARoadFromStopToStop) {
  ZoneDefinition zone = plain();
  zone.roads = {{.name = "road", .points = {{300, 540}, {700, 540}}, .width_m = 4}};
  KnownZone known(zone);
  std::set<std::size_t> visited;
  int stretches = 0;
  std::size_t before = 0;
  Walker walker(known, Profile::Roam, kHome, kHome, 3);
  for (int i = 0; i < 10 * kMinute; ++i) {
    walker.step();
    EXPECT_LT(walker.distance_to(flat(kHome)), kVisit_m + 0.5f);
    for (std::size_t stop = 0; stop < known.places.road_stops().size(); ++stop) {
      if (walker.distance_to(flat(known.places.road_stops()[stop].place)) > 0.5f) continue;
      visited.insert(stop);
      if (before + 1 == stop || stop + 1 == before) ++stretches;
      before = stop;
    }
  }
  EXPECT_GE(visited.size(), 4u) << "of six within reach";
  EXPECT_GE(stretches, 5) << "from a stop to the one beside it";
}

TEST(Behaviour, GoesIntoAHouseThroughItsDoorAndOutAgain) {
  const math::Vec3 home{30, 5, 95};
  Walker walker(meadow(), Profile::Roam, home, home, 5);
  int went_in = 0;
  int went_out = 0;
  bool inside = false;
  for (int i = 0; i < 10 * kMinute; ++i) {
    walker.step();
    const bool now_inside = is_in_house(walker.motion.position);
    went_in += now_inside && !inside ? 1 : 0;
    went_out += !now_inside && inside ? 1 : 0;
    inside = now_inside;
  }
  EXPECT_GE(went_in, 2);
  EXPECT_GE(went_out, went_in - 1);
  EXPECT_EQ(walker.behaviour.stuck(), 0u);
}

TEST(Behaviour, GivesAGoalUpWhenItDoesNotGetOn) {
  KnownZone known(plain());
  Behaviour behaviour(Profile::Roam, known.places, kHome, 1);
  std::set<std::uint16_t> aims;
  for (int i = 0; i < kMinute; ++i) {  // it walks, but something holds it
    known.guide.begin_step();
    aims.insert(behaviour.next_frame(kHome, known.guide).aim);
  }
  EXPECT_GE(behaviour.stuck(), 10u) << "every three seconds and a pause";
  EXPECT_LE(behaviour.stuck(), 20u);
  EXPECT_GE(aims.size(), behaviour.stuck()) << "each time it chose another goal";
  EXPECT_NEAR(behaviour.hindered_frames(), behaviour.stuck() * 2 * 60, 2 * 60 + 20);
}

TEST(Behaviour, WaitsForItsTurnToAskTheWay) {
  Guide& guide = meadow().guide;
  const math::Vec3 home{30, 5, 95};
  Behaviour behaviour(Profile::Roam, meadow().places, home, 1);
  std::array<math::Vec3, 4> corners{};
  guide.begin_step();
  while (guide.find_way(home, {30, 5, 100}, corners).answer != Guide::Answer::Later) {
  }
  for (int i = 0; i < kMinute; ++i) {
    const auto frame = behaviour.next_frame(home, guide);
    ASSERT_EQ(frame.move_x, 0);
    ASSERT_EQ(frame.move_z, 0);
  }
  EXPECT_EQ(behaviour.stuck(), 0u);
  guide.begin_step();
  const auto frame = behaviour.next_frame(home, guide);
  EXPECT_TRUE(frame.move_x != 0 || frame.move_z != 0);
}

/// Lets one come from a corner of the zone and mill about for a minute.
void gather(KnownZone& known) {
  const MarketPlace& market = known.places.market();
  const math::Vec3 home = known.places.homes(Profile::Crowd, 3, known.guide)[1];
  const math::Vec3 start = known.guide.standing_place({10, 20}, 5).value();
  Walker walker(known, Profile::Crowd, home, start, 2);
  const int way_s = static_cast<int>(distance(start, market.centre) / 5) + 2;
  for (int i = 0; i < way_s * 60; ++i) walker.step();
  walker.moving_frames = 0;
  for (int i = 0; i < kMinute; ++i) {
    walker.step();
    ASSERT_LE(walker.distance_to(flat(market.centre)), market.radius_m + 0.5f);
  }
  EXPECT_GT(walker.moving_frames, kMinute / 5);
  EXPECT_LT(walker.moving_frames, kMinute);
}

TEST(Behaviour, OfACrowdGathersInTheMarketAndMillsAboutThere) { gather(meadow()); }

TEST(Behaviour, OfACrowdGathersInAZoneWithoutAMeshToo) {
  KnownZone known(plain());
  gather(known);
}

}  // namespace
}  // namespace tessera::bots
