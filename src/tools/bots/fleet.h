// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// `tessera bots`: a fleet of real clients. Each has its own netcode session, decodes every snapshot
// into a replica, predicts its own movement with the server's step, and plays.
//
//   enrolment threads:  log in, enter            -> connect tokens
//   fleet thread:       connect, play, measure   -> FleetReport
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "engine/core/error.h"
#include "tools/bots/behaviour/places.h"
#include "tools/bots/report.h"
#include "transport/chaos/chaos.h"

namespace tessera::bots {

struct FleetOptions {
  std::string server;       ///< http://HOST:PORT
  std::string zone_folder;  ///< the server's content: content/zones/vale
  std::size_t count = 1;
  /// Of measuring, from when all are in and `warmup_s` has passed. 0: until stopped.
  double seconds = 0;
  double warmup_s = 0;
  /// When nobody has come in for so long, the fleet begins with those that are in.
  double arrival_patience_s = 60;
  Profile profile = Profile::Roam;
  chaos::Options chaos;  ///< between each bot and the server, both ways
  bool share_sockets = false;
  bool websocket = false;   ///< each bot has a WebSocket, as a browser has
  std::string passes_file;  ///< made by --prepare; empty: log in with passwords
  std::uint64_t seed = 1;
  std::function<void()> when_measuring;  ///< called once, on the fleet's thread; may be empty
};

/// Runs the fleet on the calling thread until its time is over or `stop` is set. Prints a line when
/// all are in ("measuring ..."); until then says every other second on stderr how many are. Fails
/// when the server cannot be reached or no bot comes in.
Result<FleetReport> run_fleet(const FleetOptions& options, const std::atomic<bool>& stop);

}  // namespace tessera::bots
