// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What players wish for their own character: its sheet, talents, its flag, duels.
#include <gtest/gtest.h>

#include "protocol/messages/control.pb.h"
#include "world/intake/control_messages.h"
#include "world/intake/testing/intake_fixture.h"

namespace tessera::intake {
namespace {

class WishesTest : public IntakeTest {
 protected:
  void say(std::uint64_t session, const protocol::ClientControl& message) {
    const std::string bytes = message.SerializeAsString();
    link.push_up({.session = {session}, .number = 0, .kind = UpKind::Message},
                 std::as_bytes(std::span(bytes)));
  }
};

TEST_F(WishesTest, TurnsTheFlagAndWishesForADuelIntoIntents) {
  open(1, 7);
  tick();
  protocol::ClientControl raise;
  raise.mutable_raise_flag()->set_is_up(true);
  raise.mutable_raise_flag()->set_action(3);
  raise.mutable_raise_flag()->set_banner(2);
  say(1, raise);
  protocol::ClientControl challenge;
  challenge.mutable_wish_duel()->set_target(77);
  challenge.mutable_wish_duel()->set_action(4);
  say(1, challenge);
  protocol::ClientControl give_up;
  give_up.mutable_wish_duel()->set_kind(static_cast<std::uint32_t>(pvp::DuelWish::GiveUp));
  say(1, give_up);
  tick();
  ASSERT_EQ(moves.flags.size(), 1u);
  EXPECT_EQ(moves.flags[0].entity, intake.sessions().find({1})->entity);
  EXPECT_EQ(moves.flags[0].is_up, 1u);
  EXPECT_EQ(moves.flags[0].action, 3u);
  EXPECT_EQ(moves.flags[0].banner, 2u);
  ASSERT_EQ(moves.duels.size(), 2u);
  EXPECT_EQ(moves.duels[0].wish, pvp::DuelWish::Challenge);
  EXPECT_EQ(moves.duels[0].target, EntityId{77});
  EXPECT_EQ(moves.duels[0].action, 4u);
  EXPECT_EQ(moves.duels[1].wish, pvp::DuelWish::GiveUp);
}

TEST_F(WishesTest, ReadsTheExampleOfTheProtocolsDocument) {
  constexpr std::array<std::uint8_t, 14> kBytes{0xc2, 1, 11, 0x11, 5, 0, 0, 1, 0, 0, 0, 0, 0x18, 7};
  const auto read = read_client_message(std::as_bytes(std::span(kBytes)));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->kind, ClientMessageKind::WishDuel);
  EXPECT_EQ(read->wish, pvp::DuelWish::Challenge);
  EXPECT_EQ(read->target, EntityId::make(0, 1, 5));
  EXPECT_EQ(read->action, 7u);
}

TEST_F(WishesTest, AWishForADuelThatThereIsNotIsMalformed) {
  open(1, 7);
  tick();
  protocol::ClientControl wish;
  wish.mutable_wish_duel()->set_kind(4);
  say(1, wish);
  wish.mutable_wish_duel()->set_kind(~std::uint32_t{0});
  say(1, wish);
  tick();
  EXPECT_TRUE(moves.duels.empty());
  EXPECT_EQ(intake.counters().malformed, 2u);
  EXPECT_TRUE(closed.empty());
}

TEST_F(WishesTest, ABannerThatThereIsNotIsMalformed) {
  open(1, 7);
  tick();
  protocol::ClientControl raise;
  raise.mutable_raise_flag()->set_is_up(true);
  raise.mutable_raise_flag()->set_banner(kBannersMax + 1);
  say(1, raise);
  tick();
  EXPECT_TRUE(moves.flags.empty());
  EXPECT_EQ(intake.counters().malformed, 1u);
}

TEST_F(WishesTest, WhoWishesForDuelsAndFlagsAllTheTimeIsNotAlwaysHeard) {
  open(1, 7);
  tick();
  protocol::ClientControl raise;
  raise.mutable_raise_flag()->set_is_up(true);
  protocol::ClientControl challenge;
  challenge.mutable_wish_duel()->set_target(77);
  for (int i = 0; i < 100; ++i) {
    say(1, raise);
    say(1, challenge);
  }
  tick();
  EXPECT_EQ(moves.flags.size() + moves.duels.size(), limits.wish_burst_ticks / limits.wish_ticks);
  EXPECT_GT(intake.counters().too_fast, 0u);
}

TEST_F(WishesTest, AnswersALookAtTheSheetAndSaysWhyATalentIsNotLearned) {
  auto one = character(7);
  one.level = 5;
  one.talents = FixedString<cluster::kTalentsTextBytesMax>("101:2");
  open(1, one);
  tick();
  const auto answer_to = [&](const protocol::ClientControl& asked) {
    messages.clear();
    const std::string bytes = asked.SerializeAsString();
    link.push_up({.session = {1}, .number = 0, .kind = UpKind::Message},
                 std::as_bytes(std::span(bytes)));
    tick();
    protocol::ServerControl answer;
    EXPECT_EQ(messages[1].size(), 1u);
    if (messages[1].size() == 1) {
      EXPECT_TRUE(
          answer.ParseFromArray(messages[1][0].data(), static_cast<int>(messages[1][0].size())));
    }
    return answer;
  };
  protocol::ClientControl ask;
  ask.mutable_ask_sheet();
  const auto sheet = answer_to(ask).character_sheet();
  EXPECT_EQ(sheet.level(), 5u);
  EXPECT_EQ(sheet.stats_size(), static_cast<int>(kStats));
  EXPECT_EQ(sheet.points_left(), 4u) << "this content has no talent 101: the points are free";
  protocol::ClientControl learn;
  learn.mutable_learn_talent()->set_talent(70'000);
  const auto refused = answer_to(learn).talent_refused();
  EXPECT_EQ(refused.reason(), static_cast<std::uint32_t>(talents::TalentRefusal::NotKnown));
  protocol::ClientControl forget;
  forget.mutable_forget_talents();
  EXPECT_TRUE(answer_to(forget).has_character_sheet());
}

TEST_F(WishesTest, WhoAsksForItsSheetAllTheTimeIsNotAnsweredAllTheTime) {
  open(1, 7);
  tick();
  protocol::ClientControl ask;
  ask.mutable_ask_sheet();
  const std::string bytes = ask.SerializeAsString();
  for (int i = 0; i < 100; ++i) {
    link.push_up({.session = {1}, .number = 0, .kind = UpKind::Message},
                 std::as_bytes(std::span(bytes)));
  }
  messages.clear();
  tick();
  EXPECT_EQ(messages[1].size(), limits.wish_burst_ticks / limits.wish_ticks);
  EXPECT_TRUE(closed.empty());
}

}  // namespace
}  // namespace tessera::intake
