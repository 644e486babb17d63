// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Commands to a zone from any thread: operators, services. The simulation thread takes them all at
// the start of a tick. Bounded; what is refused is the sender's to tell its user.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cluster/link/link_messages.h"
#include "engine/core/ids.h"

namespace tessera::intake {

/// Ends the sessions of an account (all its characters), saying why.
struct DisconnectAccount {
  AccountId account;
  cluster::CloseReason reason = cluster::CloseReason::Kicked;
  std::string sentence;  ///< for the player
  /// Told how many sessions there were; on the simulation thread, so it must not wait.
  std::function<void(std::uint32_t sessions)> done;
};

/// For so long nobody hears what the account's characters say; 0: they are heard again.
struct MuteAccount {
  AccountId account;
  std::uint32_t seconds = 0;
};

/// A sentence for everyone in the zone.
struct Announce {
  std::string sentence;
};

/// A player who asked for another zone (tick::Travel) may go there, or may not.
struct TravelAnswer {
  SessionId session;
  std::string refusal;  ///< for the player; empty: the session ends with CloseReason::Moved
  /// Called when the session has ended for that; on the simulation thread, so it must not wait.
  std::function<void()> gone;
};

using Command = std::variant<DisconnectAccount, MuteAccount, Announce, TravelAnswer>;

class Mailbox {
 public:
  /// Operators are few, and so are travellers in a tick; more than this waiting means the zone does
  /// not tick.
  static constexpr std::size_t kCommandsMax = 1024;

  /// Any thread. False: full.
  bool post(Command command) {
    const std::lock_guard lock(mutex_);
    if (commands_.size() >= kCommandsMax) return false;
    commands_.push_back(std::move(command));
    return true;
  }
  /// The simulation thread: swaps what was posted with `taken`, which should be empty.
  void take(std::vector<Command>& taken) {
    const std::lock_guard lock(mutex_);
    taken.swap(commands_);
  }

 private:
  std::mutex mutex_;
  std::vector<Command> commands_;
};

}  // namespace tessera::intake
