// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/websocket/detail/websocket_session.h"

namespace tessera::websocket::detail {

void open_websocket(WebCore& core, PlainStream stream, Seat seat, SocketId id,
                    http::request<http::string_body> request) {
  std::make_shared<WebSocketSession<PlainStream>>(core, std::move(stream), std::move(seat), id)
      ->start(std::move(request));
}

}  // namespace tessera::websocket::detail
