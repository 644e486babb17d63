// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Two channels with a link between them, for tests.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "transport/channel/channel.h"

namespace tessera::channel::testing {

using Bytes = std::vector<std::byte>;

inline Bytes bytes_of(std::string_view text) {
  const auto view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

/// `size` bytes that differ by `seed`.
inline Bytes pattern(std::size_t size, std::uint32_t seed) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>((seed * 131 + i * 7 + (i >> 8)) & 0xff);
  }
  return bytes;
}

/// Keeps what a packet contained.
struct Recorder : Receiver {
  std::vector<std::pair<std::uint8_t, Bytes>> sections;
  std::map<std::uint8_t, std::vector<Bytes>> messages;

  void on_section(std::uint8_t kind, std::span<const std::byte> bytes) override {
    sections.emplace_back(kind, Bytes(bytes.begin(), bytes.end()));
  }
  void on_message(std::uint8_t stream, std::span<const std::byte> bytes) override {
    messages[stream].emplace_back(bytes.begin(), bytes.end());
  }
};

/// A channel, what it received and what it was told of its own packets.
struct Side {
  explicit Side(const Options& options) : channel(options) {}

  Bytes write(std::int64_t now_us, std::span<const Section> sections = {}) {
    std::array<std::byte, kPacketBytesMax> buffer;
    const std::size_t size = channel.write_packet(now_us, sections, buffer);
    return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size)};
  }
  Bytes write_tagged(std::int64_t now_us, std::uint32_t tag) {
    const Bytes body = pattern(40, tag);
    const Section section{2, tag, body};
    return write(now_us, {&section, 1});
  }
  auto read(std::int64_t now_us, std::span<const std::byte> packet) {
    return channel.read_packet(now_us, packet, received);
  }
  std::vector<std::pair<std::uint32_t, bool>> deliveries() {
    std::vector<std::pair<std::uint32_t, bool>> result;
    channel.take_deliveries([&](const Delivery& d) { result.emplace_back(d.tag, d.arrived); });
    return result;
  }

  Channel channel;
  Recorder received;
};

}  // namespace tessera::channel::testing
