// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/detail/control_words.h"

#include "protocol/limits.h"
#include "protocol/messages/control.pb.h"

namespace tessera::gateway::detail {

std::string_view default_sentence(cluster::CloseReason reason) {
  switch (reason) {
    case cluster::CloseReason::ClientLeft:
      return "Goodbye.";
    case cluster::CloseReason::TimedOut:
      return "The connection was silent for too long.";
    case cluster::CloseReason::Kicked:
      return "You were removed from the world.";
    case cluster::CloseReason::Banned:
      return "This account is banned.";
    case cluster::CloseReason::LoggedInElsewhere:
      return "This character is played from another place now.";
    case cluster::CloseReason::ServerStopping:
      return "The server stops. Your character is saved.";
    case cluster::CloseReason::SlowClient:
      return "The connection is too slow for what happens around you.";
    case cluster::CloseReason::ProtocolError:
      return "The client sent what the server does not understand.";
    case cluster::CloseReason::TooFast:
      return "The client sent too much.";
    case cluster::CloseReason::Moved:
      return "The way leads on.";
  }
  return "";
}

std::string disconnecting_message(cluster::CloseReason reason, std::string_view sentence) {
  protocol::ServerControl control;
  auto* disconnecting = control.mutable_disconnecting();
  disconnecting->set_reason(static_cast<std::uint32_t>(reason));
  std::size_t size = std::min(sentence.size(), protocol::kSentenceBytesMax);
  while (size < sentence.size() && size > 0 && (sentence[size] & 0xc0) == 0x80) --size;
  disconnecting->set_text(std::string(sentence.substr(0, size)));
  return control.SerializeAsString();
}

}  // namespace tessera::gateway::detail
