// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which tick the server is in, judged by when snapshots arrive. The fastest packets are nearest to
// the truth, so an earlier arrival counts at once and a later one only a little; that little also
// follows clocks that run apart and a server that dilates time. The estimate lies one way's delay
// behind the server's own clock.
#pragma once

#include <cstdint>

#include "engine/core/tick.h"

namespace tessera::client {

class ServerClock {
 public:
  /// A snapshot of this tick has arrived.
  void arrived(std::uint32_t tick, std::int64_t now_us) {
    const double offset = static_cast<double>(now_us) / kMicrosecondsPerTick - tick;
    if (!started_ || offset < offset_ || offset > offset_ + kJumpTicks) {
      offset_ = offset;
    } else {
      offset_ += (offset - offset_) * kFollow;
    }
    started_ = true;
  }
  bool started() const { return started_; }
  /// The tick whose snapshot would arrive now, with its fraction. 0 before the first snapshot.
  double tick_at(std::int64_t now_us) const {
    return started_ ? static_cast<double>(now_us) / kMicrosecondsPerTick - offset_ : 0;
  }

  static constexpr double kMicrosecondsPerTick = 1e6 / kTicksPerSecond;

 private:
  /// A hundredth a snapshot: 5 s to follow at 20 Hz, and jitter of 50 ms moves it by half a tick.
  static constexpr double kFollow = 0.01;
  /// The server stood still, or another one took over: begin anew.
  static constexpr double kJumpTicks = 120;

  double offset_ = 0;
  bool started_ = false;
};

}  // namespace tessera::client
