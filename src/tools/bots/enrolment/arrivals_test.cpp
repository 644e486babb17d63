// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/enrolment/arrivals.h"

#include <gtest/gtest.h>

namespace tessera::bots {
namespace {

TEST(Arrivals, TellHowManyAreInAndWhyOthersAreNot) {
  ArrivalCounts counts{.bots = 1000, .in_world = 57};
  EXPECT_EQ(counts.text(), "57 of 1000 bots are in");
  counts.why_failed = "bot00003: no";
  EXPECT_EQ(counts.text(), "57 of 1000 bots are in") << "none failed";
  counts.failed = 3;
  EXPECT_EQ(counts.text(), "57 of 1000 bots are in, 3 failed: bot00003: no");
  counts.why_waiting = "busy";
  EXPECT_EQ(counts.text(), "57 of 1000 bots are in, 3 failed: bot00003: no; the others wait: busy");
}

TEST(Arrivals, AreToldEveryTwoSeconds) {
  Arrivals arrivals(5, 1);
  EXPECT_FALSE(arrivals.line_due(5));
  EXPECT_FALSE(arrivals.line_due(5 + Arrivals::kLineUs - 1));
  EXPECT_TRUE(arrivals.line_due(5 + Arrivals::kLineUs));
  EXPECT_FALSE(arrivals.line_due(5 + Arrivals::kLineUs));
  EXPECT_TRUE(arrivals.line_due(5 + 2 * Arrivals::kLineUs));
}

TEST(Arrivals, AreWaitedForWhileSomebodyComesIn) {
  Arrivals arrivals(0, 100);
  EXPECT_TRUE(arrivals.going_on(100, 0));
  EXPECT_TRUE(arrivals.going_on(101 - 1, 1));
  EXPECT_TRUE(arrivals.going_on(200, 1));
  EXPECT_FALSE(arrivals.going_on(201, 1));
  EXPECT_TRUE(arrivals.going_on(202, 2));
}

}  // namespace
}  // namespace tessera::bots
