// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/platform/clock.h"
#include "server/roles/content_folder.h"
#include "server/roles/operations.h"
#include "server/roles/status_line.h"

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

TEST(ContentFolder, FindsTheDefaultZoneAndLeavesAWishAsItIs) {
  EXPECT_NE(find_zone_folder("")->find("heartland"), std::string::npos);
  EXPECT_EQ(*find_zone_folder("somewhere/else"), "somewhere/else");
  EXPECT_EQ(default_zone_folder(), *find_zone_folder(""));
}

TEST(StopRequest, ComesDueOnceItsTimeIsOverAndKeepsTheFirstWord) {
  StopRequest request;
  const std::int64_t now = platform::monotonic_ns();
  EXPECT_EQ(request.due(now), std::nullopt);
  request.ask(60, "in a minute");
  request.ask(0, "now");
  EXPECT_EQ(request.due(now), std::nullopt);
  EXPECT_EQ(request.due(now + 120'000'000'000), "in a minute");
}

}  // namespace
}  // namespace tessera::server
