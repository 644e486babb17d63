// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Clients with a good token and bad manners: one floods, one lives faster than the clock, one's
// engine computes directions that are no numbers.
#include <cmath>
#include <limits>

#include "abuse_scenario.h"
#include "client/c_interface/handles.h"
#include "client/c_interface/tessera_client_udp.h"
#include "gameplay/movement/character_motion.h"
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
  void come_in(UdpClient& client) {
    ASSERT_TRUE(until([&] {
      client.poll();
      return !client.snapshots.empty();
    }));
  }
  static double closed(const std::string& reason) {
    return shard().metric("tessera_gateway_sessions_closed_total{reason=\"" + reason +
                          "\",transport=\"udp\"}");
  }
};

TEST_F(HostileClients, WhoFloodTenThousandDatagramsASecondAreDisconnected) {
  UdpClient flooder(shard().connect_token(0));
  come_in(flooder);
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
  EXPECT_EQ(closed("too_fast"), 1);
  EXPECT_GE(shard().metric("tessera_gateway_dropped_too_fast_total{transport=\"udp\"}"), 2000);
  EXPECT_GE(shard().ignored("unknown_address"), 1000);
  EXPECT_TRUE(told("a client that misbehaves is disconnected reason=too_fast"));
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

TEST_F(HostileClients, WhoseInputsAreFasterThanTheClockAreNotFaster) {
  UdpClient cheater(shard().connect_token(1));
  come_in(cheater);
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
  const std::vector<Seen> seen = own_states(cheater);
  ASSERT_GE(seen.size(), 10u);
  const float metres_per_tick = movement::MotionRules{}.run_m_per_s / kTicksPerSecond;
  constexpr float kSavedFrames = 6;  // of credit; see InputQueue
  float way_m = 0;
  for (std::size_t i = 1; i < seen.size(); ++i) {
    const math::Vec3 moved = seen[i].position - seen[i - 1].position;
    way_m += math::length(math::flat(moved));
    const auto ticks = static_cast<float>(seen[i].tick - seen[0].tick);
    EXPECT_LE(way_m, metres_per_tick * (ticks + kSavedFrames) * 1.001f) << "at " << seen[i].tick;
  }
  EXPECT_GT(way_m, 1) << "it did run";
}

TEST_F(HostileClients, WhoseDirectionsAreNoNumbersStandStillAndHarmNobody) {
  const tessera_world world{shard().world()};
  tessera_udp* const client = tessera_udp_create(&world);
  tessera_client* const core = tessera_udp_client(client);
  const auto token = shard().connect_token(2);
  const netcode::Time begun = real_time();
  tessera_udp_connect(client, begun.us, begun.unix_s,
                      reinterpret_cast<const std::uint8_t*>(token.data()), token.size());
  udp::Socket socket = open_socket();
  const auto poll = [&] {
    const netcode::Time now = real_time();
    const udp::Address server = shard().udp();
    tessera_address from{.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1},
                         .port = server.port};
    for (const udp::Datagram& datagram : socket.receive()) {
      tessera_udp_receive(client, now.us, now.unix_s, &from,
                          reinterpret_cast<std::uint8_t*>(datagram.bytes.data()),
                          datagram.bytes.size());
    }
    tessera_client_advance(core, now.us);
    std::array<std::uint8_t, TESSERA_PACKET_BYTES_MAX> out;
    tessera_address to;
    while (const std::size_t size =
               tessera_udp_write(client, now.us, now.unix_s, out.data(), &to)) {
      socket.queue_copy(server, std::as_bytes(std::span(out.data(), size)));
    }
    socket.flush();
  };
  tessera_own own{};
  ASSERT_TRUE(until([&] {
    poll();
    tessera_client_own(core, &own);
    return own.id != 0;
  }));
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr std::array<tessera_controls, 3> kNonsense{
      {{kNan, kNan, kNan, 0}, {kNan, kNan, kInfinity, 0xffffffff}, {kNan, kNan, -1e38f, 0}}};
  std::size_t turn = 0;
  for_ticks(kAttackTicks, [&] {
    tessera_client_set_controls(core, &kNonsense[turn++ % kNonsense.size()]);
    poll();
  });
  tessera_own after{};
  tessera_client_own(core, &after);
  EXPECT_EQ(tessera_udp_state(client), 3) << "it is still connected";
  EXPECT_EQ(after.position[0], own.position[0]);
  EXPECT_EQ(after.position[2], own.position[2]);
  EXPECT_TRUE(std::isfinite(after.position[1]) && std::isfinite(after.heading));
  tessera_udp_destroy(client);
}

}  // namespace
}  // namespace tessera::scenarios
