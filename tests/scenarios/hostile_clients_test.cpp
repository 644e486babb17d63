// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Clients with a good token and bad manners: one floods, one lives faster than the clock, one asks
// for the most that can be said, one says nothing that makes sense.
#include <cmath>

#include "abuse_scenario.h"
#include "engine/core/random.h"
#include "gameplay/movement/character_motion.h"
#include "gameplay/movement/input_queue.h"
#include "gateway/sessions/testing/udp_client.h"
#include "protocol/inputs.h"
#include "protocol/snapshot.h"

namespace tessera::scenarios {
namespace {

using gateway::UdpClient;

class HostileClients : public AbuseScenario {
 protected:
  static void send_inputs(UdpClient& client, const protocol::Inputs& inputs) {
    std::array<std::byte, protocol::kInputsBytesMax> bytes;
    const std::size_t size = protocol::write_inputs(bytes, inputs);
    client.send_inputs({reinterpret_cast<const char*>(bytes.data()), size});
  }
  static double closed(const std::string& reason) {
    return shard().metric("tessera_gateway_sessions_closed_total{reason=\"" + reason +
                          "\",transport=\"udp\"}");
  }
};

TEST_F(HostileClients, WhoFloodTenThousandDatagramsASecondAreDisconnected) {
  UdpClient flooder(shard().connect_token(0));
  ASSERT_TRUE(comes_in(flooder));
  const double closed_before = closed("too_fast");
  constexpr int kDatagramsPerTick = 10'000 / kTicksPerSecond + 1;
  protocol::Inputs inputs;
  inputs.frame_count = 1;
  udp::Socket outside = open_socket();
  for_ticks(kAttackTicks, [&] {
    for (int i = 0; i < kDatagramsPerTick; ++i) {
      ++inputs.newest_frame;
      if (flooder.connected()) {
        send_inputs(flooder, inputs);
      } else {  // it goes on from outside
        outside.queue_copy(shard().udp(), Bytes(100, std::byte{0x15}));
      }
    }
    outside.flush();
    flooder.poll();
  });
  EXPECT_FALSE(flooder.connected());
  EXPECT_EQ(closed("too_fast"), closed_before + 1);
  EXPECT_GE(shard().metric("tessera_gateway_dropped_too_fast_total{transport=\"udp\"}"), 2000);
  EXPECT_GE(shard().ignored("unknown_address"), 1000);
  EXPECT_TRUE(told("a client that misbehaves is disconnected reason=too_fast account=" +
                   bots::account_of(kBystanders)))
      << "by the name that `tessera admin` takes";
}

/// What the server says of where its own character is.
struct Seen {
  std::uint32_t tick = 0;
  math::Vec3 position;
};

std::vector<Seen> own_states(const UdpClient& client) {
  std::vector<Seen> all;
  protocol::Snapshot snapshot;
  for (const std::string& bytes : client.snapshots) {
    if (!protocol::read_snapshot(std::as_bytes(std::span(bytes)), snapshot)) continue;
    if (!snapshot.has_own_state) continue;
    all.push_back({snapshot.tick, snapshot.own_state.motion.position});
  }
  return all;
}

/// Over the map; it did run, too.
void expect_no_faster_than_the_clock(const std::vector<Seen>& seen) {
  ASSERT_GE(seen.size(), 10u);
  constexpr movement::MotionRules kRules;
  constexpr float kMetresPerTick = kRules.run_m_per_s / kTicksPerSecond;
  // A roll is faster than a run, for a while, and not again at once.
  constexpr float kMetresMoreOfARoll =
      (kRules.roll_m_per_s - kRules.run_m_per_s) * movement::kRollTicks / kTicksPerSecond;
  constexpr auto kSavedFrames = static_cast<float>(movement::kFrameCreditMax);
  float way_m = 0;
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const math::Vec3 moved = seen[i].position - seen[i - 1].position;
    way_m += math::length(math::flat(moved));
    const auto ticks = static_cast<float>(seen[i].tick - seen[0].tick);
    const float rolls = std::ceil((ticks + kSavedFrames) / movement::kRollAgainTicks);
    const float bound = kMetresPerTick * (ticks + kSavedFrames) + rolls * kMetresMoreOfARoll;
    EXPECT_LE(way_m, bound * 1.001f) << "at " << seen[i].tick;
    EXPECT_TRUE(std::isfinite(seen[i].position.y));
  }
  EXPECT_GT(way_m, 1) << "it did run";
}

TEST_F(HostileClients, WhoseInputsAreFasterThanTheClockAreNotFaster) {
  UdpClient cheater(shard().connect_token(1));
  ASSERT_TRUE(comes_in(cheater));
  protocol::Inputs inputs;
  inputs.wants_own_state = true;
  inputs.frame_count = protocol::kInputFramesMax;
  for_ticks(kAttackTicks, [&] {
    // Eight frames a tick, straight ahead; the direction changes every second.
    inputs.newest_frame += protocol::kInputFramesMax;
    const bool east = inputs.newest_frame / 480 % 2 == 0;
    inputs.frames.fill({.move_x = static_cast<std::int8_t>(east ? 127 : -127)});
    if (cheater.connected()) send_inputs(cheater, inputs);
    cheater.poll();
  });
  expect_no_faster_than_the_clock(own_states(cheater));
}

// A direction that is no number cannot be said on the wire: frames are whole numbers of a few bits
// (protocol/inputs.h). What our own client makes of such a direction is tested beside it
// (client/c_interface); here are the most that a stranger's client can say.
TEST_F(HostileClients, WhoseInputsAreExtremeAreNeitherFasterNorOutOfTheWorld) {
  const std::uint64_t seed = seed_or(5);
  SCOPED_TRACE(seed_text(seed));
  RandomStream random(seed);
  UdpClient extremist(shard().connect_token(2));
  ASSERT_TRUE(comes_in(extremist));
  protocol::Inputs inputs;
  inputs.frame_count = 1;
  inputs.action_count = protocol::kActionsMax;
  inputs.wants_own_state = inputs.wants_new_view = true;
  for_ticks(kAttackTicks, [&] {
    ++inputs.newest_frame;
    inputs.frames[0] = {.aim = static_cast<std::uint16_t>(random.next()),
                        .move_x = random.chance(0.9f) ? std::int8_t{-128} : std::int8_t{127},
                        .move_z = static_cast<std::int8_t>(random.next()),
                        .buttons = static_cast<std::uint8_t>(random.chance(0.5f) ? 0xff : 0xfd)};
    for (protocol::Action& action : inputs.actions) {
      action = {.number = static_cast<std::uint16_t>(random.next()),
                .kind = protocol::ActionKind::Emote,
                .value = static_cast<std::uint16_t>(random.next()),
                .frame = inputs.newest_frame};
    }
    send_inputs(extremist, inputs);
    extremist.poll();
  });
  EXPECT_TRUE(extremist.connected()) << "each of these may be said";
  expect_no_faster_than_the_clock(own_states(extremist));
}

TEST_F(HostileClients, WhoseInputsAreNoiseAreDisconnected) {
  const std::uint64_t seed = seed_or(6);
  SCOPED_TRACE(seed_text(seed));
  RandomStream random(seed);
  UdpClient noisy(shard().connect_token(3));
  ASSERT_TRUE(comes_in(noisy));
  for_ticks(kAttackTicks, [&] {
    if (noisy.connected()) {
      std::string noise(1 + random.below(2 * protocol::kInputsBytesMax), 0);
      for (char& byte : noise) byte = static_cast<char>(random.next());
      noisy.send_inputs(noise);
    }
    noisy.poll();
  });
  EXPECT_FALSE(noisy.connected());
  EXPECT_TRUE(told("a client that misbehaves is disconnected reason=protocol_error account=" +
                   bots::account_of(kBystanders + 3)));
}

}  // namespace
}  // namespace tessera::scenarios
