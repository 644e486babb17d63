// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/clock.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace tessera::platform {
namespace {

constexpr std::int64_t kMs = 1'000'000;

// A clock that only moves when it is looked at or slept on.
std::int64_t g_now_ns = 0;
std::int64_t g_oversleep_ns = 0;
int g_sleeps = 0;

TimeSource fake_time() {
  g_now_ns = 1'000'000'000;
  g_oversleep_ns = 0;
  g_sleeps = 0;
  return {.now_ns = [] { return g_now_ns += 1'000; },
          .sleep_until_ns =
              [](std::int64_t deadline_ns) {
                ++g_sleeps;
                g_now_ns = std::max(g_now_ns, deadline_ns + g_oversleep_ns);
              }};
}

TEST(Clocks, NeverGoBackAndCountWorkOfTheThread) {
  const std::int64_t monotonic = monotonic_ns();
  const std::int64_t process = process_cpu_ns();
  const std::int64_t thread = thread_cpu_ns();
  volatile std::uint64_t sum = 0;
  for (std::uint64_t i = 0; thread_cpu_ns() == thread; ++i) sum = sum + i;
  EXPECT_GE(monotonic_ns(), monotonic);
  EXPECT_GT(process_cpu_ns(), process);
  EXPECT_GT(thread_cpu_ns(), thread);
  EXPECT_GT(unix_time_ms(), 1'700'000'000'000);
}

TEST(SleepUntil, ReturnsAfterTheDeadlineAndAtOnceWhenItHasPassed) {
  const std::int64_t deadline = monotonic_ns() + kMs;
  sleep_until_ns(deadline);
  EXPECT_GE(monotonic_ns(), deadline);
  sleep_until_ns(0);
}

TEST(TickTimer, WakesAtTheDeadlineAfterSleepingAndSpinning) {
  TickTimer timer({.rate_hz = 100, .early_ns = kMs, .time = fake_time()});
  const std::int64_t first = timer.next_deadline_ns();
  const TickTimer::Wake wake = timer.wait();
  EXPECT_EQ(wake.deadline_ns, first);
  EXPECT_GE(wake.late_ns, 0);
  EXPECT_LE(wake.late_ns, 1'000);  // one look at the clock
  EXPECT_EQ(g_sleeps, 1);
  EXPECT_EQ(timer.next_deadline_ns(), first + 10 * kMs);
}

TEST(TickTimer, DoesNotDriftWhenThePeriodIsNoWholeNumberOfNanoseconds) {
  TickTimer timer({.rate_hz = 60, .time = fake_time()});
  const std::int64_t start = timer.next_deadline_ns();
  for (int i = 0; i < 60 * 60; ++i) timer.wait();
  EXPECT_EQ(timer.next_deadline_ns() - start, 60'000'000'000);
}

TEST(TickTimer, ReportsLatenessAndCatchesUpWithoutSleeping) {
  TickTimer timer({.rate_hz = 100, .time = fake_time()});
  g_oversleep_ns = 25 * kMs;
  const TickTimer::Wake late = timer.wait();
  EXPECT_NEAR(static_cast<double>(late.late_ns), 25.0 * kMs, 0.2 * kMs);
  EXPECT_EQ(late.periods_dropped, 0u);
  g_sleeps = 0;
  EXPECT_GT(timer.wait().late_ns, 14 * kMs);
  EXPECT_GT(timer.wait().late_ns, 4 * kMs);
  EXPECT_EQ(g_sleeps, 0);
}

TEST(TickTimer, DropsTheOldestPeriodsWhenTooManyAreOwed) {
  TickTimer timer({.rate_hz = 100, .periods_owed_max = 2, .time = fake_time()});
  g_oversleep_ns = 105 * kMs;
  const TickTimer::Wake wake = timer.wait();
  EXPECT_EQ(wake.periods_dropped, 8u);
  EXPECT_LT(wake.late_ns, 30 * kMs);
  EXPECT_EQ(timer.next_deadline_ns(), wake.deadline_ns + 10 * kMs);
}

TEST(TickTimer, TakesANewRateFromTheNextDeadlineOn) {
  TickTimer timer({.rate_hz = 100, .time = fake_time()});
  const TickTimer::Wake wake = timer.wait();
  timer.set_rate_hz(50);
  EXPECT_EQ(timer.next_deadline_ns(), wake.deadline_ns + 20 * kMs);
}

TEST(TickTimerDeathTest, RefusesARateThatIsNotPositive) {
  EXPECT_DEATH(TickTimer({.rate_hz = 0}), "the rate must be positive");
}

}  // namespace
}  // namespace tessera::platform
