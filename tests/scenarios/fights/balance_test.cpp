// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whether the classes are a match for each other, by what `tessera simulate fight` finds.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>

#include "tools/simulate/simulate_fights.h"

namespace tessera {
namespace {

TEST(Balance, NoClassWinsMoreThanSixtyPercentOfEqualDuels) {
  constexpr std::array kClasses = {"vanguard", "shade", "embermage", "warden"};
  constexpr std::uint32_t kFights = 1000;
  for (const std::uint32_t level : {10u, 20u, 30u}) {
    for (std::size_t a = 0; a < kClasses.size(); ++a) {
      for (std::size_t b = a + 1; b < kClasses.size(); ++b) {
        simulate::FightOptions options;
        options.sides = {simulate::Contestant{kClasses[a], level},
                         simulate::Contestant{kClasses[b], level}};
        options.count = kFights;
        const auto report = simulate::simulate_fights(options);
        ASSERT_TRUE(report) << report.error().message;
        const auto what = fmt::format("{} against {} at level {}\n{}", kClasses[a], kClasses[b],
                                      level, simulate::table_of(*report));
        EXPECT_LE(report->sides[0].wins, kFights * 6 / 10) << what;
        EXPECT_LE(report->sides[1].wins, kFights * 6 / 10) << what;
      }
    }
  }
}

}  // namespace
}  // namespace tessera
