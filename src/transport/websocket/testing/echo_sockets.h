// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <atomic>
#include <optional>

#include "transport/websocket/web_server.h"

namespace tessera::websocket {

/// Accepts those who bring token=good; sends back what it gets.
class EchoSockets : public HttpHandler, public SocketHandler {
 public:
  WebServer* server = nullptr;
  std::atomic<int> opened{0};
  std::atomic<int> closed{0};
  std::atomic<int> goodbyes{0};
  std::atomic<int> messages{0};
  std::atomic<SocketId> last{0};

  void on_request(const Request&, Responder respond) override { respond({.body = "page"}); }
  std::optional<Response> on_upgrade(const Request& request, SocketId) override {
    if (query_value(request.query, "token") == "good") return std::nullopt;
    return error_response(401, "bad_token", "The token is not valid.");
  }
  void on_open(SocketId socket) override {
    last = socket;
    ++opened;
  }
  void on_message(SocketId socket, std::span<const std::byte> message) override {
    ++messages;
    server->send(socket, message);
  }
  void on_closed(SocketId, bool said_goodbye) override {
    if (said_goodbye) ++goodbyes;
    ++closed;
  }
};

}  // namespace tessera::websocket
