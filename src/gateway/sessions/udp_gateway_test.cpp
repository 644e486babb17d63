// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// UDP sessions over real sockets, from the connect token to the zone and back, and what hostile
// clients can do about it. Counts decide, not times; every wait ends after 20 s as a failure.
#include "gateway/sessions/udp_gateway.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "gateway/sessions/testing/fake_loader.h"
#include "gateway/sessions/testing/fake_zone.h"
#include "gateway/sessions/testing/udp_client.h"

namespace tessera::gateway {
namespace {

using cluster::CloseReason;
using cluster::UpKind;
using std::chrono::milliseconds;

constexpr std::uint64_t kProtocolId = 0x7e55e7a;

class Fixture {
 public:
  explicit Fixture(UdpGatewayOptions options = {}) {
    options.socket.bind = udp::Address::loopback(0);
    options.protocol_id = kProtocolId;
    options.private_key = key_;
    gateway_ = UdpGateway::open(options, {loader, registry, &admission}).value();
    link.use_bell(gateway_->bell());
    thread_ = std::thread([this] { gateway_->run(); });
  }
  ~Fixture() { stop(milliseconds(0)); }

  void stop(milliseconds deadline) {
    if (!thread_.joinable()) return;
    gateway_->stop(deadline);
    thread_.join();
  }
  void begin_stop(milliseconds deadline) { gateway_->stop(deadline); }
  void join() { thread_.join(); }

  netcode::ConnectTokenBytes token(std::uint64_t character, const netcode::Key& key) {
    netcode::TokenGrant grant;
    grant.protocol_id = kProtocolId;
    grant.client_id = next_client_id_++;
    grant.create_unix_s = test_time().unix_s;
    grant.expire_unix_s = grant.create_unix_s + 30;
    grant.servers = {gateway_->local_address()};
    grant.user_data = admission::encode_claim({{character + 100}, {character}});
    return netcode::mint_connect_token(grant, key).value();
  }
  netcode::ConnectTokenBytes token(std::uint64_t character) { return token(character, key_); }
  UdpGateway& gateway() { return *gateway_; }

  /// Polls everything until `condition` holds; false after 20 s.
  template <class F>
  bool until(F condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      zone.poll();
      for (UdpClient* client : clients) client->poll();
      std::this_thread::yield();
    }
    return true;
  }
  bool enter(UdpClient& client, std::uint64_t character) {
    clients.push_back(&client);
    return until([&] { return zone.session_of(character) && client.connected(); });
  }
  void zone_says(SessionId session, std::string_view text) {
    zone.message(session, text);
    zone.flush();
  }

  cluster::Link link;
  FakeLoader loader{link};
  SessionRegistry registry;
  admission::Admission admission{{}};
  FakeZone zone{link};
  std::vector<UdpClient*> clients;

 private:
  netcode::Key key_ = netcode::random_key();
  std::uint64_t next_client_id_ = 1;
  std::unique_ptr<UdpGateway> gateway_;
  std::thread thread_;
};

TEST(UdpGateway, TakesAClientFromItsTokenIntoTheZoneAndBack) {
  Fixture fixture;
  UdpClient client(fixture.token(7));
  ASSERT_TRUE(fixture.enter(client, 7));
  const SessionId session = fixture.zone.session_of(7);
  fixture.zone.message(session, "welcome");
  fixture.zone.snapshot(session, 11, "world");
  fixture.zone.flush();
  ASSERT_TRUE(fixture.until([&] { return !client.snapshots.empty(); }));
  EXPECT_EQ(client.snapshots[0], "world");
  EXPECT_EQ(client.messages, std::vector<std::string>{"welcome"});
  client.send_inputs("run");
  ASSERT_TRUE(client.send_message("hello"));
  ASSERT_TRUE(fixture.until([&] {
    return fixture.zone.last(UpKind::Inputs) != nullptr &&
           fixture.zone.last(UpKind::Message) != nullptr &&
           fixture.zone.last(UpKind::Delivery) != nullptr;
  }));
  EXPECT_EQ(fixture.zone.last(UpKind::Inputs)->bytes, "run");
  EXPECT_EQ(fixture.zone.last(UpKind::Message)->bytes, "hello");
  EXPECT_EQ(fixture.zone.last(UpKind::Delivery)->header.number, 11u);
  client.leave();
  ASSERT_TRUE(fixture.until([&] { return fixture.zone.count(UpKind::SessionClosed) == 1; }));
  EXPECT_EQ(fixture.zone.last(UpKind::SessionClosed)->header.number,
            static_cast<std::uint32_t>(CloseReason::ClientLeft));
  ASSERT_TRUE(fixture.until([&] { return fixture.gateway().counters().sessions.value() == 0; }));
}

TEST(UdpGateway, SendsAnAnswerMarkedAtOnceWithoutWaitingForTheEndOfTheTick) {
  Fixture fixture;
  UdpClient client(fixture.token(7));
  ASSERT_TRUE(fixture.enter(client, 7));
  fixture.link.push_down({fixture.zone.session_of(7), 1, cluster::DownKind::Snapshot, 1},
                         bytes_of("at once"));
  EXPECT_TRUE(fixture.until([&] { return !client.snapshots.empty(); }));
}

TEST(UdpGateway, DisconnectsOnTheZonesWordAfterItsLastMessage) {
  Fixture fixture;
  UdpClient client(fixture.token(7));
  ASSERT_TRUE(fixture.enter(client, 7));
  fixture.zone.message(fixture.zone.session_of(7), "last words");
  fixture.zone.disconnect(fixture.zone.session_of(7), CloseReason::Kicked, "Be nice.");
  fixture.zone.flush();
  ASSERT_TRUE(fixture.until([&] { return !client.connected(); }));
  EXPECT_EQ(client.state(), netcode::ClientState::Disconnected);
  EXPECT_EQ(client.messages, std::vector<std::string>{"last words"});
}

TEST(UdpGateway, ClosesTheOlderSessionWhenACharacterLogsInElsewhere) {
  Fixture fixture;
  UdpClient older(fixture.token(7));
  ASSERT_TRUE(fixture.enter(older, 7));
  const SessionId first = fixture.zone.session_of(7);
  UdpClient newer(fixture.token(7));
  fixture.clients.push_back(&newer);
  ASSERT_TRUE(fixture.until([&] { return !older.connected() && newer.connected(); }));
  EXPECT_EQ(disconnecting_in(older.messages.at(0)).reason(),
            static_cast<std::uint32_t>(CloseReason::LoggedInElsewhere));
  ASSERT_TRUE(fixture.until([&] { return fixture.zone.session_of(7) != first; }));
  EXPECT_EQ(fixture.zone.count(UpKind::SessionClosed, first), 1u);
}

TEST(UdpGateway, ClosesASessionThatAnotherThreadAsksItToClose) {
  Fixture fixture;
  UdpClient client(fixture.token(7));
  ASSERT_TRUE(fixture.enter(client, 7));
  fixture.gateway().close_session(fixture.zone.session_of(7), CloseReason::LoggedInElsewhere);
  EXPECT_TRUE(fixture.until([&] { return !client.connected(); }));
}

TEST(UdpGateway, TellsEveryoneWhenItStops) {
  Fixture fixture;
  std::vector<std::unique_ptr<UdpClient>> clients;
  for (std::uint64_t character = 1; character <= 10; ++character) {
    clients.push_back(std::make_unique<UdpClient>(fixture.token(character)));
    ASSERT_TRUE(fixture.enter(*clients.back(), character));
  }
  fixture.begin_stop(milliseconds(20'000));
  ASSERT_TRUE(fixture.until([&] {
    return std::ranges::none_of(clients, [](const auto& client) { return client->connected(); });
  }));
  fixture.join();
  for (const auto& client : clients) {
    EXPECT_EQ(disconnecting_in(client->messages.at(0)).reason(),
              static_cast<std::uint32_t>(CloseReason::ServerStopping));
  }
  fixture.zone.poll();
  EXPECT_EQ(fixture.zone.count(UpKind::SessionClosed), 10u);
}

TEST(UdpGateway, RefusesATokenWithoutAClaim) {
  Fixture fixture;
  netcode::TokenGrant grant;
  grant.protocol_id = kProtocolId;
  UdpClient client(fixture.token(0));
  fixture.clients.push_back(&client);
  ASSERT_TRUE(fixture.until([&] { return client.state() == netcode::ClientState::Disconnected; }));
  EXPECT_EQ(fixture.gateway().counters().sessions_opened.value(), 0u);
}

TEST(UdpGateway, KeepsNothingOfTenThousandConnectsWithoutAValidToken) {
  constexpr std::uint64_t kSeed = 77;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Fixture fixture;
  const netcode::Key foreign_key = netcode::random_key();
  auto socket = udp::Socket::open({.bind = udp::Address::loopback(0)}).value();
  RandomStream random(kSeed);
  const auto server = fixture.gateway().local_address();
  std::uint64_t sent = 0;
  while (sent < 10'000) {
    // Half are well-formed requests under another key, half are noise.
    for (int i = 0; i < 50; ++i, ++sent) {
      std::array<std::byte, netcode::kRequestBytes> datagram{};
      if (i % 2 == 0) {
        netcode::Client stranger;
        stranger.connect(test_time(), fixture.token(sent, foreign_key));
        stranger.update(test_time(), datagram);
      } else {
        for (auto& byte : datagram) byte = static_cast<std::byte>(random.next());
      }
      socket.queue_copy(server, datagram);
    }
    socket.flush();
    ASSERT_TRUE(fixture.until([&] { return fixture.gateway().counters().ignored_total() >= sent; }))
        << "after " << sent;
  }
  EXPECT_EQ(fixture.gateway().counters().sessions.value(), 0u);
  EXPECT_EQ(fixture.registry.size(), 0u);
  EXPECT_TRUE(socket.receive().empty()) << "strangers are not answered";
  UdpClient client(fixture.token(7));
  EXPECT_TRUE(fixture.enter(client, 7)) << "and players still come in";
}

TEST(UdpGateway, ServesOthersUnchangedWhileOneClientFloods) {
  Fixture fixture;
  std::vector<std::unique_ptr<UdpClient>> players;
  for (std::uint64_t character = 1; character <= 5; ++character) {
    players.push_back(std::make_unique<UdpClient>(fixture.token(character)));
    ASSERT_TRUE(fixture.enter(*players.back(), character));
  }
  UdpClient flooder(fixture.token(9));
  ASSERT_TRUE(fixture.enter(flooder, 9));
  const SessionId flooding = fixture.zone.session_of(9);
  std::uint64_t flooded = 0;
  for (std::uint32_t round = 1; round <= 50; ++round) {
    for (int i = 0; i < 200; ++i, ++flooded) {
      if (flooder.connected()) flooder.send_inputs("flood");
    }
    // Everyone sends an input and gets a snapshot in every round, as if nothing were going on.
    for (std::uint64_t character = 1; character <= 5; ++character) {
      players[character - 1]->send_inputs("in " + std::to_string(round));
    }
    ASSERT_TRUE(fixture.until([&] {
      for (std::uint64_t character = 1; character <= 5; ++character) {
        if (fixture.zone.count(UpKind::Inputs, fixture.zone.session_of(character)) < round) {
          return false;
        }
      }
      return true;
    })) << "round "
        << round;
    for (std::uint64_t character = 1; character <= 5; ++character) {
      fixture.zone.snapshot(fixture.zone.session_of(character), round, "s");
    }
    fixture.zone.flush();
    ASSERT_TRUE(fixture.until([&] {
      return std::ranges::all_of(
          players, [&](const auto& player) { return player->snapshots.size() == round; });
    })) << "round "
        << round;
  }
  EXPECT_EQ(flooded, 10'000u);
  ASSERT_TRUE(fixture.until([&] { return !flooder.connected(); })) << "the flooder is out";
  ASSERT_TRUE(
      fixture.until([&] { return fixture.zone.count(UpKind::SessionClosed, flooding) == 1; }));
  EXPECT_EQ(fixture.zone.last(UpKind::SessionClosed)->header.number,
            static_cast<std::uint32_t>(CloseReason::TooFast));
  EXPECT_LT(fixture.zone.count(UpKind::Inputs, flooding), 5000u);
  for (const auto& player : players) EXPECT_TRUE(player->connected());
}

TEST(UdpGateway, EndsAnAuthenticatedClientThatSendsGarbage) {
  Fixture fixture;
  UdpClient client(fixture.token(7));
  ASSERT_TRUE(fixture.enter(client, 7));
  const std::vector<std::byte> garbage(200, std::byte{0xff});
  for (int i = 0; i < 16; ++i) client.send_raw(garbage);
  ASSERT_TRUE(fixture.until([&] { return !client.connected(); }));
  EXPECT_EQ(fixture.zone.last(UpKind::SessionClosed)->header.number,
            static_cast<std::uint32_t>(CloseReason::ProtocolError));
}

TEST(UdpGateway, DeliversMessagesInOrderOverABadLink) {
  UdpGatewayOptions options;
  options.chaos = {.loss_percent = 20, .duplicate_percent = 5, .delay_ms = 1, .seed = 4};
  Fixture fixture(options);
  UdpClient client(fixture.token(7));
  ASSERT_TRUE(fixture.enter(client, 7));
  for (int i = 0; i < 20; ++i) {
    fixture.zone_says(fixture.zone.session_of(7), "m" + std::to_string(i));
    ASSERT_TRUE(client.send_message("c" + std::to_string(i)));
  }
  ASSERT_TRUE(fixture.until(
      [&] { return client.messages.size() == 20 && fixture.zone.count(UpKind::Message) == 20; }));
  int next = 0;
  for (const auto& seen : fixture.zone.seen) {
    if (seen.header.kind == UpKind::Message) {
      EXPECT_EQ(seen.bytes, "c" + std::to_string(next++));
    }
  }
  for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(client.messages[i], "m" + std::to_string(i));
}

TEST(UdpGateway, CountsItsTrafficAndPublishesIt) {
  Fixture fixture;
  platform::MetricsRegistry metrics;
  const GatewayCounters& counters = fixture.gateway().counters();
  const auto callbacks = publish(metrics, "udp", counters, fixture.link.counters());
  const auto of_datagrams = publish_datagrams(metrics, counters);
  UdpClient client(fixture.token(7));
  ASSERT_TRUE(fixture.enter(client, 7));
  ASSERT_TRUE(fixture.until([&] {
    return fixture.gateway().datagrams_out().sum(platform::monotonic_ns()) > 0 &&
           fixture.gateway().bytes_out().sum(platform::monotonic_ns()) > 0;
  }));
  const std::string text = metrics.prometheus_text();
  EXPECT_NE(text.find("tessera_gateway_sessions{transport=\"udp\"} 1"), std::string::npos) << text;
  EXPECT_NE(text.find("tessera_link_up_messages_total{transport=\"udp\"} 1"), std::string::npos);
  EXPECT_NE(text.find("reason=\"too_fast\""), std::string::npos);
  EXPECT_NE(text.find("tessera_gateway_handshakes{transport=\"udp\"} 0"), std::string::npos);
  EXPECT_NE(text.find("tessera_gateway_ignored_total{reason=\"replayed\",transport=\"udp\"} 0"),
            std::string::npos)
      << text;
  EXPECT_EQ(name_of(static_cast<CloseReason>(77)), "unknown");
}

TEST(UdpGateway, PublishesHandshakesAndIgnoredDatagramsForNoOtherTransport) {
  Fixture fixture;
  platform::MetricsRegistry metrics;
  const auto callbacks =
      publish(metrics, "websocket", fixture.gateway().counters(), fixture.link.counters());
  const std::string text = metrics.prometheus_text();
  EXPECT_NE(text.find("tessera_gateway_sessions{transport=\"websocket\"} 0"), std::string::npos);
  for (const char* name :
       {"tessera_gateway_handshakes", "tessera_gateway_ignored", "socket_drops"}) {
    EXPECT_EQ(text.find(name), std::string::npos) << name << " of a stream is always 0";
  }
}

TEST(UdpGateway, DoesNotTakeGoodbyesForAnAttack) {
  Fixture fixture;
  UdpClient client(fixture.token(7));
  ASSERT_TRUE(fixture.enter(client, 7));
  client.leave();
  const auto ignored = [&](IgnoreReason reason) {
    return fixture.gateway().counters().ignored[static_cast<std::size_t>(reason)].value();
  };
  EXPECT_TRUE(fixture.until([&] { return ignored(IgnoreReason::SessionEnded) == 9; }))
      << "the first of ten ends the session";
  EXPECT_EQ(ignored(IgnoreReason::UnknownAddress), 0u);
}

TEST(UdpGateway, SaysWhenItsPortIsInUse) {
  Fixture fixture;
  UdpGatewayOptions options;
  options.socket.bind = fixture.gateway().local_address();
  const auto second = UdpGateway::open(options, {fixture.loader, fixture.registry, nullptr});
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("in use"), std::string::npos) << second.error().message;
}

}  // namespace
}  // namespace tessera::gateway
