// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/zones/zone_directory.h"

#include <gtest/gtest.h>

namespace tessera::server {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;
constexpr cluster::LinkOptions kSmall{.up_bytes = 4096, .down_bytes = 4096};

struct ZoneDirectoryTest : testing::Test {
  void send(CharacterId who, const std::shared_ptr<ZoneLinks>& zone, const std::string& arrival,
            std::int64_t now_ns = 0) {
    directory.plan_journey(who, {zone, arrival, cluster::Place{{1, 2, 3}, 4}});
    directory.begin_journey(who, now_ns);
  }

  std::shared_ptr<ZoneLinks> lasting = std::make_shared<ZoneLinks>(kSmall);
  std::shared_ptr<ZoneLinks> dungeon = std::make_shared<ZoneLinks>(kSmall);
  ZoneDirectory directory{lasting};
  CharacterId anna{7};
  CharacterId bert{8};
};

TEST_F(ZoneDirectoryTest, LeadsIntoTheZoneThatLasts) {
  const Way way = directory.way_of(anna, 0);
  EXPECT_EQ(way.zone, lasting);
  EXPECT_EQ(way.arrival, "");
  EXPECT_EQ(way.return_place, std::nullopt);
}

TEST_F(ZoneDirectoryTest, LeadsIntoTheInstanceAgainAndAgainOnceTheJourneyHasBegun) {
  directory.plan_journey(anna, {dungeon, "stairs", cluster::Place{{1, 2, 3}, 4}});
  EXPECT_EQ(directory.way_of(anna, 0).zone, lasting) << "it has not left yet";
  directory.begin_journey(anna, 0);
  for (int i = 0; i < 2; ++i) {
    const Way way = directory.way_of(anna, i * 1'000 * kSecond_ns);
    EXPECT_EQ(way.zone, dungeon);
    EXPECT_EQ(way.arrival, "stairs");
    EXPECT_EQ(way.return_place, (cluster::Place{{1, 2, 3}, 4}));
  }
  EXPECT_EQ(directory.way_of(bert, 0).zone, lasting);
}

TEST_F(ZoneDirectoryTest, LeadsOutOnceAndOnlyForAWhile) {
  send(anna, dungeon, "stairs");
  send(anna, lasting, "door", 5 * kSecond_ns);
  EXPECT_EQ(directory.way_of(anna, 6 * kSecond_ns).arrival, "door");
  EXPECT_EQ(directory.way_of(anna, 7 * kSecond_ns).arrival, "") << "where it was saved meanwhile";
  send(anna, lasting, "door", 0);
  EXPECT_EQ(directory.way_of(anna, ZoneDirectory::kJourneyNs).arrival, "");
}

TEST_F(ZoneDirectoryTest, CountsSeatsFromThePlanOnAndGivesThemBackWithTheNextJourney) {
  directory.plan_journey(anna, {dungeon, "stairs", {}});
  EXPECT_EQ(directory.seats_taken(*dungeon), 1u);
  send(bert, dungeon, "stairs");
  EXPECT_EQ(directory.seats_taken(*dungeon), 2u);
  send(bert, dungeon, "stairs");
  EXPECT_EQ(directory.seats_taken(*dungeon), 2u) << "one seat each";
  EXPECT_EQ(directory.return_place_of(bert), (cluster::Place{{1, 2, 3}, 4}));
  send(bert, lasting, "door");
  EXPECT_EQ(directory.seats_taken(*dungeon), 1u);
}

TEST_F(ZoneDirectoryTest, RetiresAnInstanceOnlyWhenNobodyHoldsItsLinks) {
  send(anna, dungeon, "stairs");
  {
    const Way way = directory.way_of(anna, 0);
    EXPECT_FALSE(directory.retire(dungeon)) << "a session is about to open";
  }
  EXPECT_TRUE(directory.retire(dungeon));
  EXPECT_EQ(directory.way_of(anna, 0).zone, lasting);
  EXPECT_EQ(directory.seats_taken(*dungeon), 0u);
}

TEST_F(ZoneDirectoryTest, ForgetsThoseWhoCameOutAndNeverEntered) {
  send(anna, lasting, "door", 0);
  send(bert, lasting, "door", 2 * ZoneDirectory::kJourneyNs);
  EXPECT_EQ(directory.seats_taken(*lasting), 1u) << "only Bert is still on the way";
}

}  // namespace
}  // namespace tessera::server
