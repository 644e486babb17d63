// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The limits of a channel, each with its reason. Both sides must agree on those marked (wire).
#pragma once

#include <cstddef>
#include <cstdint>

namespace tessera::channel {

/// A datagram of ours in all (wire). Fits every path that carries IPv6 (1,280) with room for
/// tunnels.
inline constexpr std::size_t kDatagramBytesMax = 1200;
/// netcode's prefix, sequence and tag around a packet: 1 + 8 + 16 at most.
inline constexpr std::size_t kSessionOverheadBytes = 25;
/// The largest packet (wire).
inline constexpr std::size_t kPacketBytesMax = kDatagramBytesMax - kSessionOverheadBytes;
/// flags 1, sequence 2, ack 2, ack delay 1, missing bits 4.
inline constexpr std::size_t kHeaderBytesMax = 10;
/// Kind and length before a section's bytes; the length takes 1 byte below 128, else 2.
inline constexpr std::size_t kSectionOverheadBytes = 3;
/// Kinds and streams take six bits on the wire.
inline constexpr std::uint8_t kSectionKindMax = 63;
inline constexpr std::uint8_t kStreamsMax = 64;
/// A packet holds this many tagged sections: a snapshot and an at-once answer, and as many to
/// spare.
inline constexpr std::size_t kTaggedSectionsMax = 4;
/// Packets under way: 3 s at 20 Hz. Older ones count as lost; what comes older is ignored (wire).
inline constexpr std::size_t kPacketsInFlightMax = 64;

/// What a message may measure and how far a stream may run ahead of what has arrived (wire).
/// Client-bound: a full character or map page comes in one message. Server-bound: chat and
/// commands; small, so that thousands of hostile clients cannot fill the memory.
inline constexpr std::size_t kClientBoundMessageBytesMax = 65'536;
inline constexpr std::size_t kClientBoundWindowBytes = 65'536;
inline constexpr std::size_t kServerBoundMessageBytesMax = 4'096;
inline constexpr std::size_t kServerBoundWindowBytes = 8'192;

struct Options {
  std::size_t packet_bytes_max = kPacketBytesMax;
  std::uint8_t stream_count = 8;
  /// Unacknowledged and waiting bytes of all streams together, 3 bytes a message included.
  std::size_t send_queue_bytes_max = 0;
  std::size_t send_message_bytes_max = 0;
  std::size_t send_window_bytes = 0;
  std::size_t receive_message_bytes_max = 0;
  std::size_t receive_window_bytes = 0;
  /// Streams send at most this fast on the whole, so that a large message does not swamp the link.
  std::size_t stream_bytes_per_s = 128 * 1024;
  /// An acknowledgement waits at most so long for a packet to ride on.
  std::int64_t ack_delay_max_us = 100'000;

  static Options server() {
    Options options;
    options.send_queue_bytes_max = 256 * 1024;
    options.send_message_bytes_max = kClientBoundMessageBytesMax;
    options.send_window_bytes = kClientBoundWindowBytes;
    options.receive_message_bytes_max = kServerBoundMessageBytesMax;
    options.receive_window_bytes = kServerBoundWindowBytes;
    return options;
  }
  static Options client() {
    Options options;
    options.send_queue_bytes_max = 64 * 1024;
    options.send_message_bytes_max = kServerBoundMessageBytesMax;
    options.send_window_bytes = kServerBoundWindowBytes;
    options.receive_message_bytes_max = kClientBoundMessageBytesMax;
    options.receive_window_bytes = kClientBoundWindowBytes;
    return options;
  }
};

/// The bytes a section takes in a packet.
constexpr std::size_t section_bytes(std::size_t size) { return size + kSectionOverheadBytes; }

}  // namespace tessera::channel
