// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One bot: a client on a connection, a behaviour that holds its controls, and what it has seen.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "client/connection.h"
#include "protocol/messages/control.pb.h"
#include "protocol/sections.h"
#include "tools/bots/behaviour/behaviour.h"
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
  std::uint64_t door_changes = 0;
  std::uint64_t areas_entered = 0;
  std::uint64_t stuck = 0;
};

enum class BotState : std::uint8_t { Away, Connecting, InWorld, Ended };

struct Bot {
  Bot(const client::Options& options, const physics::CollisionWorld& world, Behaviour how)
      : connection(options, world), behaviour(how) {}

  client::Connection connection;
  Behaviour behaviour;
  BotState state = BotState::Away;
  std::uint64_t undecoded_messages = 0;  ///< or such as named what the content has not
  std::uint32_t noted_frame = 0;         ///< newest own frame told to the Truth
  BotCounters counters;
  BotCounters at_window_start;
  std::unique_ptr<chaos::Link> up;  ///< null without chaos
  std::unique_ptr<chaos::Link> down;

  /// What the server said on the control topic; doors are the client's to know.
  void take_messages() {
    protocol::ServerControl control;
    for (const client::MessageEvent& event : connection.client().message_events()) {
      if (event.topic != static_cast<std::uint8_t>(protocol::Topic::Control)) continue;
      if (!control.ParseFromArray(event.bytes.data(), static_cast<int>(event.bytes.size()))) {
        ++undecoded_messages;
      } else if (control.has_doors_changed()) {
        take_doors(control.doors_changed().opened(), true);
        take_doors(control.doors_changed().closed(), false);
      } else if (control.has_area_changed()) {
        counters.areas_entered += control.area_changed().entered() ? 1 : 0;
      }
    }
  }
  template <class Doors>
  void take_doors(const Doors& doors, bool open) {
    for (const std::uint32_t door : doors) {
      undecoded_messages += connection.client().set_door(door, open) ? 0 : 1;
      ++counters.door_changes;
    }
  }

  /// The counters the client keeps itself, brought up to date.
  void refresh_counters() {
    const client::Client& client = connection.client();
    counters.snapshots = client.statistics().snapshots;
    counters.tick = client.newest_tick();
    counters.decode_errors = client.statistics().decode_errors + undecoded_messages;
    counters.corrections = client.prediction().corrections();
    counters.stuck = behaviour.stuck();
    counters.lost_datagrams = client.channel().statistics().packets_lost;
  }
};

}  // namespace tessera::bots
