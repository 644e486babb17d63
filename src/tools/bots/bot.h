// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One bot: a client on a connection, a behaviour that holds its controls, and what it has seen.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "client/connection.h"
#include "tools/bots/behaviour.h"
#include "transport/chaos/chaos.h"

namespace tessera::bots {

/// Counted since the window began.
struct BotCounters {
  std::uint64_t snapshots = 0;
  std::uint32_t tick = 0;  ///< of the newest snapshot
  std::uint64_t datagrams_in = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t datagrams_out = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t corrections = 0;
  std::uint64_t lost_datagrams = 0;
  std::uint64_t decode_errors = 0;
};

enum class BotState : std::uint8_t { Away, Connecting, InWorld, Ended };

struct Bot {
  Bot(const client::Options& options, const physics::CollisionWorld& world, Profile profile,
      math::Vec2 home, std::uint64_t seed)
      : connection(options, world), behaviour(profile, home, seed) {}

  client::Connection connection;
  Behaviour behaviour;
  BotState state = BotState::Away;
  std::uint32_t noted_frame = 0;  ///< newest own frame told to the Truth
  BotCounters counters;
  BotCounters at_window_start;
  std::unique_ptr<chaos::Link> up;  ///< null without chaos
  std::unique_ptr<chaos::Link> down;

  /// The counters the client keeps itself, brought up to date.
  void refresh_counters() {
    const client::Client& client = connection.client();
    counters.snapshots = client.statistics().snapshots;
    counters.tick = client.newest_tick();
    counters.decode_errors = client.statistics().decode_errors;
    counters.corrections = client.prediction().corrections();
    counters.lost_datagrams = client.channel().statistics().packets_lost;
  }
};

}  // namespace tessera::bots
