// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fifty bots that play in the middle of town while somebody attacks their server. The fleet is that
// of `tessera bots`, on a thread of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <future>

#include "shard.h"
#include "tools/bots/fleet.h"

namespace tessera::scenarios {

class Bystanders {
 public:
  /// Returns when all are in the world and are being measured. Fails the test when that takes more
  /// than 60 s.
  explicit Bystanders(const Shard& shard);
  ~Bystanders();

  /// Ends the measurement and lets them leave. Fails the test unless nothing has happened to them.
  void expect_nothing_happened();

 private:
  const Shard& shard_;
  std::atomic<std::uint64_t> begun_at_tick_{0};
  std::atomic<bool> stop_{false};
  std::future<Result<bots::FleetReport>> fleet_;
};

/// A client is due a snapshot in one of three ticks, however busy the machine is.
inline constexpr double kTicksPerSnapshot = 3;

/// How many of its snapshots the slowest bystander may miss in so many ticks of the server. Two,
/// because one at either end may fall out of the window; and one in 100 ticks, 3 % of them, may be
/// lost as on any network. A server that slows its clock under a load is noticed, too: its overload
/// ladder halves the snapshots before.
constexpr double snapshots_missing_max(double ticks) { return 2 + ticks / 100; }

}  // namespace tessera::scenarios
