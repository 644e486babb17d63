// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A peer that sends anything. The input is a row of packets: length (1, counting by five), bytes.
// Between them the channel goes on sending, so that acknowledgements meet packets under way, and
// whatever it keeps must stay within its bounds.
#include <cstdint>
#include <vector>

#include "engine/core/bytes.h"
#include "transport/channel/channel.h"

namespace tessera::channel {
namespace {

struct Sink : Receiver {
  void on_section(std::uint8_t kind, std::span<const std::byte> bytes) override {
    TESSERA_ASSERT(kind > 0 && kind <= kSectionKindMax && bytes.size() <= kPacketBytesMax,
                   "section");
  }
  void on_message(std::uint8_t stream, std::span<const std::byte> bytes) override {
    TESSERA_ASSERT(stream < 8 && bytes.size() <= kClientBoundMessageBytesMax, "message");
  }
};

void run(const Options& options, ByteReader in) {
  Channel channel(options);
  Sink sink;
  std::vector<std::byte> packet(kPacketBytesMax);
  const std::vector<std::byte> message(100);
  std::int64_t now = 0;
  std::uint32_t told = 0;
  std::uint32_t tags = 0;
  while (in.left() > 0) {
    now += 20'000;
    const auto length = in.number<std::uint8_t>();
    const auto bytes = in.bytes(std::min<std::size_t>(length * std::size_t{5}, in.left()));
    const auto read = channel.read_packet(now, bytes, sink);
    if (!read) break;  // the session would end here
    (void)channel.send(static_cast<std::uint8_t>(length % 8), message);
    const Section section{1, ++tags, message};
    channel.write_packet(now, {&section, 1}, packet);
    channel.take_deliveries([&](const Delivery&) { ++told; });
    TESSERA_ASSERT(told <= tags, "told of more than was sent");
    TESSERA_ASSERT(channel.memory_bytes() < 1'500'000, "memory without a bound");
  }
}

}  // namespace
}  // namespace tessera::channel

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tessera::ByteReader in(std::as_bytes(std::span(data, size)));
  tessera::channel::run(tessera::channel::Options::server(), in);
  tessera::channel::run(tessera::channel::Options::client(), in);
  return 0;
}
