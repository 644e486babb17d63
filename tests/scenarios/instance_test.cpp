// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Ann walks into the cave of the quarry, is in the barrow, and comes out again.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <soci.h>

#include <chrono>
#include <thread>

#include "engine/math/angles.h"
#include "player.h"
#include "server/roles/content_folder.h"
#include "shard.h"
#include "world/content/zone_loader.h"

namespace tessera::scenarios {
namespace {

class InstanceScenario : public ::testing::Test {
 protected:
  template <class F>
  bool until(F condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      if (ann) ann->poll();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }
  /// Ann's client enters, with the ground that the welcome names.
  void enter() {
    ann = std::make_unique<Player>(shard.world(), shard.connect_token(0));
    ASSERT_TRUE(until([&] { return !ann->zone().empty(); }));
    if (ann->zone() == "barrow") ann->client().set_world(make_collision_world(barrow));
    ASSERT_TRUE(until([&] { return ann->in_world(); }));
    // Wherever the client thought it was: the server says where it is.
    const std::uint64_t end = shard.tick() + 30;
    ASSERT_TRUE(until([&] { return shard.tick() >= end; }));
  }
  math::Vec2 place() { return flat(ann->client().own_pose().position); }
  /// Straight to a place, until the server sends Ann elsewhere.
  bool walks_away(math::Vec2 to) {
    const math::Vec2 way = to - place();
    const math::Vec2 ahead = way * (1 / length(way));
    ann->client().set_controls({.move_x = static_cast<std::int8_t>(ahead.x * 127),
                                .move_z = static_cast<std::int8_t>(ahead.z * 127),
                                .buttons = 0,
                                .heading = math::heading_of_direction(ahead)});
    return until([&] { return ann->ended(); }) &&
           ann->told_to_leave() == cluster::CloseReason::Moved;
  }
  /// The place that the database has.
  math::Vec2 saved_place() {
    const auto of = [&](const char* column) {
      return static_cast<float>(shard.query(
                 fmt::format("SELECT CAST({} * 100 AS INTEGER) FROM characters WHERE id = {}",
                             column, shard.pass(0).character))) /
             100;
    };
    return {of("x"), of("z")};
  }

  Shard shard;
  const ZoneDefinition barrow =
      content::load_zone(std::filesystem::path(server::default_zone_folder()).parent_path() /
                         "barrow")
          .value();
  std::unique_ptr<Player> ann;
};

TEST_F(InstanceScenario, APlayerWalksIntoTheBarrowAndOutAgain) {
  soci::session session("sqlite3", "db=" + shard.database_file());
  session << "UPDATE characters SET zone = 1, x = 2748, y = 10, z = 1385 WHERE id = "
          << shard.pass(0).character;
  enter();
  EXPECT_EQ(ann->zone(), "vale");
  EXPECT_EQ(shard.metric("tessera_instances"), 0);
  ASSERT_TRUE(walks_away({2748, 1370.5f})) << shard.messages();

  enter();
  EXPECT_EQ(ann->zone(), "barrow");
  EXPECT_LT(length(place() - math::Vec2{128, 204}), 1) << "at the arrival 'entrance'";
  EXPECT_EQ(shard.metric("tessera_instances"), 1);
  EXPECT_EQ(shard.metric("tessera_instance_players"), 1);
  EXPECT_EQ(shard.metric("tessera_zone_players"), 0);
  EXPECT_EQ(shard.server().status().players, 1u);

  // The connection breaks: Ann comes back into the same barrow.
  ann.reset();
  enter();
  EXPECT_EQ(ann->zone(), "barrow");
  EXPECT_EQ(shard.metric("tessera_instances_made_total"), 1);

  ASSERT_TRUE(walks_away({128, 217})) << shard.messages();
  ASSERT_TRUE(until([&] { return shard.metric("tessera_zone_save_backlog") == 0; }));
  EXPECT_LT(length(saved_place() - math::Vec2{2748, 1371.5f}), 2) << "where she left the vale";
  enter();
  EXPECT_EQ(ann->zone(), "vale");
  EXPECT_LT(length(place() - math::Vec2{2748, 1381}), 1) << "at the arrival 'quarry_cave'";
  EXPECT_EQ(shard.metric("tessera_instance_players"), 0);
  EXPECT_EQ(shard.metric("tessera_zone_players"), 1);
}

}  // namespace
}  // namespace tessera::scenarios
