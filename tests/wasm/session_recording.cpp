// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tests/wasm/session_recording.h"

#include <cstring>

#include "client/testing/shard.h"

namespace tessera::tests {
namespace {

using client::testing::Player;
using client::testing::Shard;

void put(std::vector<std::byte>& out, const void* bytes, std::size_t size) {
  const auto* const first = static_cast<const std::byte*>(bytes);
  out.insert(out.end(), first, first + size);
}

void put_row(std::vector<std::byte>& out, std::uint32_t kind, std::int64_t now_us,
             const void* bytes, std::size_t size) {
  const auto length = static_cast<std::uint32_t>(size);
  put(out, &kind, sizeof kind);
  put(out, &length, sizeof length);
  put(out, &now_us, sizeof now_us);
  put(out, bytes, size);
  out.resize((out.size() + 7) / 8 * 8);
}

}  // namespace

std::vector<std::byte> record_session(std::uint64_t seed, int ticks) {
  Shard shard({.seed = seed,
               .chaos = {.loss_percent = 3,
                         .duplicate_percent = 1,
                         .reorder_percent = 2,
                         .delay_ms = 40,
                         .jitter_ms = 20}});
  for (int i = 0; i < 150; ++i) {
    shard.add_walker({shard.random().between(1930, 2166), 0, shard.random().between(1930, 2166)});
  }
  shard.add_player({2048, 0, 2048});
  std::vector<std::byte> out;
  tessera_controls controls{};
  shard.heard = [&](Player&, std::span<const std::byte> packet) {
    put_row(out, kRowPacket, shard.now_us(), packet.data(), packet.size());
  };
  shard.control = [&](Player& player) {
    if (shard.random().chance(0.05f)) {
      controls.move_east = shard.random().between(-1, 1);
      controls.move_south = shard.random().between(-1, 1);
      controls.heading = shard.random().between(-3, 3);
      controls.buttons = shard.random().chance(0.5f) ? shard.random().below(16) : 0;
    }
    const auto move = [](float part) { return static_cast<std::int8_t>(part * 127); };
    player.core.set_controls({.move_x = move(controls.move_east),
                              .move_z = move(controls.move_south),
                              .buttons = static_cast<std::uint8_t>(controls.buttons),
                              .heading = controls.heading});
    put_row(out, kRowFrame, shard.now_us(), &controls, sizeof controls);
  };
  shard.run(ticks);
  return out;
}

}  // namespace tessera::tests
