// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// WebSocket sessions over real sockets, with a ticket as the HTTP API would issue it.
#include "gateway/sessions/web_gateway.h"

#include <gtest/gtest.h>

#include "engine/platform/clock.h"
#include "gateway/sessions/testing/fake_loader.h"
#include "gateway/sessions/testing/fake_zone.h"
#include "protocol/sections.h"
#include "transport/channel/channel.h"
#include "transport/websocket/testing/web_server_fixture.h"

namespace tessera::gateway {
namespace {

using cluster::CloseReason;
using cluster::UpKind;
using std::chrono::milliseconds;
using websocket::TcpClient;

std::int64_t now_us() { return platform::monotonic_ns() / 1000; }

struct NoPages : websocket::HttpHandler {
  void on_request(const websocket::Request&, websocket::Responder respond) override {
    respond(websocket::error_response(404, "not_found", "No pages here."));
  }
};

// A browser: a WebSocket and a channel.
class Browser : public channel::Receiver {
 public:
  explicit Browser(TcpClient client) : client_(std::move(client)) {}
  void send(std::string_view inputs) {
    std::array<std::byte, channel::kPacketBytesMax> packet;
    const channel::Section section{static_cast<std::uint8_t>(protocol::SectionKind::Inputs), 0,
                                   bytes_of(inputs)};
    const std::size_t size =
        channel_.write_packet(now_us(), {&section, inputs.empty() ? 0u : 1u}, packet);
    client_.send_all(TcpClient::frame(2, text_of(std::span(packet).first(size))));
  }
  /// The next frame; false when it is a close, whose code and words are kept, or the end.
  bool receive() {
    const auto frame = client_.receive_frame();
    if (!frame || frame->opcode != 2) {
      if (frame) {
        close_code = frame->close_code();
        close_words = frame->payload.substr(2);
      }
      return false;
    }
    EXPECT_TRUE(channel_.read_packet(now_us(), bytes_of(frame->payload), *this));
    return true;
  }
  void on_section(std::uint8_t, std::span<const std::byte> bytes) override {
    snapshots.push_back(text_of(bytes));
  }
  void on_message(std::uint8_t, std::span<const std::byte> bytes) override {
    messages.push_back(text_of(bytes));
  }
  TcpClient& tcp() { return client_; }

  std::vector<std::string> snapshots;
  std::vector<std::string> messages;
  unsigned close_code = 0;
  std::string close_words;

 private:
  TcpClient client_;
  channel::Channel channel_{channel::Options::client()};
};

struct Fixture {
  explicit Fixture(const WebGatewayOptions& options = {})
      : gateway(options, {loader, registry, &admission}, tickets),
        server(
            websocket::WebServer::listen(websocket::test_web_options(), pages, &gateway).value()) {
    gateway.attach(*server);
    link.use_bell(gateway.bell());
    thread = std::thread([this] { server->run(); });
  }
  ~Fixture() {
    server->stop(milliseconds(0));
    thread.join();
  }
  std::string address(std::uint64_t character) {
    return "/ws?token=" + tickets.issue({{character + 100}, {character}}, now_us());
  }
  std::unique_ptr<Browser> enter(std::uint64_t character) {
    TcpClient client(server->port());
    EXPECT_EQ(client.upgrade(address(character)).status, 101);
    auto browser = std::make_unique<Browser>(std::move(client));
    EXPECT_TRUE(until([&] { return static_cast<bool>(zone.session_of(character)); }));
    return browser;
  }
  template <class F>
  bool until(F condition) {
    return websocket::RunningWebServer::eventually([&] {
      zone.poll();
      return condition();
    });
  }

  cluster::Link link;
  FakeLoader loader{link};
  SessionRegistry registry;
  admission::Admission admission{{}};
  admission::SessionTickets tickets;
  FakeZone zone{link};
  NoPages pages;
  WebGateway gateway;
  std::unique_ptr<websocket::WebServer> server;
  std::thread thread;
};

TEST(WebGateway, TakesABrowserFromItsTicketIntoTheZoneAndBack) {
  Fixture fixture;
  const auto browser = fixture.enter(7);
  fixture.zone.message(fixture.zone.session_of(7), "welcome");
  fixture.zone.snapshot(fixture.zone.session_of(7), 3, "world");
  fixture.zone.flush();
  ASSERT_TRUE(browser->receive());
  EXPECT_EQ(browser->messages, std::vector<std::string>{"welcome"});
  EXPECT_EQ(browser->snapshots, std::vector<std::string>{"world"});
  browser->send("run");
  ASSERT_TRUE(fixture.until([&] { return fixture.zone.last(UpKind::Delivery) != nullptr; }));
  EXPECT_EQ(fixture.zone.last(UpKind::Inputs)->bytes, "run");
  EXPECT_EQ(fixture.zone.last(UpKind::Delivery)->header.number, 3u);
  browser->tcp().close_now();
  ASSERT_TRUE(fixture.until([&] { return fixture.zone.count(UpKind::SessionClosed) == 1; }));
}

TEST(WebGateway, RefusesATicketThatIsUsedOrWasNeverIssued) {
  Fixture fixture;
  const std::string address = fixture.address(7);
  TcpClient first(fixture.server->port());
  EXPECT_EQ(first.upgrade(address).status, 101);
  EXPECT_EQ(TcpClient(fixture.server->port()).upgrade(address).status, 401);
  EXPECT_EQ(TcpClient(fixture.server->port()).upgrade("/ws?token=guess").status, 401);
  EXPECT_EQ(TcpClient(fixture.server->port()).upgrade("/ws").status, 401);
}

TEST(WebGateway, RefusesMoreSessionsThanItHasRoomFor) {
  Fixture fixture({.sessions_max = 1});
  auto browser = fixture.enter(7);
  EXPECT_EQ(TcpClient(fixture.server->port()).upgrade(fixture.address(8)).status, 503);
  browser->tcp().close_now();
  ASSERT_TRUE(fixture.until([&] { return fixture.gateway.counters().sessions.value() == 0; }));
  browser = fixture.enter(9);
}

TEST(WebGateway, ClosesWithReasonAndWordsWhenTheZoneDisconnects) {
  Fixture fixture;
  const auto browser = fixture.enter(7);
  fixture.zone.message(fixture.zone.session_of(7), "last words");
  fixture.zone.disconnect(fixture.zone.session_of(7), CloseReason::Banned, "Cheating.");
  fixture.zone.flush();
  ASSERT_TRUE(browser->receive());
  browser->send("");
  while (browser->receive()) {
  }
  EXPECT_EQ(browser->messages, std::vector<std::string>{"last words"});
  EXPECT_EQ(browser->close_code, 4003u);
  EXPECT_EQ(browser->close_words, "Cheating.");
}

TEST(WebGateway, ClosesASessionThatAnotherGatewayTookOver) {
  Fixture fixture;
  const auto browser = fixture.enter(7);
  fixture.gateway.close_session(fixture.zone.session_of(7), CloseReason::LoggedInElsewhere);
  while (browser->receive()) browser->send("");
  EXPECT_EQ(browser->close_code, 4004u);
  EXPECT_EQ(disconnecting_in(browser->messages.at(0)).reason(),
            static_cast<std::uint32_t>(CloseReason::LoggedInElsewhere));
}

TEST(WebGateway, TellsEveryoneAndTakesNobodyWhenItStops) {
  Fixture fixture;
  const auto browser = fixture.enter(7);
  fixture.gateway.stop();
  while (browser->receive()) browser->send("");
  EXPECT_EQ(browser->close_code, 4005u);
  EXPECT_EQ(TcpClient(fixture.server->port()).upgrade(fixture.address(8)).status, 503);
}

TEST(WebGateway, KeepsTheSeatOfALostLineAndNotOfOneThatSaidGoodbye) {
  Fixture fixture;
  const auto lost = fixture.enter(7);
  const auto leaving = fixture.enter(8);
  leaving->tcp().send_all(TcpClient::frame(8, "\x03\xe8"));
  lost->tcp().close_now();
  ASSERT_TRUE(fixture.until([&] { return fixture.gateway.counters().sessions.value() == 0; }));
  EXPECT_EQ(fixture.admission.seats_taken(now_us()), 1u);
}

TEST(WebGateway, EndsABrowserThatSendsGarbage) {
  Fixture fixture;
  const auto browser = fixture.enter(7);
  for (int i = 0; i < 16; ++i) {
    browser->tcp().send_all(TcpClient::frame(2, std::string(50, '\xff')));
  }
  while (browser->receive()) browser->send("");
  EXPECT_EQ(browser->close_code, 4007u);
}

}  // namespace
}  // namespace tessera::gateway
