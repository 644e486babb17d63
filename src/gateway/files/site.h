// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <utility>

#include "gateway/files/static_files.h"
#include "transport/websocket/web_server.h"

namespace tessera::gateway {

/// What the port answers: files where there are some, otherwise the API.
class Site final : public websocket::HttpHandler {
 public:
  /// Both outlive it.
  Site(const StaticFiles& files, websocket::HttpHandler& api) : files_(files), api_(api) {}

  void on_request(const websocket::Request& request, websocket::Responder respond) override {
    if (auto response = files_.answer(request)) return respond(std::move(*response));
    api_.on_request(request, std::move(respond));
  }

 private:
  const StaticFiles& files_;
  websocket::HttpHandler& api_;
};

}  // namespace tessera::gateway
