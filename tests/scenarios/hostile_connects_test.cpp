// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// People at the door: with tokens that are over, of another server or used before, and ten thousand
// with none.
#include <cstring>

#include "abuse_scenario.h"
#include "engine/core/random.h"

namespace tessera::scenarios {
namespace {

constexpr std::size_t kExpiryAt = 1 + netcode::kVersionBytes + 8;  ///< in a request

class HostileConnects : public AbuseScenario {
 protected:
  /// A token as another backend would mint it for our server.
  static netcode::ConnectTokenBytes foreign_token(std::uint64_t protocol_id) {
    netcode::TokenGrant grant;
    grant.protocol_id = protocol_id;
    grant.client_id = 1;
    grant.create_unix_s = real_time().unix_s;
    grant.expire_unix_s = grant.create_unix_s + 30;
    grant.servers = {shard().udp()};
    return netcode::mint_connect_token(grant, netcode::random_key()).value();
  }
  static std::uint64_t protocol_of(const netcode::ConnectTokenBytes& token) {
    return netcode::read_connect_token(token).value().protocol_id;
  }
};

TEST_F(HostileConnects, WithExpiredForeignAndReusedTokensAreIgnoredAndCounted) {
  const netcode::ConnectTokenBytes used = shard().connect_token(0);
  {
    Player player(shard().world(), used);
    ASSERT_TRUE(comes_in(player));
    player.leave();
  }
  // The expiry stands in the request in the open, and is looked at before anything costly.
  Bytes expired = request_of(shard().connect_token(1));
  const std::uint64_t past = real_time().unix_s - 1;
  std::memcpy(&expired[kExpiryAt], &past, sizeof past);
  Bytes prolonged = request_of(shard().connect_token(1));
  const std::uint64_t later = real_time().unix_s + 3600;
  std::memcpy(&prolonged[kExpiryAt], &later, sizeof later);
  const std::uint64_t protocol = protocol_of(used);
  const std::vector<Bytes> requests{expired, prolonged, request_of(foreign_token(protocol)),
                                    request_of(foreign_token(protocol + 1)), request_of(used)};

  udp::Socket stranger = open_socket();
  const double opened = shard().metric("tessera_gateway_sessions_opened_total{transport=\"udp\"}");
  const double over = shard().ignored("token_expired");
  const double foreign = shard().ignored("token_foreign");
  const double reused = shard().ignored("token_reused");
  const double forged = shard().ignored("forged");
  for_ticks(kAttackTicks, [&] {
    for (const Bytes& request : requests) stranger.queue_copy(shard().udp(), request);
    stranger.flush();
  });
  EXPECT_TRUE(stranger.receive().empty()) << "nobody of these gets an answer";
  constexpr double kMost = kAttackTicks * 0.9;
  EXPECT_GE(shard().ignored("token_expired"), over + kMost);
  EXPECT_GE(shard().ignored("token_foreign"), foreign + kMost) << "another protocol";
  EXPECT_GE(shard().ignored("token_reused"), reused + kMost);
  EXPECT_GE(shard().ignored("forged"), forged + 2 * kMost)
      << "another key, and an expiry that was changed";
  EXPECT_EQ(shard().metric("tessera_gateway_sessions_opened_total{transport=\"udp\"}"), opened);
  EXPECT_EQ(shard().metric("tessera_gateway_handshakes{transport=\"udp\"}"), 0);
}

TEST_F(HostileConnects, TenThousandWithoutAValidTokenAreNotKept) {
  const std::uint64_t seed = seed_or(77);
  SCOPED_TRACE(seed_text(seed));
  constexpr std::uint64_t kConnects = 10'000;
  RandomStream random(seed);
  udp::Socket stranger = open_socket();
  Bytes request = request_of(foreign_token(protocol_of(shard().connect_token(0))));
  const auto seen = [&] {
    return shard().ignored("forged") +
           shard().metric("tessera_gateway_socket_drops_total{transport=\"udp\"}");
  };
  const double seen_before = seen();
  std::uint64_t sent = 0;
  for_ticks(kAttackTicks, [&] {
    for (std::uint64_t i = 0; i <= kConnects / kAttackTicks; ++i, ++sent) {
      // Each with another nonce and another sealed part, so that none is like one before.
      for (std::size_t at = kExpiryAt + 8; at < request.size(); at += 8) {
        request[at] = static_cast<std::byte>(random.next());
      }
      stranger.queue_copy(shard().udp(), request);
    }
    stranger.flush();
  });
  EXPECT_GE(sent, kConnects);
  EXPECT_TRUE(until([&] { return seen() >= seen_before + static_cast<double>(sent); }));
  EXPECT_TRUE(stranger.receive().empty()) << "strangers are not answered";
  EXPECT_EQ(shard().metric("tessera_gateway_handshakes{transport=\"udp\"}"), 0);
  EXPECT_EQ(shard().metric("tessera_gateway_sessions{transport=\"udp\"}"), kBystanders);
  enter(1).leave();
}

}  // namespace
}  // namespace tessera::scenarios
