// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One character, one session, whichever way it came: the gateways of a process share this. The
// newer session wins, because its player holds a fresh token and the older one may be a dead
// connection.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "cluster/link/link_messages.h"
#include "engine/core/ids.h"

namespace tessera::gateway {

/// Whoever can end a session; from any thread.
class SessionCloser {
 public:
  virtual ~SessionCloser() = default;
  virtual void close_session(SessionId session, cluster::CloseReason reason) = 0;
};

class SessionRegistry {
 public:
  struct Holder {
    SessionId session;
    SessionCloser* closer = nullptr;
  };

  /// A number for a session id, never used twice in a run.
  std::uint64_t next_number() { return next_.fetch_add(1, std::memory_order_relaxed); }
  /// `holder` plays `character` from now on; returns who did until now.
  std::optional<Holder> take(CharacterId character, const Holder& holder);
  /// False: somebody else has taken the character since.
  bool release(CharacterId character, SessionId session);
  std::size_t size() const;

 private:
  std::atomic<std::uint64_t> next_{1};
  mutable std::mutex mutex_;
  std::unordered_map<CharacterId, Holder> holders_;  // order never matters
};

}  // namespace tessera::gateway
