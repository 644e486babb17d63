// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fleets in the default world, moved by the step that server and clients run, without either.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "tools/bots/behaviour/testing/small_zone.h"

namespace tessera::bots {
namespace {

constexpr float kSightM = 100;

std::vector<Walker> fleet_at_home(Profile profile, std::size_t count) {
  const auto homes = vale().places.homes(profile, count, vale().guide);
  std::vector<Walker> fleet;
  for (std::size_t i = 0; i < count; ++i) {
    fleet.emplace_back(vale(), profile, homes[i], homes[i], mix64(i + 1));
  }
  return fleet;
}

void run(std::vector<Walker>& fleet, int seconds) {
  for (int tick = 0; tick < seconds * 60; ++tick) {
    for (Walker& walker : fleet) walker.step();
  }
}

/// Half of all see so many others or fewer.
std::size_t median_visible(const std::vector<Walker>& fleet) {
  std::vector<std::size_t> visible;
  for (const Walker& viewer : fleet) {
    visible.push_back(
        static_cast<std::size_t>(std::ranges::count_if(fleet, [&](const Walker& other) {
          return distance(viewer.motion.position, other.motion.position) < kSightM;
        })));
  }
  std::ranges::sort(visible);
  return visible[visible.size() / 2] - 1;
}

TEST(BotsInTheVale, StandOnDryGroundAtTheBeginning) {
  for (const Profile profile : {Profile::Roam, Profile::Crowd}) {
    for (const math::Vec3 home : vale().places.homes(profile, 2000, vale().guide)) {
      EXPECT_TRUE(vale().world.is_free(home, {})) << home.x << ", " << home.z;
      EXPECT_GE(home.y, vale().zone.water_level_m) << home.x << ", " << home.z;
    }
  }
}

TEST(BotsInTheVale, AreHardlyEverStuck) {
  auto fleet = fleet_at_home(Profile::Roam, 20);
  run(fleet, 60);
  std::uint32_t hindered = 0;
  int moving = 0;
  for (const Walker& walker : fleet) {
    hindered += walker.behaviour.hindered_frames();
    moving += walker.moving_frames;
  }
  EXPECT_LE(hindered, 20u * 3 * 60) << "three seconds each";
  EXPECT_GE(moving, 20 * 60 * 60 / 2);
}

TEST(BotsInTheVale, KeepTheirDensity) {
  auto fleet = fleet_at_home(Profile::Roam, 1000);
  const std::size_t before = median_visible(fleet);
  run(fleet, 30);
  const std::size_t after = median_visible(fleet);
  EXPECT_NEAR(static_cast<double>(before), 48, 4) << "1,600 on a square kilometre";
  EXPECT_NEAR(static_cast<double>(after), static_cast<double>(before), 5);
}

TEST(BotsInTheVale, VisitTheHousesOfTheTown) {
  auto fleet = fleet_at_home(Profile::Roam, 100);
  std::set<std::size_t> visited;
  for (int second = 0; second < 60; ++second) {
    run(fleet, 1);
    for (std::size_t room = 0; room < vale().places.rooms().size(); ++room) {
      const math::Vec3 place = vale().places.rooms()[room];
      if (std::ranges::any_of(fleet, [place](const Walker& walker) {
            return distance(walker.motion.position, place) < 1;
          })) {
        visited.insert(room);
      }
    }
  }
  EXPECT_GE(vale().places.rooms().size(), 30u);
  EXPECT_GE(visited.size(), 10u);
}

TEST(BotsInTheVale, GatherInTheMarketFromTheWholeTownAndFromBeyond) {
  const auto from = vale().places.homes(Profile::Roam, 120, vale().guide);  // 155 m round it
  const auto homes = vale().places.homes(Profile::Crowd, from.size(), vale().guide);
  std::vector<Walker> fleet;
  for (std::size_t i = 0; i < from.size(); ++i) {
    fleet.emplace_back(vale(), Profile::Crowd, homes[i], from[i], i);
  }
  run(fleet, 60);
  int still_moving = 0;
  for (int second = 0; second < 20; ++second) {
    run(fleet, 1);
    for (const Walker& walker : fleet) {
      // which is no farther than 14 m from the market's edge
      EXPECT_LE(walker.distance_to(flat(vale().places.market().centre)), 50.5f)
          << walker.motion.position.x << ", " << walker.motion.position.z;
      still_moving += length(walker.motion.velocity_m_per_s) > 0.1f ? 1 : 0;
    }
  }
  EXPECT_GE(still_moving, 20 * 120 / 5) << "they mill about";
}

}  // namespace
}  // namespace tessera::bots
