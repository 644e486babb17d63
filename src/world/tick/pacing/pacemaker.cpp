// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/pacing/pacemaker.h"

namespace tessera::tick {

Pacemaker::Pacemaker(const PacemakerOptions& options, Ticking& ticking, TickMeter& meter)
    : options_(options),
      ticking_(ticking),
      meter_(meter),
      timer_({.rate_hz = kTicksPerSecond, .time = options.time}),
      ladder_(options.overload),
      next_tick_(options.first_tick),
      ended_ns_(options.time.now_ns()),
      ended_cpu_ns_(options.process_cpu_ns()) {}

void Pacemaker::run_one() {
  const auto wake = timer_.wait();
  meter_.add_dropped(wake.periods_dropped);
  TickTimes times;
  times.deadline_ns = wake.deadline_ns;
  times.catching_up = ended_ns_ > wake.deadline_ns;
  times.started_ns = options_.time.now_ns();
  const std::int64_t cpu_before = options_.process_cpu_ns();
  ticking_.run(next_tick_++);
  times.ended_ns = options_.time.now_ns();
  const std::int64_t cpu_after = options_.process_cpu_ns();
  times.cpu_ns = cpu_after - cpu_before;
  times.period_cpu_ns = cpu_after - ended_cpu_ns_;
  ended_ns_ = times.ended_ns;
  last_duration_ns_ = times.ended_ns - times.started_ns;
  ended_cpu_ns_ = cpu_after;

  const bool changed = ladder_.observe(load_of(times));
  const OverloadState& state = ladder_.state();
  meter_.add(times, static_cast<unsigned>(state.level));
  if (changed) {
    timer_.set_rate_hz(kTicksPerSecond * state.clock_permille / 1000.0);
    ticking_.overload_changed(state);
  }
}

}  // namespace tessera::tick
