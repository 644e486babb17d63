// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/metrics/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace tessera::platform {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Metrics, AreToldInPrometheusText) {
  MetricsRegistry metrics;
  metrics.counter("packets_total", "Packets seen.").add(3);
  metrics.gauge("players", "Players in the world.", {{"zone", "1"}}).set(2.5);
  metrics.gauge("players", "Players in the world.", {{"zone", "2"}}).add(-1);
  EXPECT_EQ(metrics.prometheus_text(),
            "# HELP packets_total Packets seen.\n# TYPE packets_total counter\n"
            "packets_total 3\n"
            "# HELP players Players in the world.\n# TYPE players gauge\n"
            "players{zone=\"1\"} 2.5\nplayers{zone=\"2\"} -1\n");
}

TEST(Metrics, OfOneNameAndLabelsAreTheSame) {
  MetricsRegistry metrics;
  Counter& first = metrics.counter("a_total", "A.", {{"k", "v"}});
  Counter& second = metrics.counter("a_total", "A.", {{"k", "v"}});
  EXPECT_EQ(&first, &second);
  EXPECT_EQ(&metrics.gauge("g", "G."), &metrics.gauge("g", "G."));
  EXPECT_EQ(&metrics.histogram("h", "H.", {1}), &metrics.histogram("h", "H.", {1}));
}

TEST(Counter, LosesNothingWhenManyThreadsCount) {
  Counter counter;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 10'000; ++n) counter.add();
      });
    }
  }
  EXPECT_EQ(counter.value(), 40'000u);
}

TEST(Histogram, CountsEachValueInTheFirstBucketThatHoldsIt) {
  MetricsRegistry metrics;
  Histogram& histogram = metrics.histogram("seconds", "Time.", {0.1, 1});
  for (const double value : {0.05, 0.1, 0.5, 7.0}) histogram.observe(value);
  EXPECT_EQ(histogram.in_bucket(0), 2u);
  EXPECT_EQ(histogram.in_bucket(1), 1u);
  EXPECT_EQ(histogram.in_bucket(2), 1u);
  EXPECT_DOUBLE_EQ(histogram.sum(), 7.65);
  EXPECT_THAT(
      metrics.prometheus_text(),
      AllOf(HasSubstr("seconds_bucket{le=\"0.1\"} 2\n"), HasSubstr("seconds_bucket{le=\"1\"} 3\n"),
            HasSubstr("seconds_bucket{le=\"+Inf\"} 4\n"), HasSubstr("seconds_count 4\n")));
}

TEST(MetricCallback, IsAskedAtEachScrapeAndLeavesWithItsHandle) {
  MetricsRegistry metrics;
  int asked = 0;
  {
    const MetricCallback gauge = metrics.gauge_callback("depth", "Depth.", [&] { return ++asked; });
    const MetricCallback counter =
        metrics.counter_callback("drops_total", "Drops.", [] { return 9.0; }, {{"queue", "log"}});
    EXPECT_THAT(metrics.prometheus_text(),
                AllOf(HasSubstr("depth 1\n"), HasSubstr("drops_total{queue=\"log\"} 9\n")));
    EXPECT_THAT(metrics.prometheus_text(), HasSubstr("depth 2\n"));
  }
  EXPECT_EQ(metrics.prometheus_text(), "");
  EXPECT_EQ(asked, 2);
}

TEST(MetricCallback, MayOutliveItsRegistry) {
  MetricCallback kept;
  {
    MetricsRegistry metrics;
    kept = metrics.gauge_callback("depth", "Depth.", [] { return 1.0; });
  }
  kept = MetricCallback();
}

TEST(MetricsDeathTest, RefuseNamesThatPrometheusWouldNotTake) {
  MetricsRegistry metrics;
  EXPECT_DEATH(metrics.counter("no spaces", ""), "not a metric name");
  EXPECT_DEATH(metrics.counter("a", "", {{"1", "x"}}), "not a label name");
}

TEST(MetricsDeathTest, RefuseOneNameForTwoKinds) {
  MetricsRegistry metrics;
  metrics.counter("a", "");
  EXPECT_DEATH(metrics.gauge("a", ""), "two kinds");
  EXPECT_DEATH(static_cast<void>(metrics.counter_callback("a", "", [] { return 0.0; })),
               "a metric that exists");
  EXPECT_DEATH(Histogram({2, 1}), "bounds must ascend");
}

}  // namespace
}  // namespace tessera::platform
