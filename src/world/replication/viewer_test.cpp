// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/viewer.h"

#include <gtest/gtest.h>

namespace tessera::replication {
namespace {

TEST(FlightLog, NumbersFlightsAndFindsThemUntilTheyAreClosed) {
  FlightLog log;
  EXPECT_EQ(log.overdue(), nullptr);
  EXPECT_EQ(log.begin(10).number, 1u);
  EXPECT_EQ(log.begin(11).number, 2u);
  ASSERT_NE(log.find(1), nullptr);
  EXPECT_EQ(log.find(3), nullptr);
  EXPECT_EQ(log.find(0), nullptr);
  log.close(*log.find(2));
  EXPECT_EQ(log.find(2), nullptr) << "reported twice";
  EXPECT_EQ(log.under_way(), 2u) << "released oldest first";
  log.close(*log.find(1));
  EXPECT_EQ(log.under_way(), 0u);
}

TEST(FlightLog, KeepsWhatEachFlightTold) {
  FlightLog log;
  for (std::uint32_t number = 1; number <= 40; ++number) {
    log.begin(number);
    for (std::uint32_t i = 0; i < number; ++i) log.add({.before = number * 1000 + i});
  }
  for (std::uint32_t number = 1; number <= 40; ++number) {
    std::uint32_t expected = number * 1000;
    log.each(*log.find(number), [&](const Told& told) { EXPECT_EQ(told.before, expected++); });
    EXPECT_EQ(expected, number * 1000 + number);
  }
}

TEST(FlightLog, AsksToGiveUpTheOldestWhenItIsFull) {
  FlightLog log;
  for (std::uint32_t i = 0; i < FlightLog::kFlightsMax; ++i) {
    EXPECT_EQ(log.overdue(), nullptr);
    log.begin(i);
  }
  ASSERT_NE(log.overdue(), nullptr);
  EXPECT_EQ(log.overdue()->number, 1u);
  log.close(*log.overdue());
  EXPECT_EQ(log.overdue(), nullptr);
  log.clear();
  EXPECT_EQ(log.under_way(), 0u);
  EXPECT_EQ(log.find(5), nullptr);
  log.begin(100);
  for (std::uint32_t i = 0; i <= FlightLog::kToldMax / 2; ++i) log.add({});
  EXPECT_NE(log.overdue(), nullptr) << "what they tell is bounded too";
}

class ViewerTest : public ::testing::Test {
 protected:
  ViewerTest() {
    place({1, 2});
    for (std::uint32_t index : {1u, 2u}) {
      viewer_.meet(mirror_.find(id(index)));
    }
    page_ = mirror_.page_of(mirror_.find(id(1)));
    viewer_.subscriptions.push_back({.served = tick_, .merged = tick_, .page = page_});
    viewer_.cells.set({64, 64}, true);
    viewer_.refresh_anchor = {64, 64};
  }
  static EntityId id(std::uint32_t index) { return EntityId::make(1, 1, index); }
  void place(std::initializer_list<std::uint32_t> indices) {
    mirror_.begin(++tick_);
    for (std::uint32_t index : indices) {
      mirror_.place(mirror_.touch(id(index)), {2050 * 64, 2050 * 64}, 0, false, 0);
    }
    mirror_.end();
  }
  std::uint32_t fly(const Told& told) {
    const std::uint32_t number = viewer_.flights.begin(tick_).number;
    viewer_.flights.add(told);
    return number;
  }
  Subscription& sub() { return viewer_.subscriptions[0]; }

  std::uint32_t tick_ = 500;
  Mirror mirror_{16};
  Viewer viewer_;
  PageIndex page_ = 0;
};

TEST_F(ViewerTest, ALostSnapshotSetsItsPagesBack) {
  const std::uint32_t number = fly({.before = 490, .page = page_});
  viewer_.delivered(mirror_, number, false);
  EXPECT_EQ(sub().served, 490u);
  sub().served = 480;
  viewer_.delivered(mirror_, fly({.before = 490, .page = page_}), false);
  EXPECT_EQ(sub().served, 480u) << "never forwards";
  viewer_.delivered(mirror_, number, false);
  viewer_.delivered(mirror_, 999, false);
}

TEST_F(ViewerTest, AnArrivedSnapshotConfirmsRostersThatDidNotChangeSince) {
  place({1});  // 2 is gone
  Viewer::merge_roster(sub(), mirror_.slots(page_), tick_);
  EXPECT_EQ(sub().pending, 0b10u);
  EXPECT_EQ(sub().unconfirmed, 0b10u);
  sub().pending = 0;
  const std::uint32_t number = fly({.before = 490, .slots = 0b10, .page = page_});
  viewer_.delivered(mirror_, number, true);
  EXPECT_EQ(sub().unconfirmed, 0u);
}

TEST_F(ViewerTest, ALostRosterIsTheSameSlotsPendingAgain) {
  place({1});
  Viewer::merge_roster(sub(), mirror_.slots(page_), tick_);
  sub().pending = 0;
  viewer_.delivered(mirror_, fly({.before = 490, .slots = 0b10, .page = page_}), false);
  EXPECT_EQ(sub().pending, 0b10u);
  EXPECT_EQ(sub().unconfirmed, 0b10u);
}

TEST_F(ViewerTest, AChangeThatStaysUnconfirmedIsTooOldBeforeItsSlotIsUsedAgain) {
  place({1});
  const std::uint32_t changed = tick_;
  EXPECT_TRUE(Viewer::merge_roster(sub(), mirror_.slots(page_), tick_));
  EXPECT_TRUE(Viewer::merge_roster(sub(), mirror_.slots(page_), changed + kUnconfirmedTicksMax));
  EXPECT_FALSE(
      Viewer::merge_roster(sub(), mirror_.slots(page_), changed + kUnconfirmedTicksMax + 1));
  static_assert(kUnconfirmedTicksMax < protocol::kSlotRestTicks);
}

TEST_F(ViewerTest, WhoWasIntroducedInALostSnapshotIsAStrangerAgain) {
  const RowIndex row = mirror_.find(id(2));
  viewer_.delivered(mirror_, fly({.before = row, .kind = Told::Kind::Introduction}), false);
  EXPECT_FALSE(viewer_.knows(row));
  EXPECT_EQ(sub().pending, 1u << mirror_.slot_of(row));
  EXPECT_EQ(viewer_.known_count, 1u);
}

TEST_F(ViewerTest, AClosingPageIsGoneWhenTheClientKnowsAndToldAgainWhenNot) {
  sub().closing = true;
  sub().served = tick_;
  viewer_.delivered(mirror_, fly({.page = page_, .kind = Told::Kind::Closed}), false);
  EXPECT_EQ(sub().served, 0u);
  sub().served = tick_;
  viewer_.refresh_due = false;
  viewer_.delivered(mirror_, fly({.page = page_, .kind = Told::Kind::Closed}), true);
  EXPECT_TRUE(viewer_.subscriptions.empty());
  EXPECT_TRUE(viewer_.refresh_due);
  viewer_.delivered(mirror_, fly({.slots = 1, .page = page_}), true);
  viewer_.delivered(mirror_, fly({.slots = 1, .page = page_}), false);
}

TEST_F(ViewerTest, ForgetsWhoIsOutOfView) {
  const RowIndex gone = mirror_.find(id(2));
  place({1});
  viewer_.sweep_known(mirror_);
  EXPECT_FALSE(viewer_.knows(gone));
  EXPECT_TRUE(viewer_.knows(mirror_.find(id(1))));
  viewer_.cells.clear();
  viewer_.sweep_known(mirror_);
  EXPECT_EQ(viewer_.known_count, 0u);
}

TEST_F(ViewerTest, AnswersWaitUntilTheyArrive) {
  for (std::uint16_t i = 1; i <= protocol::kAnswersMax + 1; ++i) viewer_.add_answer({i, {}, 0});
  EXPECT_EQ(viewer_.answer_count, protocol::kAnswersMax);
  EXPECT_EQ(viewer_.answers[0].answer.action, 2) << "the oldest made room";
  const std::uint32_t number = viewer_.flights.begin(tick_).number;
  for (WaitingAnswer& waiting : viewer_.answers) waiting.number = number;
  EXPECT_FALSE(viewer_.has_waiting_answer());
  viewer_.delivered(mirror_, number, false);
  EXPECT_TRUE(viewer_.has_waiting_answer());
  const std::uint32_t again = viewer_.flights.begin(tick_).number;
  viewer_.answers[0].number = again;
  viewer_.delivered(mirror_, again, true);
  EXPECT_EQ(viewer_.answer_count, protocol::kAnswersMax - 1);
}

TEST_F(ViewerTest, BeginningAnewForgetsEverything) {
  const std::uint32_t number = fly({.before = 490, .page = page_});
  viewer_.epoch = 7;
  viewer_.begin_anew();
  EXPECT_EQ(viewer_.epoch, 0);
  EXPECT_TRUE(viewer_.subscriptions.empty());
  EXPECT_EQ(viewer_.known_count, 0u);
  EXPECT_TRUE(viewer_.wants_own_state);
  viewer_.delivered(mirror_, number, false);  // of the former view: nothing to undo
}

}  // namespace
}  // namespace tessera::replication
