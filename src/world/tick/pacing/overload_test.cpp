// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/pacing/overload.h"

#include <gtest/gtest.h>

namespace tessera::tick {
namespace {

/// Feeds the same load for some ticks; returns how often the state changed.
int feed(OverloadLadder& ladder, float load, int ticks) {
  int changes = 0;
  for (int i = 0; i < ticks; ++i) changes += ladder.observe(load) ? 1 : 0;
  return changes;
}

TEST(OverloadLadder, StaysDownUnderOrdinaryLoad) {
  OverloadLadder ladder;
  EXPECT_EQ(feed(ladder, 0.8f, 100'000), 0);
  EXPECT_EQ(ladder.state(), OverloadState{});
}

TEST(OverloadLadder, IgnoresSingleSlowTicks) {
  OverloadLadder ladder;
  for (int i = 0; i < 100; ++i) {
    feed(ladder, 0.3f, 50);
    EXPECT_FALSE(ladder.observe(5.0f));
  }
  EXPECT_EQ(ladder.state().level, OverloadLevel::None);
}

TEST(OverloadLadder, ClimbsAStepASecondWhileOverloaded) {
  OverloadLadder ladder;
  feed(ladder, 1.5f, 80);
  EXPECT_EQ(ladder.state().level, OverloadLevel::FarRates);
  feed(ladder, 1.5f, 60);
  EXPECT_EQ(ladder.state().level, OverloadLevel::MidRates);
  feed(ladder, 1.5f, 60);
  EXPECT_EQ(ladder.state().level, OverloadLevel::AiDetail);
  feed(ladder, 1.5f, 60);
  EXPECT_EQ(ladder.state().level, OverloadLevel::SnapshotRate);
  EXPECT_EQ(ladder.state().clock_permille, 1000u);
  feed(ladder, 1.5f, 60);
  EXPECT_EQ(ladder.state(), (OverloadState{OverloadLevel::TimeDilation, 900}));
}

TEST(OverloadLadder, SlowsTheClockNoFurtherThanItsLimit) {
  OverloadLadder ladder;
  feed(ladder, 2.0f, 10'000);
  EXPECT_EQ(ladder.state(), (OverloadState{OverloadLevel::TimeDilation, 400}));
  EXPECT_EQ(feed(ladder, 2.0f, 1'000), 0);
}

TEST(OverloadLadder, LeavesOnlyAfterTenCalmSeconds) {
  OverloadLadder ladder;
  feed(ladder, 2.0f, 80);
  ASSERT_EQ(ladder.state().level, OverloadLevel::FarRates);
  EXPECT_EQ(feed(ladder, 0.8f, 10'000), 0) << "between the two limits nothing changes";
  EXPECT_EQ(feed(ladder, 0.3f, 590), 0);
  EXPECT_EQ(feed(ladder, 0.3f, 60), 1);
  EXPECT_EQ(ladder.state().level, OverloadLevel::None);
  EXPECT_EQ(feed(ladder, 0.3f, 10'000), 0);
}

TEST(OverloadLadder, TakesTheStepsBackInReverse) {
  OverloadLadder ladder;
  feed(ladder, 2.0f, 80 + 60 * 5);
  ASSERT_EQ(ladder.state(), (OverloadState{OverloadLevel::TimeDilation, 800}));
  feed(ladder, 0.1f, 650);
  EXPECT_EQ(ladder.state(), (OverloadState{OverloadLevel::TimeDilation, 900}));
  feed(ladder, 0.1f, 600);
  EXPECT_EQ(ladder.state(), (OverloadState{OverloadLevel::SnapshotRate, 1000}));
  feed(ladder, 0.1f, 600 * 4);
  EXPECT_EQ(ladder.state(), OverloadState{});
}

TEST(OverloadLadder, NamesTheSettingOfEveryLevel) {
  for (int level = 0; level <= static_cast<int>(OverloadLevel::TimeDilation); ++level) {
    const OverloadText text = overload_text(static_cast<OverloadLevel>(level));
    EXPECT_FALSE(text.name.empty());
    EXPECT_FALSE(text.effect.empty());
    EXPECT_NE(text.setting.find("world."), std::string_view::npos);
  }
}

}  // namespace
}  // namespace tessera::tick
