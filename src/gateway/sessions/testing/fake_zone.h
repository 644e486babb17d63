// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: the zone at the other end of a link. It remembers what comes up and sends what it is
// told.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cluster/link/link.h"
#include "cluster/link/session_messages.h"
#include "protocol/messages/control.pb.h"

namespace tessera::gateway {

inline std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}
inline std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class FakeZone {
 public:
  explicit FakeZone(cluster::Link& link) : link_(link) {}

  struct Seen {
    cluster::UpHeader header;
    std::string bytes;
  };

  /// Takes what came up; returns how much.
  std::size_t poll() {
    return link_.drain_up([&](const cluster::UpHeader& header, std::span<const std::byte> bytes) {
      seen.push_back({header, text_of(bytes)});
      if (header.kind == cluster::UpKind::SessionOpened) {
        const auto opened = cluster::decode_opened_session(bytes);
        if (opened) sessions[opened->character.value] = header.session;
      }
    });
  }
  std::size_t count(cluster::UpKind kind, SessionId session = {}) const {
    std::size_t count = 0;
    for (const Seen& one : seen) {
      count += one.header.kind == kind && (!session || one.header.session == session) ? 1 : 0;
    }
    return count;
  }
  /// The last of a kind; null without.
  const Seen* last(cluster::UpKind kind) const {
    for (std::size_t i = seen.size(); i-- > 0;) {
      if (seen[i].header.kind == kind) return &seen[i];
    }
    return nullptr;
  }
  /// The latest session of a character; none before it opened.
  SessionId session_of(std::uint64_t character) const {
    const auto found = sessions.find(character);
    return found == sessions.end() ? SessionId{} : found->second;
  }

  bool snapshot(SessionId session, std::uint32_t number, std::string_view text) {
    return link_.push_down({session, number, cluster::DownKind::Snapshot}, bytes_of(text));
  }
  bool message(SessionId session, std::string_view text) {
    return link_.push_down({session, 0, cluster::DownKind::Message}, bytes_of(text));
  }
  void disconnect(SessionId session, cluster::CloseReason reason, std::string_view sentence) {
    link_.push_down({session, static_cast<std::uint32_t>(reason), cluster::DownKind::Disconnect},
                    bytes_of(sentence));
  }
  void flush() { link_.flush_down(); }

  std::vector<Seen> seen;
  std::map<std::uint64_t, SessionId> sessions;  ///< by character

 private:
  cluster::Link& link_;
};

/// The Disconnecting in a control message; reason 999 when it is none.
inline protocol::Disconnecting disconnecting_in(std::string_view message) {
  protocol::ServerControl control;
  protocol::Disconnecting none;
  none.set_reason(999);
  if (!control.ParseFromString(std::string(message)) || !control.has_disconnecting()) return none;
  return control.disconnecting();
}

}  // namespace tessera::gateway
