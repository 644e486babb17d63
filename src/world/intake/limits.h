// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What one session may send, with reasons. Beyond it the message is dropped and counted; who goes
// on is disconnected.
#pragma once

#include <cstdint>

#include "engine/core/tick.h"

namespace tessera::intake {

struct IntakeLimits {
  /// Sections that no correct client sends. A broken one shows itself at once; one bad packet after
  /// a day of play is forgiven.
  std::uint32_t malformed_max = 8;

  /// Input sections. Ours come at 20 Hz and at once for an action; a client that sends every frame
  /// is still welcome.
  std::uint32_t inputs_per_second = 75;
  /// A phone that slept for a second may deliver what it kept.
  std::uint32_t inputs_burst = 60;
  /// Sections dropped for that, and lines of chat refused, within a minute, before the session
  /// ends.
  std::uint32_t too_fast_max = 600;

  /// Of all sessions in one tick; beyond it a flood is under way, and the log's tick is bounded.
  /// Ten times what 5,000 players send.
  std::uint32_t moves_per_tick = 40'000;
  std::uint32_t actions_per_tick = 20'000;

  /// What a line of chat takes of a speaker's time: a few at once, then one a second; those that
  /// everybody in the zone reads, one in five.
  std::uint32_t chat_ticks = 1 * kTicksPerSecond;
  std::uint32_t chat_zone_ticks = 5 * kTicksPerSecond;
  std::uint32_t chat_burst_ticks = 10 * kTicksPerSecond;
  /// What a look at the own sheet, or a talent, takes of a player's time: who clicks fast waits for
  /// nothing.
  std::uint32_t wish_ticks = kTicksPerSecond / 10;
  std::uint32_t wish_burst_ticks = 3 * kTicksPerSecond;

  /// Lines of a tick times those who get them. Each is some 100 bytes through a link: this many are
  /// 0.5 ms of a tick.
  std::uint32_t chat_deliveries_per_tick = 8'192;
  /// Spoken lines of a tick times the players whose place is looked up for them; 0.5 ms of a tick.
  std::uint32_t chat_looks_per_tick = 32'768;

  /// A client's frame count may be ahead of the time its session lasts by so much (clocks drift).
  std::uint32_t frames_ahead = 3 * kTicksPerSecond;
  std::uint32_t frames_percent = 105;
};

}  // namespace tessera::intake
