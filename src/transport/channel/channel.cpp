// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/channel/channel.h"

#include <algorithm>
#include <array>

#include "transport/channel/detail/channel_state.h"

namespace tessera::channel {

namespace {

/// A stream may burst this much beyond its rate: 14 full packets.
constexpr std::int64_t kStreamBurstBytes = 16 * 1024;

bool options_are_sound(const Options& options) {
  const std::size_t offset_range = std::size_t{1} << (detail::ReceiveStream::kOffsetBits - 2);
  return options.packet_bytes_max <= kPacketBytesMax && options.packet_bytes_max >= 64 &&
         options.stream_count > 0 && options.stream_count <= kStreamsMax &&
         options.send_window_bytes > 0 && options.send_window_bytes < offset_range &&
         options.receive_window_bytes > 0 && options.receive_window_bytes < offset_range &&
         options.send_queue_bytes_max > options.send_message_bytes_max;
}

}  // namespace

void Channel::State::refill_credit(std::int64_t now_us, std::size_t bytes_per_s) {
  if (credit_at_us == INT64_MIN) {
    stream_credit = kStreamBurstBytes;
    credit_at_us = now_us;
    return;
  }
  const std::int64_t passed_us = std::clamp<std::int64_t>(now_us - credit_at_us, 0, 1'000'000);
  const std::int64_t earned = passed_us * static_cast<std::int64_t>(bytes_per_s) / 1'000'000;
  if (earned == 0) return;  // too little time: it counts with the next
  credit_at_us = now_us;
  stream_credit = std::min(stream_credit + earned, kStreamBurstBytes);
}

Channel::Channel(const Options& options) : state_(std::make_unique<State>()), options_(options) {
  TESSERA_ASSERT(options_are_sound(options), "channel: options beyond what the format can carry");
}
Channel::Channel(Channel&&) noexcept = default;
Channel& Channel::operator=(Channel&&) noexcept = default;
Channel::~Channel() = default;

bool Channel::send(std::uint8_t stream, std::span<const std::byte> message) {
  TESSERA_ASSERT(stream < options_.stream_count, "channel: no such stream");
  TESSERA_ASSERT(message.size() <= options_.send_message_bytes_max, "channel: message too large");
  const std::size_t bytes = message.size() + varint_size(message.size());
  if (queued_bytes_ + bytes > options_.send_queue_bytes_max) return false;
  auto& streams = state_->send_streams;
  if (streams.size() <= stream) streams.resize(stream + std::size_t{1});
  streams[stream].append(message);
  queued_bytes_ += bytes;
  return true;
}

std::size_t Channel::write_packet(std::int64_t now_us, std::span<const Section> unreliable,
                                  std::span<std::byte> out_bytes) {
  TESSERA_ASSERT(out_bytes.size() >= options_.packet_bytes_max, "channel: packet buffer too small");
  State& s = *state_;
  notice_timeouts(now_us);
  s.refill_credit(now_us, options_.stream_bytes_per_s);
  // The oldest makes room: what nobody acknowledged for 64 packets is lost.
  if (s.window_full()) on_lost(s.slot(s.oldest_in_flight));

  const std::uint16_t sequence = s.next_sequence++;
  detail::SentPacket& packet = s.slot(sequence);
  packet = {.sent_us = now_us, .sequence = sequence, .in_flight = true};
  detail::Arrivals& arrivals = s.arrivals;
  const std::int64_t delay_ms = (now_us - arrivals.newest_at_us) / 1000;

  const auto packet_bytes = out_bytes.first(options_.packet_bytes_max);
  ByteWriter out(packet_bytes);
  detail::write_header(
      out, {.sequence = sequence,
            .acknowledges = arrivals.any,
            .ack = arrivals.newest,
            .delay_ms = static_cast<std::uint8_t>(std::clamp<std::int64_t>(delay_ms, 0, 255)),
            .missing = static_cast<std::uint32_t>(arrivals.missing)});
  arrivals.owed = 0;

  detail::SectionWriter sections(out);
  for (const Section& section : unreliable) {
    TESSERA_ASSERT(section.kind > 0 && section.kind <= kSectionKindMax,
                   "channel: bad section kind");
    sections.section(section.kind, section.bytes);
    if (section.tag == 0) continue;
    TESSERA_ASSERT(packet.tag_count < kTaggedSectionsMax, "channel: too many tagged sections");
    packet.tags[packet.tag_count++] = section.tag;
  }
  write_pieces(sections, packet);
  packet.has_sections = sections.any();
  sections.finish(packet_bytes);
  ++statistics_.packets_sent;
  return out.size();
}

bool Channel::stream_may_send() const {
  const auto due = [&](const detail::SendStream& stream) {
    return stream.has_piece(options_.send_window_bytes);
  };
  return state_->stream_credit > 0 && std::ranges::any_of(state_->send_streams, due);
}

void Channel::write_pieces(detail::SectionWriter& sections, detail::SentPacket& packet) {
  State& s = *state_;
  const std::size_t count = s.send_streams.size();
  for (std::size_t i = 0; i < count && s.stream_credit > 0; ++i) {
    const auto stream = static_cast<std::uint8_t>((s.first_stream + i) % count);
    detail::SendStream& source = s.send_streams[stream];
    while (sections.room() > detail::kPieceOverheadBytes + detail::kPieceBytesMin &&
           s.pieces.size() < detail::kPiecesInFlightMax) {
      const bool again = source.resends();
      const auto piece = source.take_piece(sections.room() - detail::kPieceOverheadBytes,
                                           options_.send_window_bytes);
      if (!piece) break;
      const auto bytes = source.bytes(*piece);
      sections.piece(stream, piece->begin, bytes);
      s.pieces.push_back({packet.sequence, stream, *piece});
      packet.has_pieces = true;
      s.stream_credit -= static_cast<std::int64_t>(bytes.size());
      if (again) statistics_.stream_bytes_resent += bytes.size();
    }
  }
  if (count > 0) s.first_stream = static_cast<std::uint8_t>((s.first_stream + 1) % count);
}

bool Channel::wants_to_send(std::int64_t now_us) {
  notice_timeouts(now_us);
  State& s = *state_;
  s.refill_credit(now_us, options_.stream_bytes_per_s);
  if (stream_may_send() && !s.window_full() && s.pieces.size() < detail::kPiecesInFlightMax) {
    return true;
  }
  return s.arrivals.owed >= detail::kArrivalsOwedMax ||
         (s.arrivals.owed > 0 && now_us - s.arrivals.owed_since_us >= options_.ack_delay_max_us);
}

std::size_t Channel::memory_bytes() const {
  const State& s = *state_;
  std::size_t bytes = sizeof(Channel) + sizeof(State) +
                      s.pieces.capacity() * sizeof(detail::PieceInFlight) +
                      deliveries_.capacity() * sizeof(Delivery) +
                      s.send_streams.capacity() * sizeof(detail::SendStream) +
                      s.receive_streams.capacity() * sizeof(detail::ReceiveStream);
  for (const auto& stream : s.send_streams) bytes += stream.memory_bytes();
  for (const auto& stream : s.receive_streams) bytes += stream.memory_bytes();
  return bytes;
}

}  // namespace tessera::channel
