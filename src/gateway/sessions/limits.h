// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What one client may cost the gateway, with reasons. Beyond a rate its packets are dropped; who
// goes on is disconnected.
#pragma once

#include <cstddef>
#include <cstdint>

#include "gateway/admission/rate_limiter.h"

namespace tessera::gateway {

struct SessionLimits {
  /// Ours send 20 packets a second, one more for each action, and acknowledgements; a client that
  /// sends every frame is still welcome. The burst is what a phone delivers after a dead second.
  admission::RateLimit packets{.per_second = 120, .burst = 240};
  /// 20 Hz of full input sections are 4 kB/s; the rest is for messages.
  admission::RateLimit bytes{.per_second = 32 * 1024, .burst = 64 * 1024};
  /// Packets dropped for the rates within a minute before the session ends: a second of a flood of
  /// 10,000 a second is more than enough.
  std::uint32_t dropped_max = 2000;
  /// Packets that no correct client makes. They are authenticated, so it is the client itself.
  std::uint32_t malformed_max = 16;
  /// How long the characters service may take to load a character.
  std::uint32_t load_s = 10;
  /// How long a closing session waits for its last words to arrive.
  std::uint32_t linger_ms = 300;
};

/// At most this much memory for a session here: 3 KiB, its channel (2 KiB idle), and what the
/// channel may queue: 256 KiB to send, 12 KiB of messages half received
/// (transport/channel/limits.h).
inline constexpr std::size_t kSessionBytesMax = 3 * 1024 + 2 * 1024 + 256 * 1024 + 12 * 1024;

}  // namespace tessera::gateway
