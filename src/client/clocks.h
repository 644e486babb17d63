// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The server's time at a client: which tick it is in, and which one is played here.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/core/tick.h"

namespace tessera::client {

/// Which tick the server is in, judged by when snapshots arrive. The fastest packets are nearest to
/// the truth, so an earlier arrival counts at once and a later one only a little; that little also
/// follows clocks that run apart and a server that dilates time. The estimate lies one way's delay
/// behind the server's own clock.
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

/// The tick that is played now. It follows ServerClock, whose estimate jumps when a packet was
/// faster than all before it, by running a little faster or slower; so what is drawn moves evenly.
/// Only what is too far off to be caught up in a moment is jumped to.
class PlaybackClock {
 public:
  /// Once a frame: `target` is where ServerClock is now.
  void follow(double target, std::int64_t now_us) {
    const double tick = tick_at(now_us);
    if (!started_ || std::abs(target - tick) > kJumpTicks) {
      tick_ = target;
      rate_ = 1;
    } else {
      tick_ = tick;
      rate_ = 1 + std::clamp((target - tick) / kCatchUpTicks, -kRateMax, kRateMax);
    }
    at_us_ = now_us;
    started_ = true;
  }
  /// 0 before the first follow().
  double tick_at(std::int64_t now_us) const {
    if (!started_) return 0;
    return tick_ + static_cast<double>(now_us - at_us_) / ServerClock::kMicrosecondsPerTick * rate_;
  }

 private:
  /// A quarter of a second: the server stood still, or the client did.
  static constexpr double kJumpTicks = 15;
  /// What it is off by is made good within so many ticks ...
  static constexpr double kCatchUpTicks = 60;
  /// ... unless that would need more than this: a walker who is 3 % faster looks the same, and the
  /// server, which allows 5 %, takes all frames of such a clock.
  static constexpr double kRateMax = 0.03;

  double tick_ = 0;
  double rate_ = 1;
  std::int64_t at_us_ = 0;
  bool started_ = false;
};

}  // namespace tessera::client
