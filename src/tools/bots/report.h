// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a fleet of bots saw, as figures. Collected by the fleet's one thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/core/json/json_object.h"
#include "gameplay/abilities/abilities.h"

namespace tessera::bots {

/// A bag of samples. Percentiles sort it; nothing is thrown away, so that p999 is a real sample.
class Samples {
 public:
  void add(float value) { values_.push_back(value); }
  void clear() { values_.clear(); }
  std::size_t size() const { return values_.size(); }
  /// The smallest sample that at least `share` of all do not exceed; 0 <= share <= 1. 0 when empty.
  float percentile(double share);
  float max() { return percentile(1.0); }

 private:
  std::vector<float> values_;
  bool sorted_ = false;
  std::size_t sorted_size_ = 0;
};

/// The report of `tessera bots`. All figures are over the measured window.
struct FleetReport {
  int bots = 0;           ///< asked for
  int connected = 0;      ///< in the world when the window began
  int disconnected = 0;   ///< lost during the window
  int failed_logins = 0;  ///< never came in before the window began
  double seconds = 0;
  bool shared_sockets = false;
  bool websocket = false;
  Samples snapshot_hz;  ///< one sample a bot: snapshots a second
  /// One sample a bot: snapshots for each tick of the server that they brought it forward. 20 a
  /// second are 1/3, however busy the machine is that runs both.
  Samples snapshots_per_tick;
  Samples action_latency_ms;
  std::uint64_t shoves_done = 0;
  std::uint64_t shoves_refused = 0;  ///< nobody was there, or too early
  std::uint64_t shoved = 0;          ///< players and creatures that they threw back
  std::uint64_t throws_done = 0;
  std::uint64_t throws_refused = 0;
  bool fights = false;  ///< the profile is one of those that fight
  /// That the server let begin, by name; 0 for what nobody used.
  std::map<std::string, std::uint64_t> abilities_used;
  std::array<std::uint64_t, abilities::kUseRefusals> abilities_refused{};  ///< by UseRefusal
  /// From one update to the next of whom a bot fights, and of who has hurt it last.
  Samples focus_gap_ms;
  std::uint64_t finishers = 0;  ///< among them
  std::uint64_t controls = 0;
  std::uint64_t interrupts = 0;
  std::uint64_t dodges = 0;
  std::uint64_t deaths = 0;
  std::uint64_t revivals = 0;
  double bytes_down_per_client_s = 0;  ///< with BotSockets::header_bytes() a message
  double bytes_up_per_client_s = 0;
  Samples bytes_down_of_client_s;  ///< one sample a bot
  Samples visible;                 ///< entities in a bot's replica, other than itself
  Samples visible_players;         ///< those of them that are players: the fleet's density
  Samples staleness_ms_near;       ///< within 30 m; see truth.h
  Samples position_error_m_near;   ///< within 30 m; see truth.h
  std::uint64_t corrections = 0;   ///< own predictions the server did not confirm
  std::uint64_t lost_datagrams = 0;
  std::uint64_t decode_errors = 0;
  std::uint64_t door_changes = 0;   ///< told to clients: a door opened or closed near them
  std::uint64_t areas_entered = 0;  ///< named areas of the zone
  std::uint64_t moves = 0;          ///< into another zone
  std::uint64_t stuck = 0;          ///< goals given up: a bot did not get on for three seconds
  double cpu_pct = 0;               ///< of one core, this process

  std::string to_json();

 private:
  void add_fights(JsonObject& json);
};

}  // namespace tessera::bots
