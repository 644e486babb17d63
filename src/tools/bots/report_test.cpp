// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/report.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <limits>

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
  for (const char* key : {"bots",
                          "connected",
                          "disconnected",
                          "failed_logins",
                          "seconds",
                          "snapshot_hz_p50",
                          "snapshot_hz_p01",
                          "action_latency_ms",
                          "bytes_down_per_client_s",
                          "bytes_up_per_client_s",
                          "visible_p50",
                          "visible_players_p50",
                          "staleness_ms_near_p99",
                          "position_error_m_near_p99",
                          "corrections",
                          "lost_datagrams",
                          "decode_errors",
                          "door_changes",
                          "areas_entered",
                          "moves",
                          "stuck",
                          "cpu_pct"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json.at("bots").as_int64(), 3);
  EXPECT_EQ(json.at("action_latency_ms").as_object().at("p99").as_double(), 12.5);
}

TEST(FleetReport, OfFightersSaysHowOftenTheyAreToldOfTheirEnemies) {
  FleetReport report;
  report.fights = true;
  for (int i = 0; i < 98; ++i) report.focus_gap_ms.add(50);
  report.focus_gap_ms.add(100);
  report.focus_gap_ms.add(150);
  report.bytes_down_of_client_s.add(20'000);
  report.bytes_down_of_client_s.add(21'000);
  const auto json = boost::json::parse(report.to_json()).as_object();
  EXPECT_EQ(json.at("focus_gap_ms_p95").to_number<double>(), 50);
  EXPECT_EQ(json.at("focus_gap_ms_p99").to_number<double>(), 100);
  EXPECT_EQ(json.at("focus_samples").to_number<int>(), 100);
  EXPECT_EQ(json.at("bytes_down_of_client_s_max").to_number<double>(), 21'000);
}

TEST(FleetReport, PrintsPlainDecimals) {
  FleetReport report;
  report.bots = 2;
  report.connected = 2;
  report.seconds = 20;
  report.shared_sockets = true;
  report.snapshot_hz.add(20.106f);
  report.action_latency_ms.add(1e6f);
  report.shoves_done = 7;
  report.shoves_refused = 1;
  report.shoved = 9;
  report.throws_done = 5;
  report.throws_refused = 2;
  report.bytes_down_per_client_s = 5000;
  report.bytes_up_per_client_s = 0.4;
  report.visible.add(200);
  report.visible_players.add(150);
  report.staleness_ms_near.add(70);
  report.position_error_m_near.add(0.00004f);
  report.corrections = 1'000'000'000'000;
  report.cpu_pct = 100;
  EXPECT_EQ(report.to_json(),
            R"({"bots":2,"connected":2,"disconnected":0,"failed_logins":0,"seconds":20.00,)"
            R"("transport":"udp",)"
            R"("sockets":"shared","snapshot_hz_p50":20.11,"snapshot_hz_p01":20.11,"actions":1,)"
            R"("action_latency_ms":{"p50":1000000.00,"p99":1000000.00,"p999":1000000.00,)"
            R"("max":1000000.00},"shoves_done":7,"shoves_refused":1,"shoved":9,"throws_done":5,)"
            R"("throws_refused":2,"bytes_down_per_client_s":5000,"bytes_up_per_client_s":0,)"
            R"("visible_p50":200,"visible_players_p50":150,)"
            R"("staleness_ms_near_p99":70.0,"position_error_m_near_p99":0.000,)"
            R"("near_samples":1,"corrections":1000000000000,"lost_datagrams":0,)"
            R"("decode_errors":0,"door_changes":0,"areas_entered":0,"moves":0,"stuck":0,)"
            R"("cpu_pct":100.0})");
}

TEST(FleetReport, StaysJsonWhenAFigureIsNotFinite) {
  FleetReport report;
  report.cpu_pct = std::numeric_limits<double>::quiet_NaN();  // 0 ns in a window of 0 s
  EXPECT_EQ(boost::json::parse(report.to_json()).at("cpu_pct").as_double(), 0);
}

}  // namespace
}  // namespace tessera::bots
