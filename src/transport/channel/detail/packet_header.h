// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The header of a packet, 3 to 10 bytes:
//
//   flags       1   bits 0-2: bytes of missing (0..4); bit 3: acknowledges; bits 4-7: zero
//   sequence    2   one more for each packet, wrapping
//   ack         2   if it acknowledges: the newest sequence that arrived
//   ack delay   1   milliseconds since then; 255: unknown or longer
//   missing     0-4 bit i: ack - 1 - i has not arrived; high zero bytes left out
#pragma once

#include <bit>
#include <cstdint>

#include "engine/core/bytes.h"

namespace tessera::channel::detail {

inline constexpr std::uint8_t kAcknowledgesFlag = 0x08;
inline constexpr std::uint8_t kMissingBytesMask = 0x07;
inline constexpr std::uint8_t kDelayUnknown = 255;
inline constexpr unsigned kMissingBits = 32;

struct PacketHeader {
  std::uint16_t sequence = 0;
  bool acknowledges = false;
  std::uint16_t ack = 0;
  std::uint8_t delay_ms = 0;
  std::uint32_t missing = 0;
};

inline void write_header(ByteWriter& out, const PacketHeader& header) {
  if (!header.acknowledges) {
    out.number(std::uint8_t{0});
    out.number(header.sequence);
    return;
  }
  const auto count = static_cast<unsigned>(std::bit_width(header.missing) + 7) / 8;
  out.number(static_cast<std::uint8_t>(kAcknowledgesFlag | count));
  out.number(header.sequence);
  out.number(header.ack);
  out.number(header.delay_ms);
  for (unsigned i = 0; i < count; ++i) {
    out.number(static_cast<std::uint8_t>(header.missing >> (8 * i)));
  }
}

inline PacketHeader read_header(ByteReader& in) {
  const auto flags = in.number<std::uint8_t>();
  const unsigned count = flags & kMissingBytesMask;
  PacketHeader header;
  header.sequence = in.number<std::uint16_t>();
  header.acknowledges = (flags & kAcknowledgesFlag) != 0;
  if ((flags & 0xf0) != 0 || count > 4 || (count > 0 && !header.acknowledges)) in.fail();
  if (!in.ok() || !header.acknowledges) return header;
  header.ack = in.number<std::uint16_t>();
  header.delay_ms = in.number<std::uint8_t>();
  for (unsigned i = 0; i < count; ++i) {
    header.missing |= std::uint32_t{in.number<std::uint8_t>()} << (8 * i);
  }
  return header;
}

}  // namespace tessera::channel::detail
