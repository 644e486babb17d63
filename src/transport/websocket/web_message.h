// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// An HTTP request and its response as plain values, so that only this module knows Beast.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera::websocket {

struct Request {
  std::string method;  ///< as sent: "GET"
  std::string path;    ///< before the '?', still percent-encoded
  std::string query;   ///< behind it
  std::string body{};
  std::string peer_address;  ///< of the TCP connection, without port
  /// Those that a handler may ask for (detail/web_core.cpp), names in lower case.
  std::vector<std::pair<std::string, std::string>> headers{};

  /// Empty when it was not sent. `name` in lower case.
  std::string_view header(std::string_view name) const;
};

struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body{};
  std::shared_ptr<const std::string> shared_body{};  ///< in place of `body`; sent without a copy
  std::vector<std::pair<std::string, std::string>> headers{};
  bool close = false;  ///< end the connection after it
};

/// Answers one request, from any thread, at any time, once; later calls, and calls after the
/// connection or the server has gone, do nothing. Unanswered requests get a 503 by time-out.
using Responder = std::function<void(Response)>;

/// The body {"error":{"code":...,"message":...}}. `code` is a word for programs.
Response error_response(unsigned status, std::string_view code, std::string_view message);

/// The value of `name` in "a=1&b=2", percent-decoded; empty when absent or badly encoded.
std::string query_value(std::string_view query, std::string_view name);

}  // namespace tessera::websocket
