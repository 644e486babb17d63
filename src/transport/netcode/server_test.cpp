// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The life of connections: coming, talking, silence and leaving. Hostile datagrams:
// hostile_test.cpp.
#include "transport/netcode/server.h"

#include <gmock/gmock.h>

#include "transport/netcode/test_support.h"

namespace tessera::netcode {
namespace {

using testing::Bytes;
using testing::bytes_of;
using testing::connect;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using testing::test_grant;
using testing::test_options;
using testing::test_token;
using testing::TestClient;
using testing::TestServer;
using Event = Received::Event;

TEST(NetcodeServer, ConnectsAClientWithAToken) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(42)), 1);
  const ClientIndex slot = connect(server, client);
  EXPECT_TRUE(server.server.connected(slot));
  EXPECT_EQ(server.server.client_count(), 1u);
  EXPECT_EQ(server.server.pending_count(), 0u);
  EXPECT_EQ(server.server.client_id(slot), 42u);
  EXPECT_EQ(server.server.address(slot), client.address);
  EXPECT_EQ(server.server.user_data(slot), test_grant(42).user_data);
  EXPECT_EQ(client.client.client_index(), slot);
  EXPECT_EQ(client.client.clients_max(), 64u);
}

TEST(NetcodeServer, CarriesPayloadsBothWays) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  const ClientIndex slot = connect(server, client);
  for (const unsigned size : {1u, 40u, 191u, 192u, 193u, 1000u, 1200u}) {
    const Bytes payload(size, static_cast<std::byte>(size));
    const Received received = server.receive(client.address, client.payload(server.now, payload));
    ASSERT_EQ(received.event, Event::Payload);
    EXPECT_EQ(received.client, slot);
    EXPECT_EQ(Bytes(received.payload.begin(), received.payload.end()), payload);
    EXPECT_EQ(client.receive(server.now, server.payload_to(slot, payload)), payload);
  }
  EXPECT_EQ(server.server.counters().payloads_in, 7u);
}

TEST(NetcodeServer, AddsTwentyBytesToAnEarlyPayloadAndTwentyOneLater) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  const ClientIndex slot = connect(server, client);
  EXPECT_EQ(server.payload_to(slot, bytes_of("x")).size(), 1u + 1 + 1 + 16);
  for (int i = 0; i < 256; ++i) server.payload_to(slot, bytes_of("x"));
  EXPECT_EQ(server.payload_to(slot, bytes_of("x")).size(), 1u + 1 + 2 + 16);
}

TEST(NetcodeServer, HoldsManyClientsAndTellsThemApart) {
  ServerOptions options = test_options();
  options.clients_max = 3'000;
  TestServer server(options);
  std::vector<TestClient> clients;
  std::vector<ClientIndex> slots;
  for (std::uint16_t i = 0; i < 3'000; ++i) {
    clients.emplace_back(server.now, test_token(test_grant(1000u + i)), i);
    slots.push_back(connect(server, clients.back()));
  }
  EXPECT_EQ(server.server.client_count(), 3'000u);
  for (std::uint16_t i = 0; i < 3'000; i = static_cast<std::uint16_t>(i + 7)) {
    const Received received =
        server.receive(clients[i].address, clients[i].payload(server.now, bytes_of("hello")));
    ASSERT_EQ(received.event, Event::Payload);
    EXPECT_EQ(received.client, slots[i]);
    EXPECT_EQ(clients[i].receive(server.now, server.payload_to(slots[i], bytes_of("you"))),
              bytes_of("you"));
  }
}

TEST(NetcodeServer, DeniesAClientWhenItIsFull) {
  ServerOptions options = test_options();
  options.clients_max = 1;
  TestServer server(options);
  TestClient first(server.now, test_token(test_grant(1)), 1);
  TestClient second(server.now, test_token(test_grant(2)), 2);
  connect(server, first);
  server.receive(second.address, second.update(server.now));
  second.receive(server.now, server.answer);
  EXPECT_EQ(second.client.state(), ClientState::Denied);
  EXPECT_EQ(server.server.counters().denied_full, 1u);
}

TEST(NetcodeServer, DeniesAResponseWhenTheLastSlotWasTakenMeanwhile) {
  ServerOptions options = test_options();
  options.clients_max = 1;
  options.pending_max = 4;
  TestServer server(options);
  TestClient first(server.now, test_token(test_grant(1)), 1);
  TestClient second(server.now, test_token(test_grant(2)), 2);
  server.receive(second.address, second.update(server.now));
  second.receive(server.now, server.answer);
  connect(server, first);
  server.receive(second.address, second.update(server.now));
  second.receive(server.now, server.answer);
  EXPECT_EQ(second.client.state(), ClientState::Denied);
}

TEST(NetcodeServer, EndsASilentClientAtItsTimeout) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  const ClientIndex slot = connect(server, client);
  server.advance_ms(4'900);
  server.server.update(server.now, server);
  EXPECT_THAT(server.disconnected, IsEmpty());
  server.advance_ms(100);
  server.server.update(server.now, server);
  EXPECT_THAT(server.disconnected, ElementsAre(Pair(slot, DisconnectReason::TimedOut)));
  EXPECT_EQ(server.server.client_count(), 0u);
  EXPECT_EQ(server.server.counters().timeouts, 1u);
  EXPECT_EQ(server.receive(client.address, client.payload(server.now, bytes_of("late"))).event,
            Event::None);
}

TEST(NetcodeServer, NeverEndsAClientWhoseTokenHasNoTimeout) {
  TestServer server;
  TokenGrant grant = test_grant(1);
  grant.timeout_s = -1;
  TestClient client(server.now, test_token(grant), 1);
  connect(server, client);
  server.advance_ms(3'600'000);
  server.server.update(server.now, server);
  EXPECT_THAT(server.disconnected, IsEmpty());
  client.update(server.now);
  EXPECT_EQ(client.client.state(), ClientState::Connected);
}

TEST(NetcodeServer, KeepsAnIdleConnectionAliveOnceASecond) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  connect(server, client);
  int from_client = 0;
  for (int i = 0; i < 600; ++i) {
    server.advance_ms(100);
    const Bytes datagram = client.update(server.now);
    if (!datagram.empty()) {
      ++from_client;
      server.receive(client.address, datagram);
    }
    server.server.update(server.now, server);
    for (const auto& [to, bytes] : server.sent) client.receive(server.now, bytes);
    if (i > 20) server.sent.clear();
  }
  EXPECT_THAT(server.disconnected, IsEmpty());
  EXPECT_EQ(client.client.state(), ClientState::Connected);
  EXPECT_NEAR(from_client, 60, 2);
}

TEST(NetcodeServer, SendsNoKeepAliveToAClientThatGetsPayloads) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  const ClientIndex slot = connect(server, client);
  server.receive(client.address, client.payload(server.now, bytes_of("confirms")));
  for (int i = 0; i < 40; ++i) {
    server.advance_ms(50);
    server.payload_to(slot, bytes_of("snapshot"));
    server.server.update(server.now, server);
  }
  EXPECT_THAT(server.sent, IsEmpty());
}

TEST(NetcodeServer, RepeatsTheKeepAliveUntilAnUnconfirmedClientHasIt) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  server.receive(client.address, client.update(server.now));
  client.receive(server.now, server.answer);
  const Received received = server.receive(client.address, client.update(server.now));
  ASSERT_EQ(received.event, Event::Connected);
  EXPECT_TRUE(server.server.needs_keep_alive(received.client));
  // The keep-alive got lost; a payload does not help, the client drops it.
  EXPECT_THAT(client.receive(server.now, server.payload_to(received.client, bytes_of("lost"))),
              IsEmpty());
  server.advance_ms(100);
  server.server.update(server.now, server);
  ASSERT_THAT(server.sent, SizeIs(1));
  client.receive(server.now, server.sent[0].second);
  EXPECT_EQ(client.client.state(), ClientState::Connected);
  server.receive(client.address, client.payload(server.now, bytes_of("here")));
  EXPECT_FALSE(server.server.needs_keep_alive(received.client));
}

TEST(NetcodeServer, AnswersARepeatedResponseWithAnotherKeepAlive) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  server.receive(client.address, client.update(server.now));
  client.receive(server.now, server.answer);
  server.receive(client.address, client.update(server.now));  // its answer got lost
  server.advance_ms(100);
  EXPECT_EQ(server.receive(client.address, client.update(server.now)).event, Event::None);
  client.receive(server.now, server.answer);
  EXPECT_EQ(client.client.state(), ClientState::Connected);
}

TEST(NetcodeServer, SealsAKeepAliveOnDemand) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  server.receive(client.address, client.update(server.now));
  client.receive(server.now, server.answer);
  const Received received = server.receive(client.address, client.update(server.now));
  client.receive(server.now,
                 server.server.seal_keep_alive(server.now, received.client, server.buffer));
  EXPECT_EQ(client.client.state(), ClientState::Connected);
}

TEST(NetcodeServer, LetsAClientLeave) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  const ClientIndex slot = connect(server, client);
  const Received received = server.receive(client.address, client.disconnect_packet());
  EXPECT_EQ(received.event, Event::Disconnected);
  EXPECT_EQ(received.client, slot);
  EXPECT_EQ(server.server.client_count(), 0u);
  EXPECT_EQ(server.receive(client.address, client.disconnect_packet()).event, Event::None);
}

TEST(NetcodeServer, CountsWhatComesLateOfAnEndedSessionApartFromStrangers) {
  TestServer server;
  const ServerCounters& counters = server.server.counters();
  TestClient leaver(server.now, test_token(test_grant(1)), 1);
  TestClient silent(server.now, test_token(test_grant(2)), 2);
  connect(server, leaver);
  connect(server, silent);
  for (int i = 0; i < kDisconnectPackets; ++i) {
    server.receive(leaver.address, leaver.disconnect_packet());
  }
  EXPECT_EQ(counters.ignored_session_ended, 9u) << "the first of the ten ended it";
  server.advance_ms(5'000);
  server.server.update(server.now, server);
  server.receive(silent.address, silent.payload(server.now, bytes_of("back again")));
  TestClient kicked(server.now, test_token(test_grant(3)), 3);
  server.server.disconnect(server.now, connect(server, kicked), server);
  server.receive(kicked.address, kicked.payload(server.now, bytes_of("what?")));
  EXPECT_EQ(counters.ignored_session_ended, 11u);
  EXPECT_EQ(counters.ignored_unknown_address, 0u);
  server.receive(testing::client_address(9), kicked.payload(server.now, bytes_of("not mine")));
  server.advance_ms(10'000);
  server.receive(kicked.address, kicked.payload(server.now, bytes_of("still here")));
  EXPECT_EQ(counters.ignored_unknown_address, 2u) << "another address, and one that goes on";
  EXPECT_EQ(counters.ignored_session_ended, 11u);
}

TEST(NetcodeServer, DisconnectsAClientWithManyPackets) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  const ClientIndex slot = connect(server, client);
  server.server.disconnect(server.now, slot, server);
  ASSERT_THAT(server.sent, SizeIs(kDisconnectPackets));
  EXPECT_THAT(server.disconnected, IsEmpty());
  EXPECT_FALSE(server.server.connected(slot));
  client.receive(server.now, server.sent[9].second);
  EXPECT_EQ(client.client.state(), ClientState::Disconnected);
}

TEST(NetcodeServer, GivesAFreedSlotToTheNextClient) {
  ServerOptions options = test_options();
  options.clients_max = 1;
  TestServer server(options);
  for (std::uint16_t i = 0; i < 20; ++i) {
    TestClient client(server.now, test_token(test_grant(i + 1u)), i);
    const ClientIndex slot = connect(server, client);
    EXPECT_EQ(slot, 0u);
    EXPECT_EQ(server.server.user_data(slot)[0], static_cast<std::byte>(i + 1));
    server.receive(client.address, client.disconnect_packet());
  }
}

TEST(NetcodeServer, LetsAPlayerComeBackWithANewToken) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  connect(server, client);
  server.receive(client.address, client.disconnect_packet());
  TestClient again(server.now, test_token(test_grant(1)), 1);
  connect(server, again);
}

TEST(NetcodeServer, BeginsAnewWhenAPendingClientComesWithAnotherToken) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  server.receive(client.address, client.update(server.now));
  TestClient restarted(server.now, test_token(test_grant(1)), 1);
  connect(server, restarted);
  EXPECT_EQ(server.server.pending_count(), 0u);
}

TEST(NetcodeServer, AcceptsATokenThatNamesItByIpv6) {
  ServerOptions options = test_options();
  const auto address = udp::Address::parse("[2001:db8::7]:40000").value();
  options.public_addresses.push_back(address);
  TestServer server(options);
  TokenGrant grant = test_grant(1);
  grant.servers = {address};
  TestClient client(server.now, test_token(grant), 1);
  connect(server, client);
}

TEST(NetcodeServer, CanBeMoved) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  connect(server, client);
  Server moved = std::move(server.server);
  server.server = std::move(moved);
  EXPECT_EQ(server.receive(client.address, client.payload(server.now, bytes_of("x"))).event,
            Event::Payload);
}

TEST(NetcodeServerDeathTest, AssertsWhenOurOwnSideBreaksALimit) {
  TestServer server;
  EXPECT_DEATH(server.payload_to(3, bytes_of("x")), "no such client");
  EXPECT_DEATH((void)server.server.address(0), "no such client");
  TestClient client(server.now, test_token(test_grant(1)), 1);
  EXPECT_DEATH(client.payload(server.now, bytes_of("x")), "payload before Connected");
  const ClientIndex slot = connect(server, client);
  EXPECT_DEATH(server.payload_to(slot, {}), "wrong size");
}

}  // namespace
}  // namespace tessera::netcode
