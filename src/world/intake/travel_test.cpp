// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Sessions that come from another zone, or go to one.
#include <gtest/gtest.h>

#include "protocol/messages/control.pb.h"
#include "world/intake/testing/intake_fixture.h"

namespace tessera::intake {
namespace {

TEST_F(IntakeTest, PutsWhoComesFromAnotherZoneWhereTheWayLeadsTo) {
  unsaved = LastPlace{{140, 0, 120}, 2, 99, {}};  // as it stood in the other zone
  cluster::OpenedSession traveller = character(7);
  traveller.arrival = FixedString<cluster::kArrivalNameBytesMax>("entrance");
  traveller.return_place = cluster::Place{{100, 0, 100}, 3};
  open(1, traveller);
  tick();
  const Session* session = intake.sessions().find({1});
  EXPECT_FLOAT_EQ(world.get<Position>(session->entity).metres.x, 60);
  EXPECT_EQ(session->play_seconds_before, 99u) << "what is not saved yet counts";
  EXPECT_EQ(session->return_place, traveller.return_place);
  world.step(60);
  traveller.arrival = FixedString<cluster::kArrivalNameBytesMax>("nowhere");
  traveller.character = {8};
  open(2, traveller);
  tick();
  session = intake.sessions().find({2});
  ASSERT_TRUE(session != nullptr && session->entity) << "a spawn point takes it";
  EXPECT_NE(world.get<Position>(session->entity).metres.x, 140);
}

TEST_F(IntakeTest, LetsATravellerGoOrTellsItWhyNot) {
  open(1, 7);
  tick();
  EXPECT_TRUE(intake.begin_travel({1}));
  EXPECT_FALSE(intake.begin_travel({1})) << "one journey at a time";
  EXPECT_FALSE(intake.begin_travel({2}));
  int gone = 0;
  messages.clear();
  mailbox.post(TravelAnswer{{1}, "The way is closed.", [&] { ++gone; }});
  tick();
  protocol::ServerControl control;
  ASSERT_EQ(messages[1].size(), 1u);
  ASSERT_TRUE(
      control.ParseFromArray(messages[1][0].data(), static_cast<int>(messages[1][0].size())));
  EXPECT_EQ(control.announcement().text(), "The way is closed.");
  EXPECT_EQ(gone, 0);
  EXPECT_TRUE(intake.begin_travel({1})) << "it may try again";
  mailbox.post(TravelAnswer{{1}, {}, [&] { ++gone; }});
  mailbox.post(TravelAnswer{{1}, {}, [&] { ++gone; }});
  tick();
  EXPECT_EQ(closed[1], CloseReason::Moved);
  EXPECT_EQ(gone, 1) << "the second answer finds nobody";
  EXPECT_EQ(intake.sessions().size(), 0u);
}

}  // namespace
}  // namespace tessera::intake
