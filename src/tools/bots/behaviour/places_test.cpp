// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/behaviour/places.h"

#include <algorithm>

#include "tools/bots/behaviour/testing/small_zone.h"

namespace tessera::bots {
namespace {

constexpr math::Vec2 kMiddle{512, 512};

TEST(Profiles, HaveNames) {
  EXPECT_EQ(profile_from_name("roam"), Profile::Roam);
  EXPECT_EQ(profile_from_name("crowd"), Profile::Crowd);
  EXPECT_EQ(profile_from_name("idle"), Profile::Idle);
  EXPECT_EQ(profile_from_name("fight"), Profile::Fight);
  EXPECT_EQ(profile_from_name("siege"), Profile::Siege);
  EXPECT_EQ(profile_from_name("delve"), Profile::Delve);
  EXPECT_FALSE(profile_from_name("run"));
}

TEST(Homes, AreSpreadWithTheDensityOfRoam) {
  const KnownZone known(plain());
  const auto homes = known.places.homes(Profile::Roam, 1000, known.guide);
  ASSERT_EQ(homes.size(), 1000u);
  const auto near = std::ranges::count_if(
      homes, [](math::Vec3 home) { return length(flat(home) - kMiddle) < 300; });
  // 0.09 pi square kilometres at 1,600
  EXPECT_NEAR(static_cast<double>(near), 452, 10);
}

TEST(Homes, AreTheSameEveryTime) {
  EXPECT_EQ(meadow().places.homes(Profile::Roam, 50, meadow().guide),
            meadow().places.homes(Profile::Roam, 50, meadow().guide));
}

TEST(Homes, OfManyBotsEndAtTheEdgeOfASmallZone) {
  const auto homes = meadow().places.homes(Profile::Roam, 500, meadow().guide);
  for (const math::Vec3 home : homes) {
    EXPECT_TRUE(meadow().world.is_free(home, {})) << home.x << ", " << home.z;
    EXPECT_LE(length(flat(home) - math::Vec2{32, 64}), 34);
  }
}

TEST(Homes, OfACrowdAreInTheMarketAndAtItsEdge) {
  ZoneDefinition zone = plain();
  Area market;
  market.name = "market";
  market.centre = {200, 300};
  market.half_size = {25, 20};
  zone.areas = {market};
  const KnownZone known(zone);
  EXPECT_EQ(flat(known.places.market().centre), market.centre);
  EXPECT_EQ(known.places.market().radius_m, 34);
  for (const math::Vec3 home : known.places.homes(Profile::Crowd, 1000, known.guide)) {
    EXPECT_LE(length(flat(home) - market.centre), 34.01f);
  }
}

TEST(Homes, OfACrowdAreInTheMiddleOfAZoneWithoutAMarket) {
  const KnownZone known(plain());
  for (const math::Vec3 home : known.places.homes(Profile::Crowd, 1000, known.guide)) {
    EXPECT_LE(length(flat(home) - kMiddle), 50.01f);
  }
}

TEST(Homes, OfASiegeAreInACircleBeforeTheTown) {
  const KnownZone known(plain());
  const math::Vec2 field = kMiddle - math::Vec2{0, kSiegeNorth_m};
  EXPECT_LE(length(flat(known.places.battlefield(known.guide)) - field), 1);
  for (const math::Vec3 home : known.places.homes(Profile::Siege, 600, known.guide)) {
    EXPECT_LE(length(flat(home) - field), kSiegeRadius_m + 1);
  }
  // A zone too small for that has it within its edge.
  for (const math::Vec3 home : meadow().places.homes(Profile::Siege, 50, meadow().guide)) {
    EXPECT_TRUE(meadow().world.is_free(home, {})) << home.x << ", " << home.z;
  }
}

TEST(Places, HaveARoomBehindTheDoorOfAHouse) {
  ASSERT_EQ(meadow().places.rooms().size(), 1u);
  EXPECT_TRUE(is_in_house(meadow().places.rooms()[0]));
  EXPECT_NEAR(meadow().places.rooms()[0].y, 5.15f, 0.01f) << "on its floor";
}

TEST(Places, HaveStopsAlongRoads) {
  ZoneDefinition zone = plain();
  zone.roads = {{.name = "first", .points = {{100, 100}, {150, 100}, {150, 155}}, .width_m = 4},
                {.name = "second", .points = {{300, 300}, {310, 300}}, .width_m = 4}};
  const KnownZone known(zone);
  const auto stops = known.places.road_stops();
  ASSERT_EQ(stops.size(), 7u) << "105 m and 10 m, one every 20 m";
  for (std::size_t i = 0; i + 1 < 6; ++i) EXPECT_EQ(stops[i].road, 0u);
  EXPECT_EQ(flat(stops[2].place), (math::Vec2{140, 100}));
  EXPECT_EQ(flat(stops[3].place), (math::Vec2{150, 110}));
  EXPECT_EQ(stops[6].road, 1u);
}

TEST(Places, LeadToTheMarketFromAllRound) {
  const nav::FlowField& field = meadow().places.to_market();
  const math::Vec2 centre = flat(meadow().places.market().centre);
  for (const math::Vec2 start : {math::Vec2{10, 20}, math::Vec2{60, 120}, math::Vec2{5, 100}}) {
    const auto sample = field.sample({start.x, 5, start.z});
    ASSERT_TRUE(sample);
    EXPECT_GT(dot(sample->direction, centre - start), 0);
  }
}

TEST(Places, KeepsGoalsAwayFromPortalsAndHomesOfDelversNearThem) {
  ZoneDefinition zone = plain();
  zone.areas.push_back({.name = "hole",
                        .centre = {700, 500},
                        .half_size = {2, 2},
                        .low_m = -5,
                        .high_m = 5,
                        .leads_to = Portal{"cellar", "stairs"}});
  zone.roads.push_back({"path", {{600, 500}, {700, 500}}, 4});
  KnownZone known(std::move(zone));
  EXPECT_TRUE(known.places.is_near_portal({704, 500}));
  EXPECT_FALSE(known.places.is_near_portal({707, 500}));
  ASSERT_FALSE(known.places.road_stops().empty());
  for (const RoadStop& stop : known.places.road_stops()) {
    EXPECT_FALSE(known.places.is_near_portal(flat(stop.place)));
  }
  for (const math::Vec3 home : known.places.homes(Profile::Delve, 500, known.guide)) {
    EXPECT_LT(length(flat(home) - math::Vec2{700, 500}), kDelveRadius_m + 1);
  }
}

}  // namespace
}  // namespace tessera::bots
