// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Reading a peer's packet. It is checked whole before anything of it counts, so that a packet is
// never acknowledged whose parts were refused.
#include <algorithm>

#include "transport/channel/detail/channel_state.h"

namespace tessera::channel {

std::expected<void, DecodeError> Channel::read_packet(std::int64_t now_us,
                                                      std::span<const std::byte> bytes,
                                                      Receiver& receiver) {
  if (bytes.size() > kPacketBytesMax) return std::unexpected(DecodeError::OutOfRange);
  ByteReader in(bytes);
  const detail::PacketHeader header = detail::read_header(in);
  if (!in.ok()) return std::unexpected(DecodeError::Malformed);
  if (!is_new(header.sequence)) {
    ++statistics_.packets_stale;
    return {};
  }
  const ByteReader sections = in;
  const auto has_sections = check_sections(sections);
  if (!has_sections) return std::unexpected(has_sections.error());
  note_arrival(now_us, header.sequence, *has_sections);
  ++statistics_.packets_received;
  if (header.acknowledges) on_acknowledgement(now_us, header);
  return read_sections(sections, receiver);
}

bool Channel::is_new(std::uint16_t sequence) const {
  const detail::Arrivals& arrivals = state_->arrivals;
  const auto ahead = static_cast<std::uint16_t>(sequence - arrivals.newest);
  if (ahead != 0 && ahead < 0x8000) return true;
  if (!arrivals.any) return false;  // before the first of all
  const auto behind = static_cast<std::uint16_t>(arrivals.newest - sequence);
  return behind > 0 && behind <= kPacketsInFlightMax && (arrivals.missing >> (behind - 1) & 1) != 0;
}

void Channel::note_arrival(std::int64_t now_us, std::uint16_t sequence, bool has_sections) {
  detail::Arrivals& arrivals = state_->arrivals;
  const auto ahead = static_cast<std::uint16_t>(sequence - arrivals.newest);
  if (ahead < 0x8000) {
    // All between the former newest (which had arrived) and this one is missing for now.
    const std::uint64_t between = ahead > 64 ? UINT64_MAX : (std::uint64_t{1} << (ahead - 1)) - 1;
    arrivals.missing = (ahead < 64 ? arrivals.missing << ahead : 0) | between;
    arrivals.newest = sequence;
    arrivals.newest_at_us = now_us;
    arrivals.any = true;
  } else {
    const auto behind = static_cast<std::uint16_t>(arrivals.newest - sequence);
    arrivals.missing &= ~(std::uint64_t{1} << (behind - 1));
  }
  if (!has_sections) return;
  if (arrivals.owed++ == 0) arrivals.owed_since_us = now_us;
}

std::expected<bool, DecodeError> Channel::check_sections(ByteReader in) {
  const State& s = *state_;
  const detail::ReceiveStream::Limits limits{options_.receive_message_bytes_max,
                                             options_.receive_window_bytes};
  static const detail::ReceiveStream kUnused;
  bool any = false;
  while (in.ok() && in.left() > 0) {
    any = true;
    const detail::ReadSection section = detail::read_section(in);
    if (!in.ok()) break;
    if (!section.is_piece) continue;
    if (section.number >= options_.stream_count) return std::unexpected(DecodeError::OutOfRange);
    const bool used = section.number < s.receive_streams.size();
    const detail::ReceiveStream& stream = used ? s.receive_streams[section.number] : kUnused;
    const auto offset = stream.whole_offset(section.offset_low);
    if (!offset || !stream.accepts({*offset, *offset + section.bytes.size()}, limits)) {
      return std::unexpected(DecodeError::OutOfRange);
    }
  }
  if (!in.ok()) return std::unexpected(DecodeError::Malformed);
  return any;
}

std::expected<void, DecodeError> Channel::read_sections(ByteReader in, Receiver& receiver) {
  State& s = *state_;
  const detail::ReceiveStream::Limits limits{options_.receive_message_bytes_max,
                                             options_.receive_window_bytes};
  while (in.left() > 0) {
    const detail::ReadSection section = detail::read_section(in);
    if (!section.is_piece) {
      receiver.on_section(section.number, section.bytes);
      continue;
    }
    if (s.receive_streams.size() <= section.number) {
      s.receive_streams.resize(section.number + std::size_t{1});
    }
    detail::ReceiveStream& stream = s.receive_streams[section.number];
    // Checked before; pieces of this packet may have moved the stream on, never back.
    const std::uint64_t offset = stream.whole_offset(section.offset_low).value_or(0);
    const bool sound = stream.receive(
        {offset, offset + section.bytes.size()}, section.bytes, limits,
        [&](std::span<const std::byte> message) { receiver.on_message(section.number, message); });
    if (!sound) return std::unexpected(DecodeError::OutOfRange);
  }
  return {};
}

}  // namespace tessera::channel
