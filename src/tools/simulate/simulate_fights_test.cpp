// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/simulate/simulate_fights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera::simulate {
namespace {

using testing::HasSubstr;

FightOptions options_of(std::string a, std::string b, std::uint32_t count) {
  return {.sides = {Contestant{std::move(a), 12}, Contestant{std::move(b), 12}}, .count = count};
}

TEST(SimulateFights, EveryFightEndsOnceAndTheNumbersAddUp) {
  const auto report = simulate_fights(options_of("vanguard", "shade", 60));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->fights, 60u);
  EXPECT_EQ(report->sides[0].wins + report->sides[1].wins + report->draws, 60u);
  EXPECT_EQ(report->seconds.count(), 60u);
  for (const SideReport& side : report->sides) {
    double by_ability = 0;
    for (const auto& [name, damage] : side.damage_by) by_ability += damage;
    EXPECT_NEAR(by_ability, side.damage.mean(), 1e-6 * side.damage.mean());
  }
}

TEST(SimulateFights, TheSameSeedGivesTheSameFightsWithAnyNumberOfWorkers) {
  FightOptions options = options_of("embermage", "warden", 40);
  const auto once = simulate_fights(options);
  options.workers = 2;
  const auto again = simulate_fights(options);
  options.seed = 2;
  const auto others = simulate_fights(options);
  ASSERT_TRUE(once && again && others);
  EXPECT_EQ(table_of(*once), table_of(*again));
  EXPECT_NE(table_of(*once), table_of(*others));
}

TEST(SimulateFights, TwoLevelsAreWorthMoreThanLuck) {
  FightOptions options = options_of("shade", "shade", 40);
  options.sides[0].level = 14;
  options.hesitation = 0;
  const auto report = simulate_fights(options);
  ASSERT_TRUE(report);
  EXPECT_GT(report->sides[0].wins, report->sides[1].wins);
}

TEST(SimulateFights, NamesTheClassesThereAre) {
  const auto report = simulate_fights(options_of("bard", "shade", 1));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("no class 'bard'"));
  EXPECT_THAT(report.error().message, HasSubstr("vanguard"));
}

TEST(SimulateFights, SaysWhatToAddForAClassThatCannotFightAlone) {
  const auto report = simulate_fights(options_of("beast", "shade", 1));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("add a behaviour duel_beast"));
}

TEST(SimulateFights, DrawsAPicture) {
  const auto report = simulate_fights(options_of("vanguard", "warden", 5));
  ASSERT_TRUE(report);
  const auto png = chart_of(*report);
  ASSERT_TRUE(png);
  ASSERT_GT(png->size(), 8u);
  EXPECT_EQ((*png)[1], std::byte{'P'});
}

TEST(WinRate, IsTheIntervalOfWilson) {
  // Of 10 in 20 the interval is [0.299, 0.701] (Wilson 1927).
  EXPECT_NEAR(win_rate(10, 20).confidence, 0.201, 0.001);
  EXPECT_EQ(win_rate(0, 0).share, 0);
  EXPECT_GT(win_rate(0, 50).confidence, 0);
}

TEST(Spread, IsTheMeanAndItsConfidence) {
  Spread spread;
  for (const double value : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) spread.add(value);
  EXPECT_DOUBLE_EQ(spread.mean(), 5);
  EXPECT_NEAR(spread.confidence(), 1.959964 * 2.13809 / 2.828427, 1e-4);
}

}  // namespace
}  // namespace tessera::simulate
