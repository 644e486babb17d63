// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A house in a long meadow. Ann goes in; Bert stands before it, Cleo at the other end of the
// meadow. Who is near learns of the door, and the whole can be replayed.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <soci.h>

#include <chrono>
#include <memory>
#include <thread>

#include "player.h"
#include "shard.h"
#include "tools/replay/replay.h"
#include "world/content/testing/zone_folder.h"
#include "world/content/zone_loader.h"
#include "world/log/log_storage.h"

namespace tessera::scenarios {
namespace {

using Doors = std::set<std::uint32_t>;
using Areas = std::set<std::string>;

constexpr Doors::value_type kFrontDoor = 0;  // of the house at (30, 80), at z = 84.9

/// The meadow of the tests of content, 512 m long.
std::unique_ptr<content::ZoneFolder> long_meadow() {
  auto folder = std::make_unique<content::ZoneFolder>(
      content::meadow_with("size_m: [64, 128]", "size_m: [64, 512]"));
  const content::HeightMap map{3, 17, std::vector<std::uint16_t>(51, 500)};
  folder->write("height.png", *content::encode_height_map(map));
  return folder;
}

class DoorsScenario : public ::testing::Test {
 protected:
  /// Lets the character of a spare account in, where the test wants it.
  Player& enter(std::size_t account, math::Vec2 place) {
    soci::session session("sqlite3", "db=" + shard.database_file());
    session << fmt::format("UPDATE characters SET zone = 1, x = {}, y = 5, z = {} WHERE id = {}",
                           place.x, place.z, shard.pass(account).character);
    Player& player = *players.emplace_back(
        std::make_unique<Player>(shard.world(), shard.connect_token(account)));
    EXPECT_TRUE(until([&] { return player.in_world(); }));
    const math::Vec3 at = player.client().own_pose().position;
    EXPECT_LT(distance(at, {place.x, at.y, place.z}), 1);
    return player;
  }

  void walk(Player& player, std::int8_t south) { player.client().set_controls({.move_z = south}); }

  template <class F>
  bool until(F condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      for (const auto& player : players) player->poll();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }
  bool for_ticks(std::uint64_t ticks) {
    return until([this, end = shard.tick() + ticks] { return shard.tick() >= end; });
  }

  platform::TempDirectory records;
  std::unique_ptr<content::ZoneFolder> meadow = long_meadow();
  Shard shard{meadow->path, records.file("run.tlog")};
  std::vector<std::unique_ptr<Player>> players;
};

TEST_F(DoorsScenario, ADoorOpensForWhoWalksUpToItAndIsToldToThoseNear) {
  Player& ann = enter(0, {30, 97});
  Player& bert = enter(1, {45, 112});
  Player& cleo = enter(2, {30, 480});
  for_ticks(30);
  EXPECT_EQ(ann.doors_told(), 0u) << "all doors are closed";
  const std::uint64_t corrections = ann.client().prediction().corrections();

  walk(ann, -127);
  EXPECT_TRUE(until([&] { return ann.client().own_pose().position.z < 81; }));
  walk(ann, 0);
  for_ticks(30);
  EXPECT_EQ(ann.client().prediction().corrections(), corrections) << "she never ran into it";
  EXPECT_EQ(bert.doors_told(), 2u) << "it opened, and closed behind her";
  EXPECT_EQ(ann.doors_told(), 2u);
  EXPECT_EQ(ann.areas(), Areas{"house"});
  EXPECT_EQ(bert.areas(), Areas{});

  walk(ann, 127);
  EXPECT_TRUE(until([&] { return ann.client().own_pose().position.z > 85.5f; }));
  walk(ann, 0);
  EXPECT_TRUE(until([&] { return bert.open_doors() == Doors{kFrontDoor}; }));
  Player& dora = enter(3, {20, 100});
  EXPECT_TRUE(until([&] { return dora.open_doors() == Doors{kFrontDoor}; }))
      << "who comes later is told what is open";
  EXPECT_TRUE(until([&] { return ann.areas().empty(); }));
  EXPECT_EQ(cleo.doors_told(), 0u) << "it is far away";

  shard.stop();
  auto log = log::MappedLog::open(records.file("run.tlog"));
  ASSERT_TRUE(log) << log.error().message;
  const auto outcome =
      replay::replay(log->bytes(), content::load_zone(meadow->path).value(), 1,
                     [](std::uint64_t) { return failure(ErrorKind::NotFound, "none"); });
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->diverged_at, std::nullopt);
  EXPECT_GT(outcome->ticks, 100u);
}

}  // namespace
}  // namespace tessera::scenarios
