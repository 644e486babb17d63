// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Somebody on the way between a player and the server changes, repeats and reorders the player's
// datagrams, and somebody else sends noise.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "abuse_scenario.h"
#include "engine/core/random.h"

namespace tessera::scenarios {
namespace {

class HostileDatagrams : public AbuseScenario {
 protected:
  /// Truncated, lengthened and forged forms of a datagram that has not arrived yet.
  void mangle(Player& victim, const Bytes& good) {
    for (int i = 0; i < 8; ++i) {
      const Bytes truncated(good.begin(),
                            good.begin() + random.below(static_cast<std::uint32_t>(good.size())));
      victim.send(truncated);
      Bytes forged = good;
      forged[random.below(static_cast<std::uint32_t>(good.size()))] ^= std::byte{0x10};
      victim.send(forged);
      Bytes longer = good;
      longer.resize(good.size() + 1 + random.below(64));
      victim.send(longer);
    }
  }

  const std::uint64_t seed = seed_or(11);
  RandomStream random{seed};
};

TEST_F(HostileDatagrams, OfAPlayersSessionAreDroppedAndThePlayerPlaysOn) {
  SCOPED_TRACE(seed_text(seed));
  Player victim(shard().world(), shard().connect_token(0));
  ASSERT_TRUE(comes_in(victim));
  udp::Socket elsewhere = open_socket();
  const std::uint32_t begun = victim.client().newest_tick();
  const double forged = shard().ignored("forged");
  const double replayed = shard().ignored("replayed");
  const double unknown = shard().ignored("unknown_address");
  std::vector<Bytes> held;
  std::uint32_t groups = 0;
  for_ticks(kAttackTicks, [&] {
    victim.receive();
    for (Bytes& datagram : victim.due()) held.push_back(std::move(datagram));
    if (held.size() < 3) return;
    ++groups;
    for (const Bytes& datagram : held) mangle(victim, datagram);
    std::ranges::reverse(held);
    for (const Bytes& datagram : held) victim.send(datagram);
    for (const Bytes& datagram : held) {
      victim.send(datagram);
      elsewhere.queue_copy(shard().udp(), datagram);
    }
    elsewhere.flush();
    held.clear();
  });
  EXPECT_GE(groups, 10u);
  EXPECT_FALSE(victim.ended());
  EXPECT_GT(victim.client().newest_tick(), begun + kAttackTicks / 2) << "the victim plays on";
  EXPECT_EQ(victim.client().statistics().decode_errors, 0u);
  EXPECT_GE(shard().ignored("forged"), forged + 3 * 8 * groups);
  EXPECT_GE(shard().ignored("replayed"), replayed + 3 * groups);
  EXPECT_GE(shard().ignored("unknown_address"), unknown + 3 * groups);
  victim.leave();
}

TEST_F(HostileDatagrams, OfRandomBytesAndAnyLengthAreDropped) {
  SCOPED_TRACE(seed_text(seed));
  Player& victim = enter(1);
  udp::Socket stranger = open_socket();
  const double not_netcode = shard().ignored("not_netcode");
  std::uint64_t sent = 0;
  for_ticks(kAttackTicks, [&] {
    for (int i = 0; i < 40; ++i, ++sent) {
      Bytes noise(1 + random.below(udp::kDatagramBytesMax));
      for (std::byte& byte : noise) byte = static_cast<std::byte>(random.next());
      if (random.chance(0.5f)) {
        victim.send(noise);
      } else {
        stranger.queue_copy(shard().udp(), noise);
      }
    }
    stranger.flush();
  });
  EXPECT_FALSE(victim.ended()) << "whoever forges its address does not end its session";
  EXPECT_GE(shard().ignored("not_netcode"), not_netcode + static_cast<double>(sent) / 4);
  EXPECT_TRUE(stranger.receive().empty()) << "noise is not answered";
  victim.leave();
}

TEST_F(HostileDatagrams, LongerThanAnyOfOursAreDroppedAndCounted) {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(shard().udp().port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const Bytes huge(60'000, std::byte{0x15});
  const double oversized = shard().ignored("oversized");
  for_ticks(kAttackTicks, [&] {
    EXPECT_GT(
        ::sendto(socket, huge.data(), huge.size(), 0, reinterpret_cast<sockaddr*>(&to), sizeof to),
        0);
  });
  ::close(socket);
  EXPECT_TRUE(until([&] { return shard().ignored("oversized") >= oversized + kAttackTicks / 2; }));
}

}  // namespace
}  // namespace tessera::scenarios
