// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Everything together over a bad link: clients connect, talk through channels, leave. Every message
// arrives once and in order at the right player, and the same seed gives the same run.
#include <gtest/gtest.h>

#include <cstdio>

#include "engine/core/hash.h"
#include "transport/channel/test_support.h"
#include "transport/chaos/chaos.h"
#include "transport/netcode/test_support.h"

namespace tessera::netcode {
namespace {

using channel::testing::pattern;
using channel::testing::Side;
using testing::Bytes;
using testing::client_address;
using testing::test_grant;
using testing::test_token;
using testing::TestClient;
using testing::TestServer;

constexpr std::size_t kPlayers = 20;

struct Player {
  Player(Time now, std::uint16_t number)
      : client(now, test_token(test_grant(number + 1u)), number), up(channel::Options::client()) {}

  TestClient client;
  Side up;                                // the client's channel
  Side down{channel::Options::server()};  // the server's channel for it
  std::uint32_t up_sent = 0;
  std::uint32_t up_arrived = 0;
  std::uint32_t down_sent = 0;
  std::uint32_t down_arrived = 0;
};

/// The size of message `number`; now and then a large one.
std::size_t size_of(std::uint32_t number, std::size_t large) {
  return number % 40 == 7 ? large : number * 13 % 200;
}

class World {
 public:
  World(const chaos::Options& options, std::uint64_t seed)
      : to_server_(seeded(options, seed)), to_clients_(seeded(options, seed + 1)) {
    for (std::uint16_t i = 0; i < kPlayers; ++i) players_.emplace_back(server_.now, i);
  }

  void run(std::int64_t talk_ms, std::int64_t all_ms) {
    for (std::int64_t ms = 0; ms < all_ms; ms += 10) {
      server_.advance_ms(10);
      for (Player& player : players_) client_turn(player, ms, ms < talk_ms);
      while (const auto datagram = to_server_.pop(server_.now.us)) server_receives(*datagram);
      server_turn(ms, ms < talk_ms);
      while (const auto datagram = to_clients_.pop(server_.now.us)) client_receives(*datagram);
      if (::testing::Test::HasFailure()) return;
    }
  }
  void expect_all_arrived() {
    for (const Player& player : players_) {
      EXPECT_GT(player.down_sent, 300u);
      EXPECT_EQ(player.down_arrived, player.down_sent);
      EXPECT_EQ(player.up_arrived, player.up_sent);
      EXPECT_EQ(player.client.client.state(), ClientState::Connected);
    }
    EXPECT_EQ(server_.server.client_count(), kPlayers);
  }
  void leave_one_by_one() {
    for (Player& player : players_) {
      server_.receive(player.client.address, player.client.disconnect_packet());
    }
    EXPECT_EQ(server_.server.client_count(), 0u);
  }
  std::uint64_t hash() const { return hash_.value(); }

 private:
  static chaos::Options seeded(chaos::Options options, std::uint64_t seed) {
    options.seed = seed;
    return options;
  }
  void client_turn(Player& player, std::int64_t ms, bool talks) {
    const Bytes datagram = player.client.update(server_.now);
    if (!datagram.empty()) to_server_.push(server_.now.us, datagram, player.client.address);
    if (player.client.client.state() != ClientState::Connected) return;
    if (talks && ms % 70 == 0 &&
        player.up.channel.send(1, pattern(size_of(player.up_sent, 3000), player.up_sent))) {
      ++player.up_sent;
    }
    if (ms % 50 == 0 || player.up.channel.wants_to_send(server_.now.us)) {
      to_server_.push(server_.now.us,
                      player.client.payload(server_.now, player.up.write(server_.now.us)),
                      player.client.address);
    }
  }
  void server_receives(const chaos::Datagram& datagram) {
    const Received received = server_.receive(datagram.address, datagram.bytes);
    if (!server_.answer.empty()) to_clients_.push(server_.now.us, server_.answer, datagram.address);
    if (received.event != Received::Event::Payload) return;
    Player& player = player_of(datagram.address);
    ASSERT_TRUE(player.down.read(server_.now.us, received.payload).has_value());
    for (const Bytes& message : player.down.received.messages[1]) {
      ASSERT_EQ(message, pattern(size_of(player.up_arrived, 3000), player.up_arrived));
      ++player.up_arrived;
      hash_.add(message);
    }
    player.down.received = {};
  }
  void server_turn(std::int64_t ms, bool talks) {
    server_.server.update(server_.now, server_);
    for (ClientIndex slot = 0; slot < kPlayers; ++slot) {
      if (!server_.server.connected(slot)) continue;
      Player& player = player_of(server_.server.address(slot));
      if (talks && ms % 30 == 0 &&
          player.down.channel.send(2, pattern(size_of(player.down_sent, 9000), player.down_sent))) {
        ++player.down_sent;
      }
      if (ms % 50 != 0 && !player.down.channel.wants_to_send(server_.now.us)) continue;
      to_clients_.push(server_.now.us, server_.payload_to(slot, player.down.write(server_.now.us)),
                       player.client.address);
    }
    for (const auto& [to, bytes] : server_.sent) to_clients_.push(server_.now.us, bytes, to);
    server_.sent.clear();
  }
  void client_receives(const chaos::Datagram& datagram) {
    Player& player = player_of(datagram.address);
    const Bytes payload = player.client.receive(server_.now, datagram.bytes);
    if (payload.empty()) return;
    ASSERT_TRUE(player.up.read(server_.now.us, payload).has_value());
    for (const Bytes& message : player.up.received.messages[2]) {
      ASSERT_EQ(message, pattern(size_of(player.down_arrived, 9000), player.down_arrived));
      ++player.down_arrived;
      hash_.add(message);
    }
    player.up.received = {};
  }
  Player& player_of(const udp::Address& address) {
    return players_[address.port - client_address(0).port];
  }

  TestServer server_;
  std::vector<Player> players_;
  chaos::Link to_server_;
  chaos::Link to_clients_;
  StateHash hash_;
};

std::uint64_t run(const char* chaos_text, std::uint64_t seed) {
  std::printf("chaos %s seed %llu\n", chaos_text, static_cast<unsigned long long>(seed));
  World world(chaos::parse_options(chaos_text).value(), seed);
  world.run(15'000, 30'000);
  world.expect_all_arrived();
  world.leave_one_by_one();
  return world.hash();
}

TEST(TransportSoak, CarriesEverythingOverAUsualBadLink) {
  run("loss=2,delay=40,jitter=10,duplicate=1,reorder=1", 21);
}

TEST(TransportSoak, CarriesEverythingOverATerribleLink) {
  run("loss=15,delay=100,jitter=60,duplicate=5,reorder=5", 22);
}

TEST(TransportSoak, RunsTheSameWayAgainWithTheSameSeed) {
  EXPECT_EQ(run("loss=5,delay=30,jitter=20", 23), run("loss=5,delay=30,jitter=20", 23));
}

}  // namespace
}  // namespace tessera::netcode
