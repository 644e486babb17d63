// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tools/bots/sockets/bot_sockets.h"
#include "transport/websocket/testing/echo_sockets.h"
#include "transport/websocket/testing/web_server_fixture.h"

namespace tessera::bots {
namespace {

using testing::HasSubstr;

class WebSocketsTest : public testing::Test {
 protected:
  WebSocketsTest() { echo.server = &*server; }
  std::string url(const std::string& token) {
    return "ws://127.0.0.1:" + std::to_string(server->port()) + "/ws?token=" + token;
  }
  /// Receives until `done`; false after 20 s.
  template <class Done>
  bool until(Done done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!done()) {
      if (std::chrono::steady_clock::now() > end) return false;
      sockets->receive(10'000, [&](std::size_t bot, std::span<std::byte> message) {
        heard[bot] += std::string(reinterpret_cast<const char*>(message.data()), message.size());
      });
    }
    return true;
  }
  void say(std::size_t bot, std::string_view text) {
    sockets->send(bot, std::as_bytes(std::span(text)));
  }

  websocket::EchoSockets echo;
  websocket::RunningWebServer server{websocket::test_web_options(), echo, &echo};
  std::unique_ptr<BotSockets> sockets = open_web_sockets(3);
  std::map<std::size_t, std::string> heard;
};

TEST_F(WebSocketsTest, CarryTheMessagesOfEachBotBothWays) {
  for (std::size_t bot = 0; bot < 3; ++bot) {
    ASSERT_TRUE(sockets->connect(bot, {.websocket = url("good")}));
    say(bot, "bot " + std::to_string(bot));  // before the handshake is done
  }
  EXPECT_TRUE(until([&] { return heard.size() == 3; }));
  EXPECT_EQ(heard[2], "bot 2");
  EXPECT_FALSE(sockets->ended(2));
}

TEST_F(WebSocketsTest, SayWhyTheServerDidNotLetThemIn) {
  ASSERT_TRUE(sockets->connect(0, {.websocket = url("bad")}));
  EXPECT_TRUE(until([&] { return sockets->ended(0).has_value(); }));
  EXPECT_THAT(*sockets->ended(0), HasSubstr("401"));
}

TEST_F(WebSocketsTest, SayWithWhichWordsTheServerClosed) {
  ASSERT_TRUE(sockets->connect(0, {.websocket = url("good")}));
  EXPECT_TRUE(until([&] { return echo.opened == 1; }));
  server.on_web_thread([&] {
    server->close(echo.last, 4002, "You were kicked.");
    return 0;
  });
  EXPECT_TRUE(until([&] { return sockets->ended(0).has_value(); }));
  EXPECT_EQ(*sockets->ended(0), "the server closed it, 4002: You were kicked.");
}

TEST_F(WebSocketsTest, SayThatNobodyListens) {
  std::string away;
  {
    websocket::RunningWebServer gone(websocket::test_web_options(), echo);
    away = "ws://127.0.0.1:" + std::to_string(gone->port()) + "/ws";
  }
  ASSERT_TRUE(sockets->connect(1, {.websocket = away}));
  EXPECT_TRUE(until([&] { return sockets->ended(1).has_value(); }));
  EXPECT_THAT(*sockets->ended(1), HasSubstr("does not answer"));
  EXPECT_FALSE(sockets->ended(0));
}

TEST_F(WebSocketsTest, RefuseAddressesTheyCannotSpeakTo) {
  for (const char* wrong : {"", "wss://play.example.org:443/ws", "ws://nohost", "ws://:80/ws"}) {
    const auto connected = sockets->connect(0, {.websocket = wrong});
    ASSERT_FALSE(connected) << wrong;
    EXPECT_THAT(connected.error().message, HasSubstr("expected ws://HOST:PORT/PATH"));
  }
}

TEST_F(WebSocketsTest, SayGoodbyeAfterWhatWasSent) {
  ASSERT_TRUE(sockets->connect(0, {.websocket = url("good")}));
  EXPECT_TRUE(until([&] { return echo.opened == 1; }));
  say(0, "last words");
  sockets->close_all();
  EXPECT_TRUE(server.eventually([&] { return echo.closed == 1; }));
  EXPECT_EQ(echo.messages, 1);
}

TEST_F(WebSocketsTest, ForgetWhatAServerThatDoesNotReadCannotHold) {
  ASSERT_TRUE(sockets->connect(0, {.websocket = url("good")}));
  for (int i = 0; i < 1000; ++i) say(0, "x");  // nothing is read in between
  say(0, "!");
  EXPECT_TRUE(until([&] { return heard[0].size() == 64; }));
  EXPECT_EQ(heard[0].find('!'), std::string::npos);
}

}  // namespace
}  // namespace tessera::bots
