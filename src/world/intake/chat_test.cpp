// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "protocol/limits.h"
#include "protocol/messages/chat.pb.h"
#include "protocol/sections.h"
#include "world/intake/testing/intake_fixture.h"

namespace tessera::intake {
namespace {

using namespace protocol;

class ChatTest : public IntakeTest {
 protected:
  using IntakeTest::IntakeTest;

  /// A character at (x, 100), in the world.
  void enter(std::uint64_t session, const std::string& name, float x) {
    cluster::OpenedSession opened = character(session);
    opened.name = FixedString<cluster::kOpenedNameBytesMax>(name);
    opened.position_m = {x, 0, 100};
    open(session, opened);
    tick(2);
  }
  void say(std::uint64_t session, const std::string& text, ChatChannel channel = CHAT_SAY,
           const std::string& to = {}) {
    ClientChat said;
    said.set_channel(channel);
    said.set_to(to);
    said.set_text(text);
    std::string bytes;
    said.SerializeToString(&bytes);
    send_raw(session, bytes);
  }
  void send_raw(std::uint64_t session, std::string_view bytes) {
    link.push_up({.session = {session},
                  .number = static_cast<std::uint32_t>(Topic::Chat),
                  .kind = UpKind::Message},
                 std::as_bytes(std::span(bytes)));
  }
  /// What the session has been told since it was asked last: "Ann: text", or the refusal's number.
  std::vector<std::string> heard(std::uint64_t session) {
    tick();
    std::vector<std::string> lines;
    for (const std::string& bytes : std::exchange(chat[session], {})) {
      ServerChat line;
      EXPECT_TRUE(line.ParseFromString(bytes));
      lines.push_back(line.refusal() == CHAT_SENT ? line.from() + ": " + line.text()
                                                  : "refused " + std::to_string(line.refusal()));
    }
    return lines;
  }
};

using Lines = std::vector<std::string>;

TEST_F(ChatTest, WhatIsSaidIsHeardNearby) {
  enter(1, "Ann", 100);
  enter(2, "Bob", 110);
  enter(3, "Cid", 400);
  say(1, "hello");
  EXPECT_EQ(heard(1), Lines{"Ann: hello"});
  EXPECT_EQ(heard(2), Lines{"Ann: hello"});
  EXPECT_EQ(heard(3), Lines{});
  say(3, "anybody?", CHAT_ZONE);
  EXPECT_EQ(heard(1), Lines{"Cid: anybody?"});
  EXPECT_EQ(heard(3), Lines{"Cid: anybody?"});
}

TEST_F(ChatTest, AWhisperReachesOneByItsNameInAnyCase) {
  enter(1, "Ann", 100);
  enter(2, "Bob", 105);
  enter(3, "Cid", 110);
  say(1, "psst", CHAT_WHISPER, "cID");
  EXPECT_EQ(heard(1), Lines{"Ann: psst"});
  EXPECT_EQ(heard(2), Lines{});
  EXPECT_EQ(heard(3), Lines{"Ann: psst"});
  say(1, "psst", CHAT_WHISPER, "Nobody");
  EXPECT_EQ(heard(1), Lines{"refused " + std::to_string(CHAT_NOBODY)});
}

TEST_F(ChatTest, WhoTalksTooMuchIsToldSoAndHeardAgainLater) {
  enter(1, "Ann", 100);
  for (int i = 0; i < 12; ++i) say(1, std::to_string(i));
  const Lines lines = heard(1);
  ASSERT_EQ(lines.size(), 12u);
  EXPECT_EQ(lines[9], "Ann: 9");
  EXPECT_EQ(lines[10], "refused " + std::to_string(CHAT_TOO_FAST));
  tick(kTicksPerSecond);
  say(1, "again");
  EXPECT_EQ(heard(1), Lines{"Ann: again"});
}

class BusyChatTest : public ChatTest {
 protected:
  BusyChatTest()
      : ChatTest([] {
          IntakeLimits limits;
          limits.chat_deliveries_per_tick = 3;
          return limits;
        }()) {}
};

TEST_F(BusyChatTest, LinesThatTheTickCannotCarryAreRefused) {
  enter(1, "Ann", 100);
  enter(2, "Bob", 100);
  say(1, "one", CHAT_ZONE);
  say(2, "two", CHAT_ZONE);
  EXPECT_EQ(heard(2), (Lines{"Ann: one", "refused " + std::to_string(CHAT_TOO_BUSY)}));
}

class CrowdedChatTest : public ChatTest {
 protected:
  CrowdedChatTest()
      : ChatTest([] {
          IntakeLimits limits;
          limits.chat_looks_per_tick = 3;
          limits.too_fast_max = 20;
          return limits;
        }()) {}
};

TEST_F(CrowdedChatTest, ATickLooksForFewListenersButWhispersGoThrough) {
  enter(1, "Ann", 100);
  enter(2, "Bob", 100);
  say(1, "one");
  say(2, "two");
  say(2, "psst", CHAT_WHISPER, "ANN");
  EXPECT_EQ(heard(2), (Lines{"Ann: one", "refused " + std::to_string(CHAT_TOO_BUSY), "Bob: psst"}));
}

TEST_F(CrowdedChatTest, WhoGoesOnTalkingTooFastIsDisconnected) {
  enter(1, "Ann", 100);
  for (int i = 0; i < 10 + 20; ++i) say(1, "spam", CHAT_WHISPER, "Ann");
  tick();
  EXPECT_NE(intake.sessions().find({1}), nullptr);
  say(1, "spam", CHAT_WHISPER, "Ann");
  tick();
  EXPECT_EQ(intake.sessions().find({1}), nullptr);
}

TEST_F(ChatTest, WhoIsMutedIsNotHeardUntilTheTimeIsOver) {
  enter(1, "Ann", 100);  // of account 101
  enter(2, "Bob", 100);
  ASSERT_TRUE(mailbox.post(MuteAccount{.account = {101}, .seconds = 2}));
  tick();
  say(1, "hello");
  EXPECT_EQ(heard(1), Lines{"refused " + std::to_string(CHAT_MUTED)});
  say(2, "hello");
  EXPECT_EQ(heard(2), Lines{"Bob: hello"});
  tick(2 * kTicksPerSecond);
  say(1, "back");
  EXPECT_EQ(heard(2), Lines{"Ann: back"});
}

TEST_F(ChatTest, WhoEntersMutedStaysSo) {
  cluster::OpenedSession opened = character(1);
  opened.muted_s = 60;
  open(1, opened);
  tick(2);
  say(1, "hello");
  EXPECT_EQ(heard(1), Lines{"refused " + std::to_string(CHAT_MUTED)});
  ASSERT_TRUE(mailbox.post(MuteAccount{.account = {101}, .seconds = 0}));
  tick();
  say(1, "hello");
  EXPECT_EQ(heard(1), Lines{"Anna: hello"});
}

TEST_F(ChatTest, TextsAreOneLineAndMarkupIsOnlyText) {
  enter(1, "Ann", 100);
  say(1, " a\nb\tc\x7f\xc2\x85 <script>alert(1)</script>\r\n");
  say(1, " \n ");
  EXPECT_EQ(heard(1), Lines{"Ann: a b c   <script>alert(1)</script>"});
}

TEST_F(ChatTest, WhatIsNoMessageOfOursCountsAgainstTheSession) {
  enter(1, "Ann", 100);
  send_raw(1, "\xff\xff");
  say(1, std::string(kChatTextBytesMax + 1, 'a'));
  say(1, "\xc3\x28");
  say(1, "hi", CHAT_WHISPER, std::string(kNameBytesMax + 1, 'a'));
  say(1, "hi", static_cast<ChatChannel>(9));
  EXPECT_EQ(heard(1), Lines{});
  EXPECT_EQ(intake.counters().malformed, 5u);
  say(1, "still here");
  EXPECT_EQ(heard(1), Lines{"Ann: still here"});
}

}  // namespace
}  // namespace tessera::intake
