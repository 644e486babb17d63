// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "cluster/link/session_messages.h"

#include <cmath>

namespace tessera::cluster {

std::span<const std::byte> encode(const OpenedSession& session,
                                  std::span<std::byte, kOpenedSessionBytesMax> out) {
  ByteWriter writer(out);
  writer.number(session.account.value);
  writer.number(session.character.value);
  const std::string_view name = session.name.view();
  writer.number(static_cast<std::uint8_t>(name.size()));
  writer.bytes(std::as_bytes(std::span(name)));
  writer.number(session.look);
  writer.number(session.position_m.x);
  writer.number(session.position_m.y);
  writer.number(session.position_m.z);
  writer.number(session.heading_rad);
  writer.number(static_cast<std::uint8_t>(session.has_position ? 1 : 0));
  writer.number(session.play_seconds);
  writer.number(session.epoch);
  return writer.written();
}

std::expected<OpenedSession, DecodeError> decode_opened_session(std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  OpenedSession session;
  session.account.value = reader.number<std::uint64_t>();
  session.character.value = reader.number<std::uint64_t>();
  // One byte of length, not a varint: every session has one encoding only.
  const auto name_bytes = reader.bytes(reader.number<std::uint8_t>());
  const std::string_view name(reinterpret_cast<const char*>(name_bytes.data()), name_bytes.size());
  session.name = FixedString<kOpenedNameBytesMax>(name);
  session.look = reader.number<std::uint32_t>();
  session.position_m.x = reader.number<float>();
  session.position_m.y = reader.number<float>();
  session.position_m.z = reader.number<float>();
  session.heading_rad = reader.number<float>();
  const auto has_position = reader.number<std::uint8_t>();
  session.has_position = has_position == 1;
  session.play_seconds = reader.number<std::uint64_t>();
  session.epoch = reader.number<std::uint64_t>();
  if (!reader.ok()) return std::unexpected(DecodeError::Truncated);
  if (!reader.done()) return std::unexpected(DecodeError::TrailingBytes);
  const math::Vec3 at = session.position_m;
  const bool finite = std::isfinite(at.x) && std::isfinite(at.y) && std::isfinite(at.z) &&
                      std::isfinite(session.heading_rad);
  if (!finite || has_position > 1 || session.name.view().size() != name.size() ||
      !session.account || !session.character) {
    return std::unexpected(DecodeError::Malformed);
  }
  return session;
}

}  // namespace tessera::cluster
