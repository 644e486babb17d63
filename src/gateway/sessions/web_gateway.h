// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Sessions over WebSocket: the same channel packets as over UDP, one in each binary message. Lives
// on the web thread, has a link of its own to the zone, and wakes by that link's bell.
#pragma once

#include <memory>

#include "gateway/admission/session_claim.h"
#include "gateway/sessions/gateway_counters.h"
#include "gateway/sessions/gateway_parts.h"
#include "gateway/sessions/limits.h"
#include "transport/websocket/web_server.h"

namespace tessera::gateway {

struct WebGatewayOptions {
  std::uint32_t sessions_max = 4096;
  SessionLimits limits{};
};

class WebGateway : public websocket::SocketHandler, public SessionCloser {
 public:
  /// All outlive the gateway, which outlives the web server.
  WebGateway(const WebGatewayOptions& options, const GatewayParts& parts,
             admission::SessionTickets& tickets);
  ~WebGateway() override;

  /// Before the server runs.
  void attach(websocket::WebServer& server);

  std::optional<websocket::Response> on_upgrade(const websocket::Request& request,
                                                websocket::SocketId socket) override;
  void on_open(websocket::SocketId socket) override;
  void on_message(websocket::SocketId socket, std::span<const std::byte> message) override;
  void on_closed(websocket::SocketId socket, bool said_goodbye) override;

  void close_session(SessionId session, cluster::CloseReason reason) override;
  /// Any thread: no new sessions; those there are are told why. Call it some moments before
  /// WebServer::stop().
  void stop();
  const GatewayCounters& counters() const;
  /// Wakes the network thread. Links that the loader hands to this gateway must ring it; it lives
  /// as long as the gateway.
  cluster::Doorbell& bell();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tessera::gateway
