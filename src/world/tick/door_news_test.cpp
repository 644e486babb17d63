// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/door_news.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/core/random.h"
#include "engine/physics/box.h"
#include "protocol/messages/control.pb.h"

namespace tessera::tick {
namespace {

using Doors = std::set<std::uint32_t>;

/// 300 doors all over 4 km; the first stands at (100, 100).
std::shared_ptr<const physics::StaticGeometry> doors_all_over() {
  RandomStream random(3);
  std::vector<physics::BoxShape> leaves{{{100, 1.2f, 100}, {0.8f, 1.2f, 0.1f}, 0}};
  while (leaves.size() < 300) {
    leaves.push_back({{random.between(600, 4000), 1.2f, random.between(600, 4000)},
                      {0.8f, 1.2f, 0.1f},
                      random.between(-3, 3)});
  }
  return physics::geometry_of_boxes({{0, 0}, {4096, 4096}}, {}, {}, leaves);
}

class DoorNewsTest : public ::testing::Test {
 protected:
  EntityId enter(std::uint64_t session, float x, float z) {
    sessions.add({.id = {session},
                  .link = &link,
                  .character = {session},
                  .account = {session},
                  .entity = {}});
    return registry.create(Position{{x, 0, z}}, PlayerControl{{session}, {session}, {session}});
  }
  void set(std::uint32_t door, bool open) {
    auto& word = registry.singleton<doors::Doors>().open[door / 64];
    const std::uint64_t bit = std::uint64_t{1} << (door % 64);
    word = open ? word | bit : word & ~bit;
  }
  /// Runs a pass and brings what each session believes up to date. Returns the messages.
  int tell() {
    now += doors::kPassInterval;
    news.tell(now, registry, sessions);
    link.flush_down();
    int messages = 0;
    link.drain_down([&](const cluster::DownHeader& header, std::span<const std::byte> bytes) {
      protocol::ServerControl control;
      EXPECT_TRUE(control.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
      EXPECT_TRUE(control.has_doors_changed());
      Doors& open = believed[header.session.value];
      for (const auto door : control.doors_changed().opened()) {
        EXPECT_TRUE(open.insert(door).second) << "door " << door << " was told twice";
      }
      for (const auto door : control.doors_changed().closed()) {
        EXPECT_EQ(open.erase(door), 1u) << "door " << door << " was closed for it already";
      }
      ++messages;
    });
    return messages;
  }

  std::shared_ptr<const physics::StaticGeometry> geometry = doors_all_over();
  doors::DoorIndex index{*geometry};
  DoorNews news{index};
  ecs::Registry registry{1};
  intake::SessionTable sessions;
  cluster::Link link;
  std::map<std::uint64_t, Doors> believed;
  TickNumber now = 0;
};

TEST_F(DoorNewsTest, TellsWhoIsNearAndNobodyElse) {
  enter(1, 105, 140);
  enter(2, 500, 500);
  EXPECT_EQ(tell(), 0) << "all are closed";
  set(0, true);
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(believed[1], Doors{0});
  EXPECT_EQ(tell(), 0);
  set(0, false);
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(believed[1], Doors{});
  EXPECT_EQ(believed.count(2), 0u);
}

TEST_F(DoorNewsTest, TellsWhoComesNearWhatChangedWhileHeWasAway) {
  const EntityId ann = enter(1, 105, 140);
  set(0, true);
  tell();
  registry.get<Position>(ann)->metres = {500, 0, 500};
  set(0, false);
  EXPECT_EQ(tell(), 0);
  registry.get<Position>(ann)->metres = {105, 0, 140};
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(believed[1], Doors{});
}

TEST_F(DoorNewsTest, BeginsAnewWithEachSession) {
  const EntityId ann = enter(1, 105, 140);
  set(0, true);
  tell();
  registry.get<PlayerControl>(ann)->session = {2};
  sessions.add({.id = {2}, .link = &link, .character = {2}, .account = {2}, .entity = {}});
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(believed[2], Doors{0});
}

TEST_F(DoorNewsTest, WaitsForASessionThatHasNoLinkYet) {
  registry.create(Position{{100, 0, 100}}, PlayerControl{{9}, {9}, {9}});
  set(0, true);
  EXPECT_EQ(tell(), 0);
  sessions.add({.id = {9}, .link = &link, .character = {9}, .account = {9}, .entity = {}});
  EXPECT_EQ(tell(), 1);
}

TEST_F(DoorNewsTest, KeepsEveryoneRightAboutAllDoorsInSightWhateverHappens) {
  const std::uint64_t seed = 11;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  RandomStream random(seed);
  std::vector<EntityId> players;
  for (std::uint64_t session = 1; session <= 40; ++session) {
    players.push_back(enter(session, random.between(0, 4096), random.between(0, 4096)));
  }
  for (int round = 0; round < 300; ++round) {
    for (int i = 0; i < 30; ++i) set(random.below(300), random.chance(0.5f));
    for (const EntityId player : players) {
      if (!random.chance(0.3f)) continue;
      registry.get<Position>(player)->metres = {random.between(-100, 4200), 0,
                                                random.between(-100, 4200)};
    }
    tell();
    const auto& open = std::as_const(registry).singleton<doors::Doors>();
    for (std::uint64_t session = 1; session <= 40; ++session) {
      const math::Vec3 place = registry.get<Position>(players[session - 1])->metres;
      for (std::uint32_t door = 0; door < 300; ++door) {
        if (!index.is_at(door, place, kDoorSight_m)) continue;
        ASSERT_EQ(believed[session].contains(door), open.is_open(door)) << "door " << door;
      }
    }
  }
}

TEST_F(DoorNewsTest, NamesAllDoorsOfAZoneInOneMessage) {
  std::vector<physics::BoxShape> leaves(physics::kDoorsMax,
                                        {{100, 1.2f, 100}, {0.8f, 1.2f, 0.1f}, 0});
  index = doors::DoorIndex(*physics::geometry_of_boxes({{0, 0}, {256, 256}}, {}, {}, leaves));
  news = DoorNews(index);
  enter(1, 100, 100);
  registry.singleton<doors::Doors>().open.fill(~std::uint64_t{0});
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(believed[1].size(), physics::kDoorsMax);
}

TEST(DoorNews, HasNothingToTellWithoutDoors) {
  DoorNews news{doors::DoorIndex()};
  EXPECT_TRUE(news.in_sight({0, 0}).empty());
  news.tell(3, ecs::Registry(1), intake::SessionTable());
}

}  // namespace
}  // namespace tessera::tick
