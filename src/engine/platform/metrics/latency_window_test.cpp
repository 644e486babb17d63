// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/metrics/latency_window.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace tessera::platform {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kUs = 1'000;
constexpr std::int64_t kMs = 1'000'000;

TEST(LatencyWindow, IsEmptyAtFirst) {
  const LatencyWindow window(60);
  const Percentiles percentiles = window.read(5 * kSecond);
  EXPECT_EQ(percentiles.count, 0u);
  EXPECT_EQ(percentiles.p50_ns, 0);
  EXPECT_EQ(percentiles.max_ns, 0);
}

TEST(LatencyWindow, FindsPercentilesWithinTheirPrecision) {
  LatencyWindow window(60);
  for (int i = 1; i <= 10'000; ++i) window.add(kSecond, i * kUs);
  const Percentiles percentiles = window.read(kSecond);
  EXPECT_EQ(percentiles.count, 10'000u);
  auto near = [](std::int64_t got, std::int64_t want) {
    return got >= want && static_cast<double>(got) <= static_cast<double>(want) * 1.017;
  };
  EXPECT_PRED2(near, percentiles.p50_ns, 5'000 * kUs);
  EXPECT_PRED2(near, percentiles.p99_ns, 9'900 * kUs);
  EXPECT_PRED2(near, percentiles.p999_ns, 9'990 * kUs);
  EXPECT_EQ(percentiles.max_ns, 10'000 * kUs);
}

TEST(LatencyWindow, LooksBackAsFarAsAsked) {
  LatencyWindow window(60);
  window.add(1 * kSecond, 80 * kMs);
  window.add(5 * kSecond, 4 * kMs);
  window.add(6 * kSecond, 3 * kMs);
  EXPECT_EQ(window.read(6 * kSecond).max_ns, 80 * kMs);
  EXPECT_EQ(window.read(6 * kSecond, 1).max_ns, 4 * kMs);
  EXPECT_EQ(window.read(6 * kSecond, 1).count, 2u);
}

TEST(LatencyWindow, NeverSaysMoreThanTheMaximum) {
  LatencyWindow window(60);
  window.add(kSecond, 8 * kMs);
  const Percentiles percentiles = window.read(kSecond);
  EXPECT_EQ(percentiles.p50_ns, 8 * kMs);
  EXPECT_EQ(percentiles.p999_ns, 8 * kMs);
}

TEST(LatencyWindow, CountsExtremesInItsOuterBuckets) {
  LatencyWindow window(60);
  window.add(kSecond, -5);
  EXPECT_LE(window.read(kSecond).p50_ns, kUs);
  window.add(kSecond, 1'000 * kSecond);
  window.add(kSecond, 1'000 * kSecond);
  EXPECT_GE(window.read(kSecond).p99_ns, 60 * kSecond);
  EXPECT_EQ(window.read(kSecond).max_ns, 1'000 * kSecond);
}

TEST(LatencyWindow, ForgetsWhatIsOlderThanTheWindow) {
  LatencyWindow window(3);
  window.add(10 * kSecond, 100 * kMs);
  window.add(12 * kSecond, kMs);
  EXPECT_EQ(window.read(13 * kSecond).count, 2u);
  EXPECT_EQ(window.read(14 * kSecond).count, 1u);
  EXPECT_EQ(window.read(14 * kSecond).max_ns, kMs);
  EXPECT_EQ(window.read(16 * kSecond).count, 0u);
  window.add(100 * kSecond, 2 * kMs);  // its slot has been used before
  EXPECT_EQ(window.read(100 * kSecond).count, 1u);
}

TEST(LatencyWindow, IsReadWhileItIsWritten) {
  LatencyWindow window(2);
  std::atomic<bool> done{false};
  std::jthread writer([&] {
    for (int i = 0; i < 20'000; ++i) window.add(i * kSecond / 1'000, kMs);
    done = true;
  });
  while (!done) {
    const Percentiles percentiles = window.read(10 * kSecond);
    EXPECT_LE(percentiles.p999_ns, kMs);
  }
}

}  // namespace
}  // namespace tessera::platform
