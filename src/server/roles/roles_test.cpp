// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "engine/platform/clock.h"
#include "server/roles/content_folder.h"
#include "server/roles/operations.h"

namespace tessera::server {
namespace {

TEST(ContentFolder, FindsTheDefaultZoneAndLeavesAWishAsItIs) {
  EXPECT_NE(find_zone_folder("")->find("vale"), std::string::npos);
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
