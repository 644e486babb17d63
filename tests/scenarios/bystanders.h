// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fifty bots that play in the middle of town while somebody attacks their server. The fleet is that
// of `tessera bots`, on a thread of its own.
#pragma once

#include <atomic>
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
  std::atomic<bool> stop_{false};
  std::future<Result<bots::FleetReport>> fleet_;
};

/// The least snapshots a tick that the slowest bystander must get. Unharmed it is 1/3: one in three
/// ticks. One of the 40 in a window of 120 ticks may be lost, as on any network; a second may not.
/// A server that slows its clock under a load is noticed, too: its overload ladder halves the
/// snapshots before.
inline constexpr float kSnapshotsPerTickMin = 0.32f;

}  // namespace tessera::scenarios
