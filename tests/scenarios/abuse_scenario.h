// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The story that all files here tell: fifty players are in town, somebody does something bad for
// two seconds, the server says what was wrong with it, and nothing has happened to the fifty.
//
// A suite has one server; a test has its own fleet. Ticks of the server are the clock: they say how
// long an attack lasts and how many snapshots a bystander must have got meanwhile.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bystanders.h"
#include "player.h"
#include "shard.h"

namespace tessera::scenarios {

/// Two seconds: 40 snapshots for each bystander.
inline constexpr std::uint64_t kAttackTicks = 120;

/// What chance in a scenario comes from: `usual`, or what --gtest_random_seed (GTEST_RANDOM_SEED in
/// the environment) says. Trace it with SCOPED_TRACE(seed_text(seed)).
inline std::uint64_t seed_or(std::uint64_t usual) {
  const auto given = static_cast<std::uint64_t>(GTEST_FLAG_GET(random_seed));
  return given != 0 ? given : usual;
}
inline std::string seed_text(std::uint64_t seed) {
  return "the same again: GTEST_RANDOM_SEED=" + std::to_string(seed);
}

class AbuseScenario : public testing::Test {
 protected:
  static void SetUpTestSuite() { shard_ = std::make_unique<Shard>(); }
  static void TearDownTestSuite() { shard_.reset(); }
  static Shard& shard() { return *shard_; }

  void SetUp() override {
    told_before_ = shard().messages().size();
    bystanders_.emplace(shard());
  }
  void TearDown() override {
    bystanders_->expect_nothing_happened();
    EXPECT_EQ(shard().server().ending(), std::nullopt);
  }

  /// A client of the spare account in the world; it is polled by until() and for_ticks().
  Player& enter(std::size_t account) {
    Player& player = *players_.emplace_back(
        std::make_unique<Player>(shard().world(), shard().connect_token(account)));
    EXPECT_TRUE(until([&] { return player.in_world(); })) << "a player comes in at any time";
    return player;
  }
  /// Polls a client of the test's own, of whatever kind, until it is in the world.
  template <class Client>
  bool comes_in(Client& client) {
    return until([&] {
      client.poll();
      return client.in_world();
    });
  }

  /// Waits for `condition`; false after 20 s.
  template <class F>
  bool until(F condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      turn();
    }
    return true;
  }

  /// Waits until the server has told its operator this, in the running test.
  bool told(const std::string& part) {
    return until([&] { return shard().messages().find(part, told_before_) != std::string::npos; });
  }

  /// Calls `attack` about once a tick until the server has run `ticks` more. Stops at the first
  /// failure, and after a minute.
  template <class F>
  void for_ticks(std::uint64_t ticks, F attack) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    const std::uint64_t begun = shard().tick();
    std::uint64_t attacked = 0;
    for (std::uint64_t now = begun; now < begun + ticks && !HasFailure(); now = shard().tick()) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "the server does not tick";
      for (; attacked <= now - begun; ++attacked) attack();
      turn();
    }
  }

 private:
  void turn() {
    for (const auto& player : players_) player->poll();
    // The attacker shares the machine with the server: it must not win by spinning.
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }

  inline static std::unique_ptr<Shard> shard_;
  std::size_t told_before_ = 0;
  std::optional<Bystanders> bystanders_;
  std::vector<std::unique_ptr<Player>> players_;
};

}  // namespace tessera::scenarios
