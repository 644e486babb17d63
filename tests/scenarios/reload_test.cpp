// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A designer works on a zone while Ann plays in it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci.h>

#include <chrono>
#include <thread>

#include "player.h"
#include "shard.h"
#include "tools/replay/replay.h"
#include "world/content/testing/zone_folder.h"
#include "world/content/zone_loader.h"
#include "world/log/log_storage.h"

namespace tessera::scenarios {
namespace {

using testing::HasSubstr;

class ReloadScenario : public ::testing::Test {
 protected:
  template <class F>
  bool until(F condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      if (ann) ann->poll();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }

  /// Ann's place, once the server has told it.
  math::Vec3 place() {
    const std::uint64_t end = shard.tick() + 60;
    until([&] { return shard.tick() >= end; });
    return ann->client().own_pose().position;
  }

  platform::TempDirectory records;
  content::ZoneFolder meadow;
  Shard shard{meadow.path, records.file("run.tlog"), true};
  std::unique_ptr<Player> ann;
};

TEST_F(ReloadScenario, ANewHouseStandsAtOnceAndWhoItCatchesIsPutBesideItAndAFaultChangesNothing) {
  soci::session session("sqlite3", "db=" + shard.database_file());
  session << "UPDATE characters SET zone = 1, x = 50, y = 5, z = 100 WHERE id = "
          << shard.pass(0).character;
  ann = std::make_unique<Player>(shard.world(), shard.connect_token(0));
  ASSERT_TRUE(until([&] { return ann->in_world(); }));
  EXPECT_NEAR(place().x, 50, 0.5f);

  // A fault is told, and nothing else happens.
  meadow.write("zone.yaml", content::meadow_with("size_m: [64, 128]", "size_m: [64, -1]"));
  ASSERT_TRUE(until([&] {
    return shard.messages().find("changed content has a fault") != std::string::npos;
  })) << shard.messages();
  EXPECT_THAT(shard.messages(), HasSubstr("zone.yaml:3"));
  EXPECT_EQ(ann->new_content(), 0u);
  EXPECT_NEAR(place().x, 50, 0.5f);

  // A house where Ann stands.
  meadow.write("zone.yaml",
               content::meadow_with("boxes:\n", "boxes:\n  - {at: [50, 100], size: [6, 4, 6]}\n"));
  ASSERT_TRUE(until([&] { return ann->new_content() != 0; })) << shard.messages();
  const std::uint64_t content_hash = ann->new_content();
  const auto changed = content::load_zone(meadow.path);
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_EQ(content_hash, changed->content_hash);
  ann->client().set_world(make_collision_world(*changed));
  EXPECT_LT(place().z, 90) << "she is at a spawn point";

  shard.stop();
  auto log = log::MappedLog::open(records.file("run.tlog"));
  ASSERT_TRUE(log) << log.error().message;
  const auto begun_with = replay::content_hash_of(log->bytes());
  ASSERT_TRUE(begun_with);
  EXPECT_NE(*begun_with, content_hash);
  const auto stored = [&](std::uint64_t hash) {
    return content::load_stored_zone(meadow.path, hash);
  };
  const auto outcome = replay::replay(log->bytes(), stored(*begun_with).value(), 1, stored);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->diverged_at, std::nullopt);
  EXPECT_GT(outcome->ticks, 100u);
}

}  // namespace
}  // namespace tessera::scenarios
