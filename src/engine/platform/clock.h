// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The clocks of the machine. The simulation knows none of them: its time is a tick number. The
// threads around it measure, wait and expire things by these.
//
// TickTimer keeps a fixed rate without drift: deadline n is start + n / rate, never "now + period".
// The kernel wakes a sleeper 0.14 ms late in the median and 0.3 ms at worst on an idle core, so it
// asks to be woken early and spins over the rest.
#pragma once

#include <cstdint>

namespace tessera::platform {

/// Nanoseconds since some moment before the process began; never goes back (CLOCK_MONOTONIC).
std::int64_t monotonic_ns();
/// Milliseconds since 1970 in UTC; may jump when somebody sets the clock.
std::int64_t unix_time_ms();
/// Processor time of all threads of this process. A system call: about 0.3 us.
std::int64_t process_cpu_ns();
/// Processor time of the calling thread. A system call: about 0.3 us.
std::int64_t thread_cpu_ns();
/// Sleeps until monotonic_ns() is at least `deadline_ns`, through interruptions by signals.
void sleep_until_ns(std::int64_t deadline_ns);

/// Where a TickTimer takes its time from; tests put their own in.
struct TimeSource {
  std::int64_t (*now_ns)() = monotonic_ns;
  void (*sleep_until_ns)(std::int64_t deadline_ns) = platform::sleep_until_ns;
};

struct TickTimerOptions {
  double rate_hz = 60;
  /// How much earlier than the deadline to be woken; what is left is spun.
  std::int64_t early_ns = 150'000;
  /// When more periods than this are owed, the timer gives up the oldest instead of catching up.
  std::uint32_t periods_owed_max = 8;
  TimeSource time{};
};

/// Wakes its thread at a fixed rate. Make and use it on one thread.
class TickTimer {
 public:
  explicit TickTimer(const TickTimerOptions& options = {});

  struct Wake {
    std::int64_t deadline_ns = 0;
    std::int64_t late_ns = 0;           ///< how long after the deadline wait() returned
    std::uint64_t periods_dropped = 0;  ///< deadlines given up because too many were owed
  };
  /// Returns at the next deadline, or at once when it has passed already. The first deadline is one
  /// period after construction.
  Wake wait();

  /// Changes the rate from the next deadline on (time dilation).
  void set_rate_hz(double rate_hz);
  std::int64_t next_deadline_ns() const;

 private:
  TickTimerOptions options_;
  double period_ns_ = 0;
  std::int64_t base_ns_ = 0;  // deadlines are base + periods * period
  std::uint64_t periods_ = 1;
};

}  // namespace tessera::platform
