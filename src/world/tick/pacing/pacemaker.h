// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs ticks at a fixed rate on the calling thread: waits for the deadline, runs the tick, measures
// it, and lets the overload ladder judge. Deadlines are absolute, so a slow tick is caught up with;
// no tick is ever left out silently. When the machine slept for longer than the timer cares to
// catch up with, the world simply is that much older on the wall clock, counted in
// periods_dropped().
#pragma once

#include <cstdint>

#include "engine/core/tick.h"
#include "engine/platform/clock.h"
#include "world/tick/pacing/overload.h"
#include "world/tick/pacing/tick_meter.h"

namespace tessera::tick {

/// What a pacemaker drives.
class Ticking {
 public:
  virtual ~Ticking() = default;
  virtual void run(TickNumber now) = 0;
  /// After a tick, when the ladder went up or down.
  virtual void overload_changed(const OverloadState& state) = 0;
};

struct PacemakerOptions {
  TickNumber first_tick = 1;
  OverloadOptions overload;
  platform::TimeSource time{};
  std::int64_t (*process_cpu_ns)() = platform::process_cpu_ns;
};

class Pacemaker {
 public:
  Pacemaker(const PacemakerOptions& options, Ticking& ticking, TickMeter& meter);

  /// Waits for the next deadline and runs one tick.
  void run_one();

  /// Of the tick that ran last.
  std::int64_t last_duration_ns() const { return last_duration_ns_; }

 private:
  PacemakerOptions options_;
  Ticking& ticking_;
  TickMeter& meter_;
  platform::TickTimer timer_;
  OverloadLadder ladder_;
  TickNumber next_tick_;
  std::int64_t ended_ns_ = 0;
  std::int64_t ended_cpu_ns_ = 0;
  std::int64_t last_duration_ns_ = 0;
};

}  // namespace tessera::tick
