// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/enrolment/http_client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace tessera::bots {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

}  // namespace

struct HttpClient::Connection {
  std::string host;
  std::string port;
  std::chrono::milliseconds answer_time_max{};
  asio::io_context io;
  std::unique_ptr<beast::tcp_stream> stream;
  beast::flat_buffer buffer;

  /// Runs one asynchronous step to its end, so that the stream's timeout applies.
  template <class Start>
  boost::system::error_code run(Start start) {
    boost::system::error_code result;
    start([&result](boost::system::error_code error, auto&&...) { result = error; });
    io.restart();
    io.run();
    return result;
  }

  boost::system::error_code open() {
    boost::system::error_code error;
    asio::ip::tcp::resolver resolver(io);
    const auto endpoints = resolver.resolve(host, port, error);
    if (error) return error;
    stream = std::make_unique<beast::tcp_stream>(io);
    buffer.clear();
    stream->expires_after(answer_time_max);
    error = run([&](auto done) { stream->async_connect(endpoints, done); });
    if (error) {
      stream.reset();
    } else {
      stream->socket().set_option(asio::ip::tcp::no_delay(true));
    }
    return error;
  }

  boost::system::error_code exchange(http::request<http::string_body>& request,
                                     http::response<http::string_body>& response) {
    if (!stream) {
      if (auto error = open()) return error;
    }
    stream->expires_after(answer_time_max);
    if (auto error = run([&](auto done) { http::async_write(*stream, request, done); })) {
      return error;
    }
    return run([&](auto done) { http::async_read(*stream, buffer, response, done); });
  }

  Result<HttpAnswer> call(http::verb verb, std::string_view path, std::string_view json,
                          std::string_view bearer) {
    http::request<http::string_body> request(verb, {path.data(), path.size()}, 11);
    request.set(http::field::host, host + ":" + port);
    request.keep_alive(true);
    if (!json.empty()) {
      request.set(http::field::content_type, "application/json");
      request.body() = std::string(json);
    }
    if (!bearer.empty()) request.set(http::field::authorization, "Bearer " + std::string(bearer));
    request.prepare_payload();

    http::response<http::string_body> response;
    const bool was_open = stream != nullptr;
    auto error = exchange(request, response);
    if (error && was_open) {  // the server may have closed an idle connection: once more, freshly
      stream.reset();
      response = {};
      error = exchange(request, response);
    }
    if (error) {
      stream.reset();
      return failure(ErrorKind::Unavailable, "http://" + host + ":" + port + std::string(path) +
                                                 " does not answer: " + error.message());
    }
    if (!response.keep_alive()) stream.reset();
    return HttpAnswer{static_cast<int>(response.result_int()), std::move(response.body())};
  }
};

Result<HttpClient> HttpClient::to(std::string_view url, std::chrono::milliseconds answer_time_max) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) {
    return failure(ErrorKind::InvalidArgument,
                   "'" + std::string(url) + "' is not a server: expected http://HOST:PORT");
  }
  std::string_view authority = url.substr(kScheme.size());
  authority = authority.substr(0, authority.find('/'));
  const auto colon = authority.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == authority.size()) {
    return failure(ErrorKind::InvalidArgument,
                   "'" + std::string(url) + "' is not a server: expected http://HOST:PORT");
  }
  auto connection = std::make_unique<Connection>();
  connection->host = authority.substr(0, colon);
  connection->port = authority.substr(colon + 1);
  connection->answer_time_max = answer_time_max;
  return HttpClient(std::move(connection));
}

HttpClient::HttpClient(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

Result<HttpAnswer> HttpClient::post(std::string_view path, std::string_view json,
                                    std::string_view bearer) {
  return connection_->call(http::verb::post, path, json.empty() ? "{}" : json, bearer);
}

Result<HttpAnswer> HttpClient::get(std::string_view path, std::string_view bearer) {
  return connection_->call(http::verb::get, path, {}, bearer);
}

}  // namespace tessera::bots
