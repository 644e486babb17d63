// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What players are told of their own growth and of whom they may fight: each event of a tick
// becomes a message of the control topic to those whom it concerns. Runs on the simulation thread
// after the step, and is no part of the state.
//
// Experience, levels and honour are gains: they wait here until the log has their tick, so nobody
// reads of a level that a crash takes back. All else goes out at once.
#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/ecs/queues.h"
#include "engine/ecs/registry.h"
#include "gameplay/definitions/rulebook.h"
#include "world/intake/session_table.h"

namespace tessera::news {

/// Gains that wait at most. Five seconds of a disk that does not write, with 5,000 players who kill
/// something each two seconds. Later ones are not told: the next Progress says it all.
inline constexpr std::size_t kHeldMax = 12'500;

/// One tick, as the news need it.
struct Happened {
  TickNumber now = 0;
  const ecs::Registry& registry;
  const ecs::Queues& events;
  const Rulebook& rules;
  const intake::SessionTable& sessions;
};

class PlayerNews {
 public:
  /// After each step, and after Welcome to those who have entered in it. `durable`: the newest tick
  /// that the log has.
  void tell(const Happened& tick, TickNumber durable);

 private:
  struct Held {
    TickNumber tick = 0;
    SessionId session;
    std::string bytes{};
  };

  void hold_growth(const Happened& tick);
  void hold(const Happened& tick, SessionId session, std::string bytes);
  void release(const intake::SessionTable& sessions, TickNumber durable);

  std::deque<Held> held_;  ///< the oldest first
};

}  // namespace tessera::news
