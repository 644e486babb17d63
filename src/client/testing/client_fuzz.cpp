// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whatever a server sends, a client goes on: the input is a row of (kind, length, bytes). Kind 0 is
// a snapshot in an honest packet, 1 a message of the control stream, 2 a packet as it stands;
// others let time pass and play. What the client then shows keeps within its bounds.
#include <array>
#include <cmath>
#include <cstdlib>

#include "client/client.h"
#include "engine/core/bytes.h"

using namespace tessera;

namespace {

constexpr std::int64_t kFrameUs = 16'667;

/// The server's side, which does not listen.
class DeafReceiver final : public channel::Receiver {
 public:
  void on_section(std::uint8_t, std::span<const std::byte>) override {}
  void on_message(std::uint8_t, std::span<const std::byte>) override {}
};

struct Session {
  physics::CollisionWorld world{{{0, 0}, {4096, 4096}}, physics::HeightField(), {}};
  client::Client core{{}, world};
  channel::Channel server{channel::Options::server()};
  DeafReceiver ears;
  std::int64_t now_us = 1'000'000;
  std::uint32_t snapshots = 0;

  void tell(std::span<const channel::Section> sections) {
    std::array<std::byte, channel::kPacketBytesMax> packet;
    const std::size_t size = server.write_packet(now_us, sections, packet);
    if (size > 0) (void)core.receive(now_us, std::span(packet).first(size));
  }
  void play() {
    now_us += kFrameUs;
    core.set_controls({.move_x = 100, .move_z = -100, .buttons = 1, .heading = 1});
    core.begin_action(now_us, protocol::ActionKind::Emote, 1);
    core.advance(now_us);
    std::array<std::byte, channel::kPacketBytesMax> packet;
    while (const std::size_t size = core.write_packet(now_us, packet)) {
      (void)server.read_packet(now_us, std::span(packet).first(size), ears);
    }
    core.replica().each_visible([&](const client::RemoteEntity& entity) {
      const auto pose = core.pose(entity.id, now_us);
      if (!pose) return;
      const math::Vec3 at = pose->position;
      if (!std::isfinite(at.x + at.y + at.z)) std::abort();
    });
    core.clear_events();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Session session;
  ByteReader in(std::as_bytes(std::span(data, size)));
  while (in.ok() && in.left() > 0) {
    const auto kind = in.number<std::uint8_t>();
    const auto length = in.number<std::uint16_t>();
    const auto bytes = in.bytes(std::min<std::size_t>(length, in.left()));
    if (!in.ok()) break;
    if (kind == 0 && bytes.size() <= protocol::kSnapshotBytesMax) {
      const channel::Section snapshot{static_cast<std::uint8_t>(protocol::SectionKind::Snapshot),
                                      ++session.snapshots, bytes};
      session.tell({&snapshot, 1});
    } else if (kind == 1 && bytes.size() <= channel::kClientBoundMessageBytesMax) {
      (void)session.server.send(static_cast<std::uint8_t>(protocol::Topic::Control), bytes);
      session.tell({});
    } else if (kind == 2) {
      (void)session.core.receive(session.now_us, bytes);
    } else {
      session.play();
    }
  }
  session.play();
  return 0;
}
