// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/pacing/tick_meter.h"

#include <algorithm>

namespace tessera::tick {

TickVerdict judge(const TickTimes& times, std::int64_t budget_ns) {
  const std::int64_t from = times.catching_up ? times.started_ns : times.deadline_ns;
  if (times.ended_ns - from <= budget_ns) return TickVerdict::InTime;
  return times.period_cpu_ns > budget_ns ? TickVerdict::Late : TickVerdict::MachineStall;
}

float load_of(const TickTimes& times, std::int64_t budget_ns) {
  const std::int64_t cost = std::min(times.ended_ns - times.started_ns, times.cpu_ns);
  return static_cast<float>(cost) / static_cast<float>(budget_ns);
}

void TickMeter::add(const TickTimes& times, unsigned overload_level) {
  const std::int64_t now = times.ended_ns;
  const TickVerdict verdict = judge(times);
  const std::uint64_t late = verdict == TickVerdict::Late ? 1 : 0;
  const std::uint64_t stall = verdict == TickVerdict::MachineStall ? 1 : 0;
  last_ended_ns_.store(now, std::memory_order_relaxed);
  durations_.add(now, times.ended_ns - times.started_ns);
  late_.add(now, late);
  stalls_.add(now, stall);
  overload_.add(now, overload_level);
  late_total_.fetch_add(late, std::memory_order_relaxed);
  stalls_total_.fetch_add(stall, std::memory_order_relaxed);
}

TickFigures TickMeter::figures(std::int64_t now_ns, unsigned last_s) const {
  return {.duration = durations_.read(now_ns, last_s),
          .late_ticks = late_.sum(now_ns, last_s),
          .machine_stalls = stalls_.sum(now_ns, last_s),
          .overload_level_max = overload_.max(now_ns, last_s)};
}

}  // namespace tessera::tick
