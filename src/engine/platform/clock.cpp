// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/clock.h"

#include <sys/prctl.h>
#include <time.h>

#include <cerrno>
#include <cmath>

#include "engine/core/assert.h"

namespace tessera::platform {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;

std::int64_t read_clock(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * kNsPerSecond + time.tv_nsec;
}

void relax_cpu() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

std::int64_t monotonic_ns() { return read_clock(CLOCK_MONOTONIC); }
std::int64_t unix_time_ms() { return read_clock(CLOCK_REALTIME) / 1'000'000; }
std::int64_t process_cpu_ns() { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }
std::int64_t thread_cpu_ns() { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

void sleep_until_ns(std::int64_t deadline_ns) {
  const timespec deadline{.tv_sec = deadline_ns / kNsPerSecond,
                          .tv_nsec = deadline_ns % kNsPerSecond};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr) == EINTR) {
  }
}

TickTimer::TickTimer(const TickTimerOptions& options) : options_(options) {
  TESSERA_ASSERT(options.rate_hz > 0, "TickTimer: the rate must be positive");
  // The kernel may delay a normal thread's timers by 50 us to save power; a tick has none to give.
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  period_ns_ = static_cast<double>(kNsPerSecond) / options.rate_hz;
  base_ns_ = options_.time.now_ns();
}

std::int64_t TickTimer::next_deadline_ns() const {
  return base_ns_ +
         static_cast<std::int64_t>(std::llround(static_cast<double>(periods_) * period_ns_));
}

TickTimer::Wake TickTimer::wait() {
  Wake wake{.deadline_ns = next_deadline_ns()};
  std::int64_t now = options_.time.now_ns();
  if (now < wake.deadline_ns - options_.early_ns) {
    options_.time.sleep_until_ns(wake.deadline_ns - options_.early_ns);
    now = options_.time.now_ns();
  }
  while (now < wake.deadline_ns) {
    relax_cpu();
    now = options_.time.now_ns();
  }
  const auto owed =
      static_cast<std::uint64_t>(static_cast<double>(now - wake.deadline_ns) / period_ns_);
  if (owed > options_.periods_owed_max) {
    wake.periods_dropped = owed - options_.periods_owed_max;
    periods_ += wake.periods_dropped;
    wake.deadline_ns = next_deadline_ns();
  }
  wake.late_ns = now - wake.deadline_ns;
  ++periods_;
  return wake;
}

void TickTimer::set_rate_hz(double rate_hz) {
  TESSERA_ASSERT(rate_hz > 0, "TickTimer: the rate must be positive");
  --periods_;
  base_ns_ = next_deadline_ns();  // the latest deadline: the new rate counts from it
  periods_ = 1;
  period_ns_ = static_cast<double>(kNsPerSecond) / rate_hz;
}

}  // namespace tessera::platform
