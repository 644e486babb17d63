// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whatever comes over the link, the zone goes on: the input is a row of link messages (kind,
// session, number, flag, length, bytes) to a small world with two players; a kind beyond the known
// ones runs a tick.
#include <cstddef>
#include <cstdint>
#include <span>

#include "cluster/link/session_messages.h"
#include "engine/core/bytes.h"
#include "world/intake/intake.h"
#include "world/zone/testing/test_world.h"

namespace {

using namespace tessera;

class NoFeedback final : public intake::ViewFeedback {
 public:
  void delivered(SessionId, std::uint32_t, bool) override {}
  void want_own_state(SessionId) override {}
  void want_new_view(SessionId) override {}
  void choose_target(SessionId, EntityId) override {}
};

struct Shard {
  zone::TestWorld world;
  cluster::Link link{{.up_bytes = 1 << 16, .down_bytes = 1 << 16}};
  cluster::Link* links[1] = {&link};
  intake::Mailbox mailbox;
  NoFeedback feedback;
  intake::Intake intake{{}, links, mailbox, world.zone().registry(), feedback};

  void open(std::uint64_t id) {
    cluster::OpenedSession opened;
    opened.account = {id};
    opened.character = {id};
    std::array<std::byte, cluster::kOpenedSessionBytesMax> bytes;
    link.push_up({.session = {id}, .kind = cluster::UpKind::SessionOpened},
                 cluster::encode(opened, bytes));
  }
  void tick() {
    const TickNumber now = world.zone().now() + 1;
    intake.collect(now, world.zone().intents());
    world.zone().step(now);
    intake.learn(world.zone().events());
    link.flush_down();
    link.drain_down([](const cluster::DownHeader&, std::span<const std::byte>) {});
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Shard shard;
  shard.open(1);
  shard.open(2);
  shard.tick();
  ByteReader in(std::as_bytes(std::span(data, size)));
  while (in.left() > 0) {
    const auto kind = in.number<std::uint8_t>() % 8;
    if (kind > static_cast<std::uint8_t>(cluster::UpKind::RoundTrip)) {
      shard.tick();
      continue;
    }
    cluster::UpHeader header;
    header.kind = static_cast<cluster::UpKind>(kind);
    header.session = {in.number<std::uint8_t>() % 4u};
    header.number = in.number<std::uint16_t>();
    header.flag = in.number<std::uint8_t>();
    const auto bytes = in.bytes(static_cast<std::size_t>(in.varint_at_most(1024)));
    if (in.ok()) shard.link.push_up(header, bytes);
  }
  shard.tick();
  return 0;
}
