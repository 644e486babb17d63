// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What comes from people who want in without a ticket, want to break something, or want us to flood
// somebody else: nothing of it is answered, remembered or noticed by the clients that are
// connected.
#include <gmock/gmock.h>

#include <cstdio>

#include "engine/core/random.h"
#include "transport/netcode/detail/packet.h"
#include "transport/netcode/server.h"
#include "transport/netcode/test_support.h"

namespace tessera::netcode {
namespace {

using testing::Bytes;
using testing::bytes_of;
using testing::client_address;
using testing::connect;
using ::testing::IsEmpty;
using testing::kUnixStart;
using testing::test_grant;
using testing::test_key;
using testing::test_options;
using testing::test_token;
using testing::TestClient;
using testing::TestServer;
using Event = Received::Event;

/// A server with one client; a test throws things at it and finally asks whether all is well.
struct Scene {
  TestServer server;
  TestClient client{server.now, test_token(test_grant(1)), 1};
  ClientIndex slot = connect(server, client);

  const ServerCounters& counters() { return server.server.counters(); }
  void expect_ignored(const udp::Address& from, const Bytes& datagram) {
    EXPECT_EQ(server.receive(from, datagram).event, Event::None);
    EXPECT_THAT(server.answer, IsEmpty());
  }
  void expect_well() {
    EXPECT_EQ(server.server.client_count(), 1u);
    EXPECT_EQ(server.server.pending_count(), 0u);
    EXPECT_EQ(
        server.receive(client.address, client.payload(server.now, bytes_of("still here"))).event,
        Event::Payload);
  }
  ~Scene() { expect_well(); }
};

Bytes request_of(TestServer& server, const ConnectTokenBytes& token) {
  return TestClient(server.now, token, 0).update(server.now);
}

TEST(HostileDatagrams, AreIgnoredWhenTruncatedOrOversized) {
  Scene scene;
  const Bytes good = scene.client.payload(scene.server.now, Bytes(100, std::byte{7}));
  for (std::size_t size = 0; size < good.size(); ++size) {
    scene.expect_ignored(scene.client.address,
                         Bytes(good.begin(), good.begin() + static_cast<int>(size)));
  }
  Bytes longer = good;
  longer.push_back(std::byte{0});
  scene.expect_ignored(scene.client.address, longer);
  longer.resize(1280);
  scene.expect_ignored(scene.client.address, longer);
  EXPECT_EQ(scene.server.receive(scene.client.address, good).event, Event::Payload);
}

TEST(HostileDatagrams, AreIgnoredWhenAnyBitIsForged) {
  Scene scene;
  const Bytes good = scene.client.payload(scene.server.now, bytes_of("pay one coin"));
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    Bytes forged = good;
    forged[bit / 8] ^= static_cast<std::byte>(1u << bit % 8);
    scene.expect_ignored(scene.client.address, forged);
  }
  EXPECT_EQ(scene.server.receive(scene.client.address, good).event, Event::Payload);
}

TEST(HostileDatagrams, AreIgnoredWhenReplayed) {
  Scene scene;
  std::vector<Bytes> recorded;
  for (int i = 0; i < 600; ++i) {
    recorded.push_back(scene.client.payload(scene.server.now, bytes_of("attack")));
  }
  for (const Bytes& datagram : recorded) scene.server.receive(scene.client.address, datagram);
  EXPECT_EQ(scene.counters().payloads_in, 600u);
  for (const Bytes& datagram : recorded) scene.expect_ignored(scene.client.address, datagram);
  EXPECT_EQ(scene.counters().ignored_replayed, 600u);
}

TEST(HostileDatagrams, AreTakenOutOfOrderWithinTheWindowOnly) {
  Scene scene;
  std::vector<Bytes> datagrams;
  for (int i = 0; i < 300; ++i) {
    datagrams.push_back(scene.client.payload(scene.server.now, bytes_of("x")));
  }
  int taken = 0;
  for (auto datagram = datagrams.rbegin(); datagram != datagrams.rend(); ++datagram) {
    taken += scene.server.receive(scene.client.address, *datagram).event == Event::Payload ? 1 : 0;
  }
  EXPECT_EQ(taken, static_cast<int>(kReplayWindow));
}

TEST(HostileDatagrams, AreIgnoredFromAnotherAddressThanTheClients) {
  Scene scene;
  const Bytes stolen = scene.client.payload(scene.server.now, bytes_of("x"));
  scene.expect_ignored(client_address(99), stolen);
  EXPECT_EQ(scene.counters().ignored_unknown_address, 1u);
}

TEST(HostileDatagrams, AreIgnoredWhenRandom) {
  Scene scene;
  constexpr std::uint64_t kSeed = 77;
  std::printf("seed %llu\n", static_cast<unsigned long long>(kSeed));
  RandomStream random(kSeed);
  for (int i = 0; i < 20'000; ++i) {
    Bytes datagram(random.below(1281));
    for (std::byte& byte : datagram) byte = static_cast<std::byte>(random.below(256));
    if (!datagram.empty() && random.chance(0.5f))
      datagram[0] = static_cast<std::byte>(random.below(0x90));
    scene.expect_ignored(random.chance(0.5f) ? scene.client.address : client_address(7), datagram);
  }
}

TEST(HostileDatagrams, OfTypesOnlyAServerSendsAreIgnored) {
  Scene scene;
  for (const unsigned type : {1u, 2u, 7u, 15u}) {
    Bytes datagram(type == 2 ? 1 + 1 + 308 + 16 : 18);
    datagram[0] = static_cast<std::byte>(1 << 4 | type);
    scene.expect_ignored(scene.client.address, datagram);
  }
}

TEST(HostileRequests, WithoutAValidTokenLeaveNoTrace) {
  Scene scene;
  Bytes request = request_of(scene.server, test_token(test_grant(9)));
  RandomStream random(5);
  for (int i = 0; i < 10'000; ++i) {
    request[54 + random.below(1024)] ^= static_cast<std::byte>(1 + random.below(255));
    scene.expect_ignored(client_address(static_cast<std::uint16_t>(i)), request);
  }
  EXPECT_EQ(scene.server.server.pending_count(), 0u);
  EXPECT_GE(scene.counters().ignored_forged, 9'900u);
  EXPECT_EQ(scene.counters().challenges_sent, 1u);  // the scene's own client
}

TEST(HostileRequests, OfWrongSizeOrVersionAreIgnored) {
  Scene scene;
  const Bytes request = request_of(scene.server, test_token(test_grant(9)));
  ASSERT_EQ(request.size(), kRequestBytes);
  scene.expect_ignored(client_address(9), Bytes(request.begin(), request.end() - 1));
  Bytes longer = request;
  longer.push_back(std::byte{0});
  scene.expect_ignored(client_address(9), longer);
  Bytes other = request;
  other[12] = std::byte{'9'};
  scene.expect_ignored(client_address(9), other);
  EXPECT_EQ(scene.counters().ignored_malformed, 3u);
}

TEST(HostileRequests, WithAnExpiredTokenAreIgnored) {
  Scene scene;
  const Bytes request = request_of(scene.server, test_token(test_grant(9)));
  scene.server.now.unix_s = kUnixStart + 30;
  scene.expect_ignored(client_address(9), request);
  EXPECT_EQ(scene.counters().ignored_token_expired, 1u);
}

TEST(HostileRequests, WithATokenMintedBeforeTheServersStartAreIgnored) {
  ServerOptions options = test_options();
  options.tokens_expire_after_unix_s = kUnixStart + 30;
  TestServer server(options);
  server.receive(client_address(9), request_of(server, test_token(test_grant(9))));
  EXPECT_THAT(server.answer, IsEmpty());
  TokenGrant fresh = test_grant(9);
  fresh.expire_unix_s += 1;
  TestClient client(server.now, test_token(fresh), 1);
  connect(server, client);
}

TEST(HostileRequests, WithAForeignTokenAreIgnored) {
  Scene scene;
  TokenGrant grant = test_grant(9);
  scene.expect_ignored(client_address(9),
                       request_of(scene.server, mint_connect_token(grant, test_key(2)).value()));
  EXPECT_EQ(scene.counters().ignored_forged, 1u);
  grant.protocol_id += 1;
  scene.expect_ignored(client_address(9), request_of(scene.server, test_token(grant)));
  grant = test_grant(9);
  grant.servers = {udp::Address::v4(127, 0, 0, 1, 40'001)};
  scene.expect_ignored(client_address(9), request_of(scene.server, test_token(grant)));
  EXPECT_EQ(scene.counters().ignored_token_foreign, 2u);
}

TEST(HostileRequests, WithATokenUsedFromAnotherAddressAreIgnored) {
  TestServer server;
  const Bytes request = request_of(server, test_token(test_grant(9)));
  server.receive(client_address(1), request);
  EXPECT_FALSE(server.answer.empty());
  server.receive(client_address(2), request);
  EXPECT_THAT(server.answer, IsEmpty());
  EXPECT_EQ(server.server.counters().ignored_token_reused, 1u);
  EXPECT_EQ(server.server.pending_count(), 1u);
}

TEST(HostileRequests, WithATokenThatMadeASessionAreIgnoredAfterIt) {
  TestServer server;
  const ConnectTokenBytes token = test_token(test_grant(9));
  TestClient client(server.now, token, 1);
  connect(server, client);
  server.receive(client.address, client.disconnect_packet());
  server.advance_ms(1000);
  server.receive(client.address, request_of(server, token));
  EXPECT_THAT(server.answer, IsEmpty());
  EXPECT_EQ(server.server.counters().ignored_token_reused, 1u);
}

TEST(HostileRequests, FromAConnectedAddressOrForAConnectedIdAreIgnored) {
  Scene scene;
  scene.expect_ignored(scene.client.address, request_of(scene.server, test_token(test_grant(9))));
  scene.expect_ignored(client_address(9), request_of(scene.server, test_token(test_grant(1))));
  EXPECT_EQ(scene.counters().ignored_already_connected, 2u);
}

TEST(HostileRequests, AreAnsweredSeldomAndWithLessThanTheyBring) {
  TestServer server;
  const Bytes request = request_of(server, test_token(test_grant(9)));
  std::size_t answered = 0;
  for (int ms = 0; ms < 1000; ++ms) {
    server.advance_ms(1);
    server.receive(client_address(1), request);
    EXPECT_LT(server.answer.size(), request.size());
    answered += server.answer.empty() ? 0u : 1u;
  }
  EXPECT_LE(answered, 20u);
  EXPECT_GE(answered, 10u);
  EXPECT_EQ(server.server.pending_count(), 1u);
}

TEST(HostileRequests, FindNoRoomWhenTooManyAreHalfOpen) {
  ServerOptions options = test_options();
  options.pending_max = 10;
  options.tokens_max = 15;
  TestServer server(options);
  for (std::uint16_t i = 0; i < 20; ++i) {
    server.receive(client_address(i), request_of(server, test_token(test_grant(100u + i))));
  }
  EXPECT_EQ(server.server.pending_count(), 10u);
  EXPECT_EQ(server.server.counters().ignored_no_room, 10u);
  // Half-open ones end after the token's timeout, used tokens are forgotten once expired.
  server.advance_ms(5'100);
  server.server.update(server.now, server);
  EXPECT_EQ(server.server.pending_count(), 0u);
  server.advance_ms(30'000);
  TokenGrant grant = test_grant(500);
  grant.expire_unix_s += 3600;
  TestClient client(server.now, test_token(grant), 50);
  connect(server, client);
}

TEST(HostileResponses, WithAForgedChallengeAreIgnored) {
  TestServer server;
  TestServer other;  // same key, but its own challenge key
  const ConnectTokenBytes token = test_token(test_grant(9));
  TestClient client(server.now, token, 1);
  const Bytes request = client.update(server.now);
  other.receive(client.address, request);
  server.receive(client.address, request);
  client.receive(server.now, other.answer);
  ASSERT_EQ(client.client.state(), ClientState::SendingResponse);
  EXPECT_EQ(server.receive(client.address, client.update(server.now)).event, Event::None);
  EXPECT_EQ(server.server.counters().ignored_forged, 1u);
}

/// A response made by hand, from a challenge of one token, under the keys of another.
Bytes response_with(Bytes challenge_packet, const ConnectTokenBytes& its_token,
                    const ConnectTokenBytes& other_token) {
  const PublicToken opened_by = read_connect_token(its_token).value();
  const PublicToken sealed_by = read_connect_token(other_token).value();
  detail::PacketCodec codec(testing::kProtocolId);
  const auto header = detail::read_header(challenge_packet).value();
  const auto body = codec.open(header, opened_by.server_to_client, challenge_packet).value();
  Bytes out(kControlPacketBytesMax);
  std::ranges::copy(body, out.begin() + kHeadroom);
  const auto packet =
      codec.seal(PacketType::Response, 0, sealed_by.client_to_server, out, body.size());
  return {packet.begin(), packet.end()};
}

TEST(HostileResponses, WithTheChallengeOfAnotherTokenAreIgnored) {
  // A banned player kept the challenge of account 9 and shows it in the handshake of his
  // account 10.
  TestServer server;
  const ConnectTokenBytes old_token = test_token(test_grant(9));
  server.receive(client_address(1), request_of(server, old_token));
  const Bytes old_challenge = server.answer;
  const ConnectTokenBytes token = test_token(test_grant(10));
  server.receive(client_address(2), request_of(server, token));
  const Bytes challenge = server.answer;
  const auto from = client_address(2);
  EXPECT_EQ(server.receive(from, response_with(old_challenge, old_token, token)).event,
            Event::None);
  EXPECT_EQ(server.server.counters().ignored_forged, 1u);
  EXPECT_EQ(server.receive(from, response_with(challenge, token, token)).event, Event::Connected);
}

TEST(HostileResponses, AreIgnoredBeforeAnyRequest) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(9)), 1);
  server.receive(client.address, client.update(server.now));
  client.receive(server.now, server.answer);
  EXPECT_EQ(server.receive(client_address(5), client.update(server.now)).event, Event::None);
  EXPECT_EQ(server.server.counters().ignored_unknown_address, 1u);
}

TEST(HostileResponses, AndPayloadsFromAPendingClientAreIgnoredWhenForged) {
  TestServer server;
  TestClient client(server.now, test_token(test_grant(9)), 1);
  server.receive(client.address, client.update(server.now));
  client.receive(server.now, server.answer);
  Bytes response = client.update(server.now);
  response[50] ^= std::byte{1};
  EXPECT_EQ(server.receive(client.address, response).event, Event::None);
  Bytes keep_alive(1 + 1 + 8 + 16);
  keep_alive[0] = std::byte{0x14};
  EXPECT_EQ(server.receive(client.address, keep_alive).event, Event::None);
  EXPECT_EQ(server.server.client_count(), 0u);
}

TEST(HostileResponses, ForAnIdThatConnectedMeanwhileAreIgnored) {
  TestServer server;
  TestClient first(server.now, test_token(test_grant(9)), 1);
  TestClient second(server.now, test_token(test_grant(9)), 2);
  server.receive(second.address, second.update(server.now));
  second.receive(server.now, server.answer);
  connect(server, first);
  EXPECT_EQ(server.receive(second.address, second.update(server.now)).event, Event::None);
  EXPECT_EQ(server.server.counters().ignored_already_connected, 1u);
}

}  // namespace
}  // namespace tessera::netcode
