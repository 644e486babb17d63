// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/intake/control_messages.h"

#include <string>

#include "protocol/limits.h"
#include "protocol/messages/control.pb.h"
#include "protocol/sections.h"

namespace tessera::intake {
namespace {

void send(cluster::Link& link, SessionId session, const protocol::ServerControl& message) {
  std::string bytes;
  message.SerializeToString(&bytes);
  link.push_down({.session = session,
                  .number = static_cast<std::uint32_t>(protocol::Topic::Control),
                  .kind = cluster::DownKind::Message},
                 std::as_bytes(std::span(bytes)));
}

/// Cut at a character's border, as FixedString does.
std::string cut(std::string_view sentence) {
  std::size_t size = std::min(sentence.size(), protocol::kSentenceBytesMax);
  while (size < sentence.size() && size > 0 && (sentence[size] & 0xc0) == 0x80) --size;
  return std::string(sentence.substr(0, size));
}

}  // namespace

void send_welcome(cluster::Link& link, SessionId session, const WelcomeMessage& welcome) {
  protocol::ServerControl control;
  protocol::Welcome& message = *control.mutable_welcome();
  message.set_entity(welcome.entity.value);
  message.set_tick(welcome.tick);
  message.set_zone(welcome.zone);
  message.set_zone_name(std::string(welcome.zone_name));
  message.set_ticks_per_second(kTicksPerSecond);
  message.set_content_hash(welcome.content_hash);
  message.set_protocol_version(protocol::kProtocolVersion);
  send(link, session, control);
}

void send_announcement(cluster::Link& link, SessionId session, std::string_view sentence) {
  protocol::ServerControl control;
  control.mutable_announcement()->set_text(cut(sentence));
  send(link, session, control);
}

void send_time_dilation(cluster::Link& link, SessionId session, std::uint32_t permille,
                        TickNumber from_tick) {
  protocol::ServerControl control;
  control.mutable_time_dilation()->set_permille(permille);
  control.mutable_time_dilation()->set_from_tick(from_tick);
  send(link, session, control);
}

void send_disconnect(cluster::Link& link, SessionId session, cluster::CloseReason reason,
                     std::string_view sentence) {
  const std::string text = cut(sentence);
  protocol::ServerControl control;
  control.mutable_disconnecting()->set_reason(static_cast<std::uint32_t>(reason));
  control.mutable_disconnecting()->set_text(text);
  send(link, session, control);
  link.push_down({.session = session,
                  .number = static_cast<std::uint32_t>(reason),
                  .kind = cluster::DownKind::Disconnect},
                 std::as_bytes(std::span(text)));
}

std::expected<ClientMessage, DecodeError> read_client_message(std::span<const std::byte> bytes) {
  protocol::ClientControl control;
  if (bytes.size() > protocol::kMessageBytesMax) return std::unexpected(DecodeError::OutOfRange);
  if (!control.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return std::unexpected(DecodeError::Malformed);
  }
  if (!control.has_leave()) return std::unexpected(DecodeError::Malformed);
  return ClientMessage::Leave;
}

}  // namespace tessera::intake
