// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A small blocking HTTP/1.1 client for JSON calls to the gateway. One connection, kept alive;
// opened again when the server closed it. For tools: it never runs on a server thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "engine/core/error.h"

namespace tessera::bots {

struct HttpAnswer {
  int status = 0;
  std::string body;
};

class HttpClient {
 public:
  static constexpr std::chrono::milliseconds kAnswerTimeMax{30'000};

  /// `url` is "http://HOST:PORT"; a path behind it is ignored.
  static Result<HttpClient> to(std::string_view url,
                               std::chrono::milliseconds answer_time_max = kAnswerTimeMax);
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;
  ~HttpClient();

  /// Fails with Unavailable when the server cannot be reached or does not answer in time.
  Result<HttpAnswer> post(std::string_view path, std::string_view json,
                          std::string_view bearer = {});
  Result<HttpAnswer> get(std::string_view path, std::string_view bearer = {});

 private:
  struct Connection;
  explicit HttpClient(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

}  // namespace tessera::bots
