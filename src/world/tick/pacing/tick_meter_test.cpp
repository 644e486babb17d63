// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/pacing/tick_meter.h"

#include <gtest/gtest.h>

namespace tessera::tick {
namespace {

constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMs;

TickTimes times(std::int64_t wall_ms, std::int64_t cpu_ms) {
  return {.deadline_ns = kSecond,
          .started_ns = kSecond,
          .ended_ns = kSecond + wall_ms * kMs,
          .catching_up = false,
          .cpu_ns = cpu_ms * kMs,
          .period_cpu_ns = cpu_ms * kMs};
}

TEST(Judge, CallsAnOrdinaryTickInTime) {
  EXPECT_EQ(judge(times(5, 5)), TickVerdict::InTime);
  EXPECT_EQ(judge(times(5, 30)), TickVerdict::InTime)
      << "many threads may burn more than wall time";
}

TEST(Judge, CallsATickThatBurnedItsBudgetLate) {
  EXPECT_EQ(judge(times(20, 19)), TickVerdict::Late);
}

TEST(Judge, CallsATickThatWasHeldUpAMachineStall) {
  EXPECT_EQ(judge(times(20, 5)), TickVerdict::MachineStall);
}

TEST(Judge, CountsALateWakeUpAsPartOfTheTick) {
  TickTimes late = times(5, 5);
  late.started_ns += 15 * kMs;
  late.ended_ns += 15 * kMs;
  EXPECT_EQ(judge(late), TickVerdict::MachineStall);
}

TEST(Judge, DoesNotBlameATickForTheOneBefore) {
  TickTimes after = times(5, 5);
  after.started_ns += 30 * kMs;
  after.ended_ns += 30 * kMs;
  after.catching_up = true;
  EXPECT_EQ(judge(after), TickVerdict::InTime);
}

TEST(LoadOf, LeavesOutWhatTheMachineTook) {
  EXPECT_NEAR(load_of(times(8, 8)), 0.48f, 0.01f);
  EXPECT_NEAR(load_of(times(30, 8)), 0.48f, 0.01f);
  EXPECT_NEAR(load_of(times(8, 30)), 0.48f, 0.01f) << "other threads of the process";
}

TEST(TickMeter, TellsTheLastMinute) {
  TickMeter meter;
  for (int i = 0; i < 99; ++i) meter.add(times(4, 4), 0);
  meter.add(times(20, 20), 2);
  meter.add(times(20, 1), 0);
  const TickFigures figures = meter.figures(kSecond + 30 * kMs);
  EXPECT_EQ(figures.duration.count, 101u);
  EXPECT_NEAR(static_cast<double>(figures.duration.p50_ns), 4.0 * kMs, 0.1 * kMs);
  EXPECT_EQ(figures.duration.max_ns, 20 * kMs);
  EXPECT_EQ(figures.late_ticks, 1u);
  EXPECT_EQ(figures.machine_stalls, 1u);
  EXPECT_EQ(figures.overload_level_max, 2u);

  const TickFigures later = meter.figures(kSecond * 100);
  EXPECT_EQ(later.duration.count, 0u);
  EXPECT_EQ(later.late_ticks, 0u);
  EXPECT_EQ(meter.late_total(), 1u);
  EXPECT_EQ(meter.stalls_total(), 1u);
}

}  // namespace
}  // namespace tessera::tick
