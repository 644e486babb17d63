// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/websocket/detail/http_connection.h"

namespace tessera::websocket::detail {

void serve_tls(WebCore& core, tcp::socket socket, Seat seat) {
  std::make_shared<HttpConnection<TlsStream>>(core, TlsStream(std::move(socket), *core.tls),
                                              std::move(seat))
      ->start();
}

}  // namespace tessera::websocket::detail
