// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// session_bits record SEED TICKS FILE   writes down a session
// session_bits play FILE OUT            plays it to the client core, writes down all that it gives
//
// play_session.mjs does the second with the client core that browsers load.
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "engine/platform/files.h"
#include "tests/wasm/session_recording.h"

namespace {

using namespace tessera::tests;

class Transcript {
 public:
  explicit Transcript(const char* file) : file_(std::fopen(file, "wb")) {}
  ~Transcript() { std::fclose(file_); }
  Transcript(const Transcript&) = delete;
  Transcript& operator=(const Transcript&) = delete;
  void put(const void* bytes, std::size_t size) { std::fwrite(bytes, 1, size, file_); }

 private:
  std::FILE* file_;
};

void play_frame(tessera_client* client, std::int64_t now_us, Transcript& out) {
  tessera_client_advance(client, now_us);
  std::uint8_t packet[TESSERA_PACKET_BYTES_MAX];
  while (const std::size_t size = tessera_client_write(client, now_us, packet)) {
    out.put(packet, size);
  }
  tessera_own own;
  tessera_client_own(client, now_us, &own);
  out.put(&own, sizeof own);
  tessera_view view;
  tessera_client_view_now(client, now_us, &view);
  out.put(view.ids, 8 * view.count);
  out.put(view.positions, 12 * view.count);
  out.put(view.velocities, 12 * view.count);
  out.put(view.headings, 4 * view.count);
  out.put(view.looks, 4 * view.count);
  out.put(view.emotes, 4 * view.count);
  tessera_event event;
  while (tessera_client_next_event(client, &event) != 0) out.put(event.bytes, event.size);
}

void play(const std::vector<std::byte>& rows, Transcript& out) {
  const std::uint16_t level[4] = {};
  tessera_terrain terrain{};
  terrain.samples = level;
  terrain.columns = terrain.rows = 2;
  terrain.spacing_m = 4096;
  tessera_world* const world = tessera_world_create(&terrain, nullptr, 0);
  tessera_client* const client = tessera_client_create(world);
  for (std::size_t at = 0; at < rows.size();) {
    std::uint32_t head[2];
    std::int64_t now_us = 0;
    std::memcpy(head, &rows[at], 8);
    std::memcpy(&now_us, &rows[at + 8], 8);
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(&rows[at + 16]);
    if (head[0] == kRowPacket) {
      tessera_client_receive(client, now_us, bytes, head[1]);
    } else {
      tessera_controls controls;
      std::memcpy(&controls, bytes, sizeof controls);
      tessera_client_set_controls(client, &controls);
      play_frame(client, now_us, out);
    }
    at += (16 + head[1] + 7) / 8 * 8;
  }
  tessera_client_destroy(client);
  tessera_world_destroy(world);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "record" && argc == 5) {
    const auto rows = record_session(std::strtoull(argv[2], nullptr, 10),
                                     static_cast<int>(std::strtol(argv[3], nullptr, 10)));
    Transcript(argv[4]).put(rows.data(), rows.size());
    return 0;
  }
  if (what == "play" && argc == 4) {
    const auto rows = tessera::platform::read_file(argv[2]);
    if (!rows) return 1;
    Transcript out(argv[3]);
    play(*rows, out);
    return 0;
  }
  std::fprintf(stderr, "usage: session_bits record SEED TICKS FILE | play FILE OUT\n");
  return 2;
}
