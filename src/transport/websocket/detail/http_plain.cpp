// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/websocket/detail/http_connection.h"

namespace tessera::websocket::detail {

void serve_plain(WebCore& core, tcp::socket socket, Seat seat) {
  std::make_shared<HttpConnection<PlainStream>>(core, std::move(socket), std::move(seat))->start();
}

}  // namespace tessera::websocket::detail
