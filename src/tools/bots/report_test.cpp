// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/report.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace tessera::bots {
namespace {

TEST(Samples, AnswersPercentilesWithRealSamples) {
  Samples samples;
  for (int i = 100; i >= 1; --i) samples.add(static_cast<float>(i));
  EXPECT_EQ(samples.percentile(0.5), 50);
  EXPECT_EQ(samples.percentile(0.99), 99);
  EXPECT_EQ(samples.percentile(0.01), 1);
  EXPECT_EQ(samples.percentile(0), 1);
  EXPECT_EQ(samples.max(), 100);
}

TEST(Samples, SortsAgainAfterMoreWasAdded) {
  Samples samples;
  samples.add(5);
  EXPECT_EQ(samples.max(), 5);
  samples.add(9);
  samples.add(1);
  EXPECT_EQ(samples.max(), 9);
  EXPECT_EQ(samples.percentile(0.3), 1);
}

TEST(Samples, AreZeroWhenThereAreNone) { EXPECT_EQ(Samples{}.percentile(0.5), 0); }

TEST(FleetReport, NamesEveryFigureThatMeasurementsRelyOn) {
  FleetReport report;
  report.bots = 3;
  report.action_latency_ms.add(12.5f);
  const auto json = boost::json::parse(report.to_json()).as_object();
  for (const char* key :
       {"bots", "connected", "disconnected", "failed_logins", "seconds", "snapshot_hz_p50",
        "snapshot_hz_p01", "action_latency_ms", "bytes_down_per_client_s", "bytes_up_per_client_s",
        "visible_p50", "staleness_ms_near_p99", "position_error_m_near_p99", "corrections",
        "lost_datagrams", "decode_errors", "cpu_pct"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json.at("bots").as_int64(), 3);
  EXPECT_EQ(json.at("action_latency_ms").as_object().at("p99").as_double(), 12.5);
}

}  // namespace
}  // namespace tessera::bots
