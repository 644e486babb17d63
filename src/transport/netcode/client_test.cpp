// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/netcode/client.h"

#include <gmock/gmock.h>

#include "transport/netcode/test_support.h"

namespace tessera::netcode {
namespace {

using testing::Bytes;
using testing::bytes_of;
using testing::connect;
using ::testing::IsEmpty;
using testing::kServerAddress;
using ::testing::SizeIs;
using testing::test_grant;
using testing::test_options;
using testing::test_token;
using testing::TestClient;
using testing::TestServer;

const udp::Address kSecondServer = udp::Address::v4(127, 0, 0, 1, 40'001);

TEST(NetcodeClient, IsDisconnectedAtFirstAndSaysNothing) {
  Client client;
  Bytes buffer(kRequestBytes);
  EXPECT_EQ(client.state(), ClientState::Disconnected);
  EXPECT_THAT(client.update({}, buffer), IsEmpty());
  EXPECT_THAT(client.receive({}, kServerAddress, buffer), IsEmpty());
}

TEST(NetcodeClient, RefusesATokenThatCannotBeRead) {
  Client client;
  client.connect({}, Bytes(2048));
  EXPECT_EQ(client.state(), ClientState::InvalidToken);
}

TEST(NetcodeClient, RepeatsItsRequestTenTimesASecond) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  int requests = 0;
  for (int ms = 0; ms < 1000; ms += 10) {
    requests += client.update(server.now).size() == kRequestBytes ? 1 : 0;
    server.advance_ms(10);
  }
  EXPECT_EQ(requests, 10);
}

TEST(NetcodeClient, GivesUpWhenNobodyAnswersItsRequest) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  server.advance_ms(4'999);
  client.update(server.now);
  EXPECT_EQ(client.client.state(), ClientState::SendingRequest);
  server.advance_ms(1);
  client.update(server.now);
  EXPECT_EQ(client.client.state(), ClientState::RequestTimedOut);
}

TEST(NetcodeClient, GivesUpWhenNobodyAnswersItsResponse) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  server.receive(client.address, client.update(server.now));
  client.receive(server.now, server.answer);
  EXPECT_EQ(client.client.state(), ClientState::SendingResponse);
  server.advance_ms(5'000);
  client.update(server.now);
  EXPECT_EQ(client.client.state(), ClientState::ResponseTimedOut);
}

TEST(NetcodeClient, GivesUpWhenTheServerFallsSilent) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  connect(server, client);
  server.advance_ms(5'000);
  client.update(server.now);
  EXPECT_EQ(client.client.state(), ClientState::ConnectionTimedOut);
}

TEST(NetcodeClient, GivesUpWhenItsTokenExpires) {
  TestServer server;
  TokenGrant grant = test_grant(1);
  grant.timeout_s = -1;
  TestClient client(server.now, test_token(grant), 1);
  server.advance_ms(29'999);
  client.update(server.now);
  EXPECT_EQ(client.client.state(), ClientState::SendingRequest);
  server.advance_ms(1);
  client.update(server.now);
  EXPECT_EQ(client.client.state(), ClientState::TokenExpired);
}

TEST(NetcodeClient, GoesOnToTheNextServerWhenOneDoesNotAnswer) {
  ServerOptions options = test_options();
  options.public_addresses = {kSecondServer};
  TestServer second(options);
  TokenGrant grant = test_grant(1);
  grant.servers = {kServerAddress, kSecondServer};
  TestClient client(second.now, test_token(grant), 1);
  EXPECT_EQ(client.client.server_address(), kServerAddress);
  client.update(second.now);
  second.advance_ms(5'000);
  connect(second, client);
  EXPECT_EQ(client.client.server_address(), kSecondServer);
}

TEST(NetcodeClient, GoesOnToTheNextServerWhenOneIsFull) {
  ServerOptions options = test_options();
  options.clients_max = 1;
  TestServer full(options);
  TestClient other(full.now, test_token(test_grant(2)), 2);
  connect(full, other);
  options.public_addresses = {kSecondServer};
  TestServer second(options);
  TokenGrant grant = test_grant(1);
  grant.servers = {kServerAddress, kSecondServer};
  TestClient client(full.now, test_token(grant), 1);
  full.receive(client.address, client.update(full.now));
  client.receive(full.now, full.answer);
  EXPECT_EQ(client.client.server_address(), kSecondServer);
  connect(second, client);
}

TEST(NetcodeClient, IgnoresWhatDoesNotComeFromItsServer) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  const ClientIndex slot = connect(server, client);
  Bytes datagram = server.payload_to(slot, bytes_of("x"));
  Bytes copy = datagram;
  EXPECT_THAT(client.client.receive(server.now, kSecondServer, copy), IsEmpty());
  EXPECT_EQ(client.receive(server.now, datagram), bytes_of("x"));
}

TEST(NetcodeClient, IgnoresForgedReplayedAndForeignPackets) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  const ClientIndex slot = connect(server, client);
  const Bytes datagram = server.payload_to(slot, bytes_of("once"));
  for (std::size_t bit = 0; bit < datagram.size() * 8; ++bit) {
    Bytes forged = datagram;
    forged[bit / 8] ^= static_cast<std::byte>(1u << bit % 8);
    EXPECT_THAT(client.receive(server.now, forged), IsEmpty());
  }
  EXPECT_EQ(client.receive(server.now, datagram), bytes_of("once"));
  EXPECT_THAT(client.receive(server.now, datagram), IsEmpty());
  EXPECT_THAT(client.receive(server.now, client.payload(server.now, bytes_of("own"))), IsEmpty());
  Bytes response(1 + 1 + 308 + 16);
  response[0] = std::byte{0x13};
  EXPECT_THAT(client.receive(server.now, response), IsEmpty());
  EXPECT_EQ(client.client.state(), ClientState::Connected);
}

TEST(NetcodeClient, IsNotMovedByHandshakePacketsOnceConnected) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  server.receive(client.address, client.update(server.now));
  const Bytes challenge = server.answer;
  client.receive(server.now, challenge);
  server.receive(client.address, client.update(server.now));
  client.receive(server.now, server.answer);
  ASSERT_EQ(client.client.state(), ClientState::Connected);
  client.receive(server.now, challenge);
  EXPECT_EQ(client.client.state(), ClientState::Connected);
}

TEST(NetcodeClient, LeavesWithDisconnectPackets) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  connect(server, client);
  const Bytes packet = client.disconnect_packet();
  EXPECT_THAT(packet, SizeIs(1 + 1 + 16));
  client.client.close();
  EXPECT_EQ(client.client.state(), ClientState::Disconnected);
  EXPECT_EQ(server.receive(client.address, packet).event, Received::Event::Disconnected);
}

TEST(NetcodeClient, CanConnectAgainWithANewToken) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(1)), 1);
  connect(server, client);
  server.receive(client.address, client.disconnect_packet());
  client.client.connect(server.now, test_token(test_grant(1)));
  connect(server, client);
}

TEST(NetcodeClient, HasANameForEveryState) {
  for (int state = -6; state <= 3; ++state) {
    EXPECT_STRNE(client_state_name(static_cast<ClientState>(state)), "unknown");
  }
  EXPECT_STREQ(client_state_name(static_cast<ClientState>(9)), "unknown");
}

}  // namespace
}  // namespace tessera::netcode
