// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The outside fails while fifty play: the disk takes no more, the database is locked by somebody
// else. The world goes on, the operator is told, and afterwards nothing is missing.
#include <fmt/format.h>
#include <soci.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>

#include "abuse_scenario.h"
#include "tools/bots/enrolment/http_client.h"

namespace tessera::scenarios {
namespace {

class FailingOutside : public AbuseScenario {
 protected:
  /// The player leaves, and its last state is tried to be stored in vain.
  void leave_unsaved(Player& player) {
    const auto failures = [] { return shard().metric("tessera_zone_save_failures_total"); };
    player.leave();
    // The first failure from now on may be of a batch that was under way already.
    const double before = failures();
    EXPECT_TRUE(until([&] { return failures() >= before + 2; }));
    EXPECT_GT(shard().metric("tessera_zone_save_backlog"), 0);
  }
  /// How far the stored place of a spare account's character is from `place`, over the map.
  static double stored_distance_m(std::size_t account, const math::Vec3& place) {
    const auto stored_mm = [&](const char* axis) {
      return static_cast<double>(shard().query(
                 fmt::format("SELECT CAST({} * 1000 AS INTEGER) FROM characters WHERE id = {}",
                             axis, shard().pass(account).character))) /
             1000;
    };
    return std::hypot(stored_mm("x") - static_cast<double>(place.x),
                      stored_mm("z") - static_cast<double>(place.z));
  }
  /// Runs west for a second and stands still where the server has it, too.
  math::Vec3 run_away(Player& player) {
    player.client().set_controls({.move_x = -127});
    for_ticks(60, [] {});
    player.client().set_controls({});
    for_ticks(30, [] {});
    return player.client().prediction().state().position;
  }
};

/// No file of this process may grow beyond so much: what a full disk is to a server.
class FilesMayNotGrow {
 public:
  explicit FilesMayNotGrow(rlim_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);  // as `tessera serve` does
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  FilesMayNotGrow(const FilesMayNotGrow&) = delete;
  FilesMayNotGrow& operator=(const FilesMayNotGrow&) = delete;
  ~FilesMayNotGrow() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

TEST_F(FailingOutside, AFullDiskStopsNeitherPlayersNorTheServerAndIsToldAndMadeUpFor) {
  Player& player = enter(0);
  math::Vec3 last_place;
  {
    const FilesMayNotGrow full_disk(16'384);
    auto http = bots::HttpClient::to(shard().url()).value();
    const auto refused =
        http.post("/api/v1/register", R"({"name":"latecomer","password":"correct horse"})");
    EXPECT_EQ(refused->status, 503) << "come back later: " << refused->body;
    EXPECT_NE(refused->body.find("cannot store this"), std::string::npos) << refused->body;
    EXPECT_TRUE(told("the database failed"));
    EXPECT_GE(shard().metric("tessera_database_failures_total"), 1);
    last_place = run_away(player);
    leave_unsaved(player);  // soon: the pauses between tries grow
    EXPECT_TRUE(told("the intent log is broken; the world goes on without it"));
    EXPECT_TRUE(told("make room and try again"));
    EXPECT_TRUE(told("characters cannot be saved; trying again"));
    EXPECT_TRUE(told("ulimit -f"));
    EXPECT_EQ(shard().metric("tessera_zone_log_failed"), 1);
  }
  EXPECT_TRUE(told("the intent log is written again"));
  EXPECT_TRUE(told("characters are saved again"));
  EXPECT_TRUE(until([&] { return stored_distance_m(0, last_place) < 0.05; }));
}

TEST_F(FailingOutside, ALockedDatabaseIsWaitedForAndLosesNothing) {
  Player& player = enter(1);
  math::Vec3 last_place;
  {
    soci::session somebody("sqlite3", "db=" + shard().database_file() + " timeout=10");
    somebody << "BEGIN EXCLUSIVE";
    last_place = run_away(player);
    leave_unsaved(player);
    EXPECT_TRUE(told("characters cannot be saved; trying again"));
    EXPECT_TRUE(told("another process keeps the database locked; end it"));
    EXPECT_GT(stored_distance_m(1, last_place), 1) << "nothing can be stored yet";
    somebody << "COMMIT";
  }
  EXPECT_TRUE(told("characters are saved again"));
  EXPECT_TRUE(until([&] { return stored_distance_m(1, last_place) < 0.05; }));
}

}  // namespace
}  // namespace tessera::scenarios
