// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a channel holds: the packets under way, what came of the peer's, and the streams.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "transport/channel/channel.h"
#include "transport/channel/detail/packet_header.h"
#include "transport/channel/detail/receive_stream.h"
#include "transport/channel/detail/section_codec.h"
#include "transport/channel/detail/send_stream.h"

namespace tessera::channel::detail {

/// A piece is not cut smaller than this to fill a packet.
inline constexpr std::size_t kPieceBytesMin = 16;
/// Pieces under way, of all streams: 64 packets with four each.
inline constexpr std::size_t kPiecesInFlightMax = 256;
/// So many unacknowledged packets are answered without waiting: half of what a header can tell.
inline constexpr std::uint32_t kArrivalsOwedMax = 16;

/// A packet of ours whose fate is not known, in the place sequence % kPacketsInFlightMax.
struct SentPacket {
  std::int64_t sent_us = 0;
  std::array<std::uint32_t, kTaggedSectionsMax> tags{};
  std::uint16_t sequence = 0;
  std::uint8_t tag_count = 0;
  bool in_flight = false;
  bool has_sections = false;  ///< the peer owes an acknowledgement
  bool has_pieces = false;
};

struct PieceInFlight {
  std::uint16_t sequence = 0;
  std::uint8_t stream = 0;
  Range range;
};

/// What has arrived of the peer's packets, as our headers tell it.
struct Arrivals {
  bool any = false;
  std::uint16_t newest = UINT16_MAX;  ///< so that the first packet, 0, follows it
  std::uint64_t missing = 0;          ///< bit i: newest - 1 - i
  std::int64_t newest_at_us = 0;
  std::uint32_t owed = 0;  ///< packets with sections since we last wrote
  std::int64_t owed_since_us = 0;
};

}  // namespace tessera::channel::detail

namespace tessera::channel {

struct Channel::State {
  std::array<detail::SentPacket, kPacketsInFlightMax> sent{};
  std::uint16_t next_sequence = 0;
  std::uint16_t oldest_in_flight = 0;  ///< none before it is in flight
  std::vector<detail::PieceInFlight> pieces;

  detail::Arrivals arrivals;
  std::vector<detail::SendStream> send_streams;        // as far as used
  std::vector<detail::ReceiveStream> receive_streams;  // as far as used
  std::uint8_t first_stream = 0;                       ///< the next to have the first go

  double rtt_us = 0;
  double rtt_variance_us = 0;
  int timeouts_in_row = 0;
  std::int64_t stream_credit = 0;
  std::int64_t credit_at_us = INT64_MIN;

  detail::SentPacket& slot(std::uint16_t sequence) { return sent[sequence % kPacketsInFlightMax]; }
  /// Packets from the oldest in flight to the newest, at most kPacketsInFlightMax.
  std::uint16_t span_in_flight() const {
    return static_cast<std::uint16_t>(next_sequence - oldest_in_flight);
  }
  void refill_credit(std::int64_t now_us, std::size_t bytes_per_s);
  bool window_full() const { return span_in_flight() >= kPacketsInFlightMax; }
};

}  // namespace tessera::channel
