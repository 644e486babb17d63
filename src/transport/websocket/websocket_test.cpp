// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// WebSocket sessions over real sockets, well behaved and not.
#include <gtest/gtest.h>

#include "transport/websocket/testing/echo_sockets.h"
#include "transport/websocket/testing/web_server_fixture.h"

namespace tessera::websocket {
namespace {

using std::chrono::milliseconds;

struct Fixture {
  explicit Fixture(const WebOptions& options = test_web_options())
      : server(options, sockets, &sockets) {
    sockets.server = &*server;
  }
  TcpClient open() {
    const int before = sockets.opened;
    TcpClient client = server.connect();
    EXPECT_EQ(client.upgrade("/ws?token=good").status, 101);
    EXPECT_TRUE(server.eventually([&] { return sockets.opened > before; }));
    return client;
  }
  bool all_closed() {
    return server.eventually([&] { return server->counters().connections.load() == 0; });
  }
  EchoSockets sockets;
  RunningWebServer server;
};

TEST(WebSocket, CarriesBinaryMessagesBothWays) {
  Fixture fixture;
  TcpClient client = fixture.open();
  const std::string large(1000, 'x');
  client.send_all(TcpClient::frame(2, "hello") + TcpClient::frame(2, large));
  EXPECT_EQ(client.receive_frame()->payload, "hello");
  EXPECT_EQ(client.receive_frame()->payload, large);
  client.send_all(TcpClient::frame(8, "\x03\xe8"));
  EXPECT_EQ(client.receive_frame()->close_code(), 1000u);
  client.close_now();
  EXPECT_TRUE(fixture.all_closed());
  EXPECT_EQ(fixture.sockets.closed, 1);
  EXPECT_EQ(fixture.sockets.goodbyes, 1);
}

TEST(WebSocket, RefusesAnUpgradeWithoutAValidToken) {
  Fixture fixture;
  TcpClient client = fixture.server.connect();
  const auto answer = client.upgrade("/ws?token=bad");
  EXPECT_EQ(answer.status, 401);
  EXPECT_NE(answer.body.find("bad_token"), std::string::npos);
  EXPECT_EQ(fixture.server->counters().sockets_refused.load(), 1u);
  client.close_now();
  EXPECT_TRUE(fixture.all_closed());
  EXPECT_EQ(fixture.sockets.closed, 0) << "nothing was opened";
}

TEST(WebSocket, RefusesAnUpgradeElsewhere) {
  Fixture fixture;
  EXPECT_EQ(fixture.server.connect().upgrade("/other?token=good").status, 404);
}

TEST(WebSocket, RefusesPagesOfForeignOrigins) {
  WebOptions options = test_web_options();
  options.allowed_origins = {"https://play.example.org"};
  Fixture fixture(options);
  const auto status = [&](const std::string& origin) {
    return fixture.server.connect().upgrade("/ws?token=good", "Origin: " + origin + "\r\n").status;
  };
  EXPECT_EQ(status("https://evil.example.org"), 403);
  EXPECT_EQ(status("null"), 403);
  EXPECT_EQ(status("https://localhost"), 403) << "not our scheme";
  EXPECT_EQ(status("http://localhost"), 101) << "our own page";
  EXPECT_EQ(status("https://play.example.org"), 101);
}

TEST(WebSocket, ClosesOnTextOnTooLongAndOnUnmaskedMessages) {
  Fixture fixture;
  TcpClient text = fixture.open();
  text.send_all(TcpClient::frame(1, "hello"));
  EXPECT_EQ(text.receive_frame()->close_code(), 1002u);

  TcpClient long_one = fixture.open();
  long_one.send_all(TcpClient::frame(2, std::string(1201, 'x')));
  EXPECT_EQ(long_one.receive_frame()->close_code(), 1009u);

  TcpClient unmasked = fixture.open();
  unmasked.send_all(TcpClient::frame(2, "hello", false));
  EXPECT_EQ(unmasked.receive_frame()->close_code(), 1002u);

  TcpClient reserved = fixture.open();
  reserved.send_all("\xf2\x80\x01\x02\x03\x04");
  EXPECT_EQ(reserved.receive_frame()->close_code(), 1002u);

  text.close_now();
  long_one.close_now();
  unmasked.close_now();
  reserved.close_now();
  EXPECT_TRUE(fixture.all_closed());
  EXPECT_EQ(fixture.sockets.closed, 4);
  EXPECT_EQ(fixture.sockets.messages, 0);
}

TEST(WebSocket, NoticesAPeerThatVanishes) {
  Fixture fixture;
  {
    TcpClient client = fixture.open();
  }
  EXPECT_TRUE(fixture.all_closed());
  EXPECT_EQ(fixture.sockets.closed, 1);
  EXPECT_EQ(fixture.sockets.goodbyes, 0);
}

TEST(WebSocket, RefusesToQueueMoreThanItsLimitForAClientThatDoesNotRead) {
  Fixture fixture;
  TcpClient client = fixture.open();
  const std::vector<std::byte> message(1000);
  const int accepted = fixture.server.on_web_thread([&] {
    int count = 0;
    while (fixture.server->send(fixture.sockets.last, message)) ++count;
    return count;
  });
  EXPECT_EQ(accepted, 65) << "64 KiB";
  EXPECT_EQ(client.receive_frame()->payload.size(), 1000u);
}

TEST(WebSocket, SendsWhatIsQueuedBeforeItCloses) {
  Fixture fixture;
  TcpClient client = fixture.open();
  const SocketId socket = fixture.sockets.last;
  fixture.server.on_web_thread([&] {
    const auto bytes = std::as_bytes(std::span("bye", 3));
    fixture.server->send(socket, bytes);
    fixture.server->close(socket, kCloseOurs + 3, "You were banned.");
    EXPECT_FALSE(fixture.server->send(socket, bytes)) << "nothing after close";
    fixture.server->close(socket, kCloseNormal, "again");
    return 0;
  });
  EXPECT_EQ(client.receive_frame()->payload, "bye");
  const auto close = client.receive_frame();
  EXPECT_EQ(close->close_code(), 4003u);
  EXPECT_EQ(close->payload.substr(2), "You were banned.");
  client.send_all(TcpClient::frame(8, close->payload));
  client.close_now();
  EXPECT_TRUE(fixture.all_closed());
  EXPECT_EQ(fixture.sockets.closed, 1);
}

TEST(WebSocket, TellsEveryoneWhenTheServerStops) {
  Fixture fixture;
  TcpClient client = fixture.open();
  std::thread reader([&] {
    EXPECT_EQ(client.receive_frame()->close_code(), 1001u);
    client.close_now();
  });
  fixture.server.stop(milliseconds(20'000));
  reader.join();
  EXPECT_EQ(fixture.sockets.closed, 1);
}

TEST(WebSocket, KnowsNothingOfSocketsThatAreGone) {
  Fixture fixture;
  EXPECT_FALSE(fixture.server.on_web_thread([&] {
    fixture.server->close(12345, kCloseNormal, "");
    return fixture.server->send(12345, {});
  }));
}

TEST(WebSocket, ServesOrdinaryRequestsBesides) {
  Fixture fixture;
  EXPECT_EQ(fixture.server.connect().get("/").body, "page");
}

TEST(WebSocket, ClosesAClientThatBreaksTheHandshake) {
  Fixture fixture;
  TcpClient client = fixture.server.connect();
  client.send_all(
      "GET /ws?token=good HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: short\r\n\r\n");
  client.receive_rest();
  EXPECT_TRUE(fixture.all_closed());
  EXPECT_EQ(fixture.sockets.opened, 0);
  EXPECT_EQ(fixture.sockets.closed, 1) << "accepted by the handler, so it is told";
}

}  // namespace
}  // namespace tessera::websocket
