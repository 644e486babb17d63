// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "cluster/link/session_messages.h"

#include <cmath>

namespace tessera::cluster {
namespace {

// One byte of length, not a varint: every session has one encoding only.
void write_name(ByteWriter& writer, std::string_view name) {
  writer.number(static_cast<std::uint8_t>(name.size()));
  writer.bytes(std::as_bytes(std::span(name)));
}

/// False: longer than it may be.
template <std::size_t Max>
bool read_name(ByteReader& reader, FixedString<Max>& name) {
  const auto bytes = reader.bytes(reader.number<std::uint8_t>());
  name = FixedString<Max>({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return name.view().size() == bytes.size();
}

void write_place(ByteWriter& writer, const Place& place) {
  writer.number(place.position_m.x);
  writer.number(place.position_m.y);
  writer.number(place.position_m.z);
  writer.number(place.heading_rad);
}

Place read_place(ByteReader& reader) {
  Place place;
  place.position_m.x = reader.number<float>();
  place.position_m.y = reader.number<float>();
  place.position_m.z = reader.number<float>();
  place.heading_rad = reader.number<float>();
  return place;
}

bool is_finite(const Place& place) {
  return std::isfinite(place.position_m.x) && std::isfinite(place.position_m.y) &&
         std::isfinite(place.position_m.z) && std::isfinite(place.heading_rad);
}

}  // namespace

std::span<const std::byte> encode(const OpenedSession& session,
                                  std::span<std::byte, kOpenedSessionBytesMax> out) {
  ByteWriter writer(out);
  writer.number(session.account.value);
  writer.number(session.character.value);
  write_name(writer, session.name.view());
  writer.number(session.look);
  write_place(writer, {session.position_m, session.heading_rad});
  writer.number(static_cast<std::uint8_t>(session.has_position ? 1 : 0));
  writer.number(session.play_seconds);
  writer.number(session.epoch);
  writer.number(session.muted_s);
  writer.number(session.class_id);
  writer.number(session.level);
  writer.number(session.experience);
  write_name(writer, session.arrival.view());
  writer.number(static_cast<std::uint8_t>(session.return_place ? 1 : 0));
  if (session.return_place) write_place(writer, *session.return_place);
  write_name(writer, session.talents.view());
  return writer.written();
}

std::expected<OpenedSession, DecodeError> decode_opened_session(std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  OpenedSession session;
  session.account.value = reader.number<std::uint64_t>();
  session.character.value = reader.number<std::uint64_t>();
  bool good = read_name(reader, session.name);
  session.look = reader.number<std::uint32_t>();
  const Place place = read_place(reader);
  session.position_m = place.position_m;
  session.heading_rad = place.heading_rad;
  const auto has_position = reader.number<std::uint8_t>();
  session.has_position = has_position == 1;
  session.play_seconds = reader.number<std::uint64_t>();
  session.epoch = reader.number<std::uint64_t>();
  session.muted_s = reader.number<std::uint32_t>();
  session.class_id = reader.number<std::uint16_t>();
  session.level = reader.number<std::uint16_t>();
  session.experience = reader.number<std::uint64_t>();
  good = read_name(reader, session.arrival) && good;
  const auto has_return_place = reader.number<std::uint8_t>();
  if (has_return_place == 1) session.return_place = read_place(reader);
  good = read_name(reader, session.talents) && good;
  if (!reader.ok()) return std::unexpected(DecodeError::Truncated);
  if (!reader.done()) return std::unexpected(DecodeError::TrailingBytes);
  good = good && is_finite(place) && is_finite(session.return_place.value_or(Place{}));
  if (!good || has_position > 1 || has_return_place > 1 || !session.account || !session.character) {
    return std::unexpected(DecodeError::Malformed);
  }
  return session;
}

}  // namespace tessera::cluster
