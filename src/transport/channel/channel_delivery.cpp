// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which packets arrived. A packet is lost when the peer has a later one but not it, and either
// three packets or enough time to rule out a mere change of order lie between them (as in QUIC, RFC
// 9002); when it is 64 packets old; or when nothing was heard for a retransmission timeout. A
// packet said to be lost may still arrive: then something was sent twice, which does no harm.
#include <algorithm>
#include <cmath>

#include "transport/channel/detail/channel_state.h"

namespace tessera::channel {
namespace {

constexpr std::uint16_t kLostAfterPackets = 3;
/// Jitter below this never looks like a loss.
constexpr double kReorderUs = 15'000;
constexpr double kFirstTimeoutUs = 500'000;
/// A peer acknowledges with its next packet: 50 ms at 20 Hz, and the tick it waits for.
constexpr double kTimeoutFloorUs = 250'000;
constexpr int kTimeoutDoublingsMax = 3;

}  // namespace

void Channel::on_acknowledgement(std::int64_t now_us, const detail::PacketHeader& header) {
  State& s = *state_;
  const auto behind_next = static_cast<std::uint16_t>(s.next_sequence - header.ack);
  if (behind_next == 0 || behind_next > kPacketsInFlightMax) return;  // never sent, or long ago
  detail::SentPacket& newest = s.slot(header.ack);
  const std::int64_t newest_sent_us = newest.sent_us;
  if (newest.in_flight) {
    if (header.delay_ms != detail::kDelayUnknown) {
      measure_rtt(now_us - newest.sent_us - std::int64_t{header.delay_ms} * 1000);
    }
    s.timeouts_in_row = 0;
  }
  const double reorder_us = std::max(kReorderUs, 2 * s.rtt_variance_us);
  const auto distance = static_cast<std::uint16_t>(header.ack - s.oldest_in_flight);
  if (distance >= kPacketsInFlightMax) return;  // all up to the ack are settled
  for (std::uint16_t sequence = s.oldest_in_flight;
       static_cast<std::uint16_t>(header.ack - sequence) <= distance; ++sequence) {
    detail::SentPacket& packet = s.slot(sequence);
    if (!packet.in_flight) continue;
    const auto before_ack = static_cast<std::uint16_t>(header.ack - sequence);
    const bool told = before_ack <= detail::kMissingBits;
    if (before_ack == 0 || (told && (header.missing >> (before_ack - 1) & 1) == 0)) {
      on_arrived(packet);
    } else if (before_ack >= kLostAfterPackets ||
               static_cast<double>(newest_sent_us - packet.sent_us) >= reorder_us) {
      on_lost(packet);
    }
  }
}

void Channel::on_arrived(detail::SentPacket& packet) {
  loss_ -= loss_ / 64;
  settle(packet, true);
}

void Channel::on_lost(detail::SentPacket& packet) {
  // An acknowledgement alone gets none itself, so nobody knows whether it arrived.
  if (packet.has_sections) {
    loss_ += (1 - loss_) / 64;
    ++statistics_.packets_lost;
  }
  settle(packet, false);
}

void Channel::settle(detail::SentPacket& packet, bool arrived) {
  State& s = *state_;
  packet.in_flight = false;
  for (std::uint8_t i = 0; i < packet.tag_count; ++i) {
    deliveries_.push_back({packet.tags[i], arrived});
  }
  if (packet.has_pieces) {
    std::erase_if(s.pieces, [&](const detail::PieceInFlight& piece) {
      if (piece.sequence != packet.sequence) return false;
      detail::SendStream& stream = s.send_streams[piece.stream];
      if (arrived) {
        queued_bytes_ -= stream.arrived(piece.range);
      } else {
        stream.lost(piece.range);
      }
      return true;
    });
  }
  while (s.oldest_in_flight != s.next_sequence && !s.slot(s.oldest_in_flight).in_flight) {
    ++s.oldest_in_flight;
  }
}

/// Smoothed as TCP does (RFC 6298).
void Channel::measure_rtt(std::int64_t sample_us) {
  State& s = *state_;
  const auto sample = static_cast<double>(std::max<std::int64_t>(sample_us, 0));
  if (s.rtt_us == 0) {
    s.rtt_us = std::max(sample, 1.0);
    s.rtt_variance_us = sample / 2;
  } else {
    s.rtt_variance_us += (std::abs(sample - s.rtt_us) - s.rtt_variance_us) / 4;
    s.rtt_us += (sample - s.rtt_us) / 8;
  }
  rtt_ms_ = static_cast<float>(s.rtt_us / 1000);
}

void Channel::notice_timeouts(std::int64_t now_us) {
  State& s = *state_;
  if (s.oldest_in_flight == s.next_sequence) return;
  const double base_us =
      s.rtt_us == 0 ? kFirstTimeoutUs
                    : std::max(kTimeoutFloorUs, s.rtt_us + 4 * s.rtt_variance_us +
                                                    static_cast<double>(options_.ack_delay_max_us));
  const double timeout_us = base_us * (1 << std::min(s.timeouts_in_row, kTimeoutDoublingsMax));
  bool noticed = false;
  while (s.oldest_in_flight != s.next_sequence) {
    detail::SentPacket& packet = s.slot(s.oldest_in_flight);
    if (static_cast<double>(now_us - packet.sent_us) < timeout_us) break;
    noticed = noticed || packet.has_sections;
    on_lost(packet);  // moves oldest_in_flight on
  }
  if (noticed) ++s.timeouts_in_row;
}

}  // namespace tessera::channel
