// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How long ticks take, and whose fault it is when one ends late. A tick is ours when this process
// burned more CPU time than the budget; it is a machine stall when the tick ended late although we
// did not: the host ran somebody else. Written by the simulation thread, read by any.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/core/tick.h"
#include "engine/platform/metrics/latency_window.h"
#include "engine/platform/metrics/value_window.h"

namespace tessera::tick {

struct TickTimes {
  std::int64_t deadline_ns = 0;  ///< when the schedule wanted it to begin
  std::int64_t started_ns = 0;
  std::int64_t ended_ns = 0;  ///< handed over to the network
  /// It began late because the one before had not ended: no lateness of its own.
  bool catching_up = false;
  std::int64_t cpu_ns = 0;         ///< of this tick, all threads of the process
  std::int64_t period_cpu_ns = 0;  ///< the same, from the end of the tick before to the end of this
};

enum class TickVerdict : std::uint8_t { InTime, Late, MachineStall };

TickVerdict judge(const TickTimes& times, std::int64_t budget_ns = kTickNanoseconds);

/// The tick's cost as a share of its budget, without what the machine took: the ladder's input.
float load_of(const TickTimes& times, std::int64_t budget_ns = kTickNanoseconds);

/// Over a window of seconds, at most the last 60.
struct TickFigures {
  platform::Percentiles duration;
  std::uint64_t late_ticks = 0;
  std::uint64_t machine_stalls = 0;
  std::uint64_t overload_level_max = 0;
};

class TickMeter {
 public:
  void add(const TickTimes& times, unsigned overload_level);
  /// Deadlines given up because the machine slept for too long.
  void add_dropped(std::uint64_t periods) {
    periods_dropped_total_.fetch_add(periods, std::memory_order_relaxed);
  }
  std::int64_t last_ended_ns() const { return last_ended_ns_.load(std::memory_order_relaxed); }
  TickFigures figures(std::int64_t now_ns, unsigned last_s = platform::kWholeWindow) const;
  /// Since the start.
  std::uint64_t late_total() const { return late_total_.load(std::memory_order_relaxed); }
  std::uint64_t stalls_total() const { return stalls_total_.load(std::memory_order_relaxed); }
  std::uint64_t periods_dropped_total() const {
    return periods_dropped_total_.load(std::memory_order_relaxed);
  }

 private:
  platform::LatencyWindow durations_;
  platform::ValueWindow late_;
  platform::ValueWindow stalls_;
  platform::ValueWindow overload_;
  std::atomic<std::uint64_t> late_total_{0};
  std::atomic<std::uint64_t> stalls_total_{0};
  std::atomic<std::uint64_t> periods_dropped_total_{0};
  std::atomic<std::int64_t> last_ended_ns_{0};
};

}  // namespace tessera::tick
