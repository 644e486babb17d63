// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/pacing/pacemaker.h"

#include <gtest/gtest.h>

#include <vector>

namespace tessera::tick {
namespace {

constexpr std::int64_t kMs = 1'000'000;

/// A machine whose time passes only when a tick works, is held up, or sleeps.
struct FakeMachine {
  static inline std::int64_t now = 0;
  static inline std::int64_t cpu = 0;
  static std::int64_t now_ns() { return now; }
  static std::int64_t cpu_ns() { return cpu; }
  static void sleep_until_ns(std::int64_t deadline) { now = std::max(now, deadline); }
};

class PacemakerTest : public testing::Test, public Ticking {
 protected:
  PacemakerTest() {
    FakeMachine::now = 1'000 * kMs;
    FakeMachine::cpu = 0;
  }
  void run(TickNumber now) override {
    ticks.push_back(now);
    FakeMachine::now += work_ms * kMs + stall_ms * kMs;
    FakeMachine::cpu += work_ms * kMs;
  }
  void overload_changed(const OverloadState& state) override { states.push_back(state); }
  static PacemakerOptions options() {
    return {.first_tick = 1,
            .overload = {},
            .time = {FakeMachine::now_ns, sleep_and_spin},
            .process_cpu_ns = FakeMachine::cpu_ns};
  }
  /// The timer asks to be woken early and spins over the rest; here sleeping past it is as good.
  static void sleep_and_spin(std::int64_t deadline) {
    FakeMachine::sleep_until_ns(deadline + kMs / 4);
  }
  TickFigures run_ticks(Pacemaker& pacemaker, int count) {
    for (int i = 0; i < count; ++i) pacemaker.run_one();
    return meter.figures(FakeMachine::now);
  }

  std::int64_t work_ms = 4;
  std::int64_t stall_ms = 0;
  std::vector<TickNumber> ticks;
  std::vector<OverloadState> states;
  TickMeter meter;
};

TEST_F(PacemakerTest, RunsConsecutiveTicksSixtyTimesASecond) {
  Pacemaker pacemaker(options(), *this, meter);
  const TickFigures figures = run_ticks(pacemaker, 60);
  EXPECT_EQ(ticks.front(), 1u);
  EXPECT_EQ(ticks.back(), 60u);
  EXPECT_NEAR(static_cast<double>(FakeMachine::now), 2'004.0 * kMs, 1.0 * kMs);
  EXPECT_EQ(figures.late_ticks, 0u);
  EXPECT_EQ(figures.machine_stalls, 0u);
}

TEST_F(PacemakerTest, CatchesUpAfterASlowTickAndBlamesOnlyThatOne) {
  Pacemaker pacemaker(options(), *this, meter);
  run_ticks(pacemaker, 10);
  work_ms = 50;
  run_ticks(pacemaker, 1);
  work_ms = 4;
  const TickFigures figures = run_ticks(pacemaker, 49);
  EXPECT_EQ(ticks.size(), 60u);
  EXPECT_NEAR(static_cast<double>(FakeMachine::now), 2'004.0 * kMs, 1.0 * kMs);
  EXPECT_EQ(figures.late_ticks, 1u);
  EXPECT_EQ(figures.machine_stalls, 0u);
}

TEST_F(PacemakerTest, CallsItAStallWhenTheMachineHeldTheTickUp) {
  Pacemaker pacemaker(options(), *this, meter);
  stall_ms = 20;
  run_ticks(pacemaker, 1);
  stall_ms = 0;
  const TickFigures figures = run_ticks(pacemaker, 20);
  EXPECT_EQ(figures.late_ticks, 0u);
  EXPECT_EQ(figures.machine_stalls, 1u);
  EXPECT_TRUE(states.empty());
}

TEST_F(PacemakerTest, CountsDeadlinesGivenUpAfterALongSleepOfTheMachine) {
  Pacemaker pacemaker(options(), *this, meter);
  stall_ms = 1'000;
  run_ticks(pacemaker, 1);
  stall_ms = 0;
  run_ticks(pacemaker, 20);
  EXPECT_GT(meter.periods_dropped_total(), 40u);
  EXPECT_EQ(ticks.back(), 21u) << "tick numbers have no gap";
}

TEST_F(PacemakerTest, SlowsTheClockWhenNothingElseHelpsAndSaysSo) {
  Pacemaker pacemaker(options(), *this, meter);
  work_ms = 20;
  run_ticks(pacemaker, 60 * 7);
  ASSERT_GE(states.size(), 5u);
  EXPECT_EQ(states[0].level, OverloadLevel::FarRates);
  EXPECT_EQ(states[4].level, OverloadLevel::TimeDilation);
  EXPECT_LT(states[4].clock_permille, 1000u);
  EXPECT_GE(meter.figures(FakeMachine::now).overload_level_max, 5u);
  const std::int64_t before = FakeMachine::now;
  work_ms = 1;
  run_ticks(pacemaker, 60);
  EXPECT_GT(FakeMachine::now - before, 1'050 * kMs);
}

}  // namespace
}  // namespace tessera::tick
