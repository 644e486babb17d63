// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/commands/status_line.h"

#include <gtest/gtest.h>

namespace tessera::server {
namespace {

TEST(StatusLine, ShowsWhatAnOperatorWatches) {
  gateway::ServerStatus status;
  status.players = 412;
  status.tick_ms = {.p50 = 1.24, .p99 = 2.9, .p999 = 4, .max = 5};
  status.datagrams_out_s = 8240;
  status.bytes_out_s = 1'440'000;
  status.rss_bytes = 143u << 20;
  EXPECT_EQ(status_line(status),
            "  412 players | tick p50 1.2 ms p99 2.9 ms | out 8240 datagrams/s 1.4 MB/s | memory "
            "143 MiB");
  status.bytes_out_s = 900;
  status.late_ticks = 3;
  status.overload_level_max = 2;
  const std::string line = status_line(status);
  EXPECT_NE(line.find("0.9 kB/s"), std::string::npos);
  EXPECT_NE(line.find("3 late ticks"), std::string::npos);
  EXPECT_NE(line.find("overload level 2"), std::string::npos);
}

}  // namespace
}  // namespace tessera::server
