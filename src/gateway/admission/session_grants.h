// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What an admitted character gets: a netcode connect token for UDP and a ticketed URL for
// WebSocket. Either opens its session, once, within some seconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "gateway/admission/session_claim.h"
#include "transport/netcode/standard.h"
#include "transport/udp/address.h"

namespace tessera::admission {

struct GrantOptions {
  std::uint64_t protocol_id = 0;  ///< of the netcode sessions
  netcode::Key private_key{};     ///< shared with the netcode server
  /// As clients reach the UDP port; the first is told.
  std::vector<udp::Address> udp_addresses;
  std::uint32_t valid_s = kGrantValid_s;  ///< as TicketOptions::valid_s
  std::int32_t timeout_s = 10;            ///< silence that ends a session
  bool websocket_tls = false;
  std::string websocket_host;  ///< "play.example.org:443"; empty: as the client called us
  std::string websocket_path = "/ws";
  std::uint32_t protocol_version = 0;
};

struct SessionGrant {
  std::string connect_token;  ///< base64 of 2,048 bytes
  std::string udp;            ///< "host:port"
  std::string websocket;      ///< "ws://host:port/ws?token=..."
  std::uint32_t expires_in_s = 0;
  std::uint32_t protocol_version = 0;
};

/// Any thread.
class SessionGrants {
 public:
  SessionGrants(const GrantOptions& options, SessionTickets& tickets)
      : options_(options), tickets_(tickets) {}

  /// `host` is the Host header of the client's request.
  Result<SessionGrant> grant(const SessionClaim& claim, std::string_view host, std::int64_t now_us,
                             std::int64_t unix_s);

 private:
  const GrantOptions options_;
  SessionTickets& tickets_;
};

}  // namespace tessera::admission
