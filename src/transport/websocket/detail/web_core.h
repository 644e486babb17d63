// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the connections of one WebServer share. Asio and Beast live below this header and in the
// .cpp files only; they are split by kind of stream so that each compiles in some seconds.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "transport/websocket/web_server.h"

namespace tessera::websocket::detail {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using PlainStream = tcp::socket;
using TlsStream = asio::ssl::stream<tcp::socket>;

/// One TCP connection, whichever way it is used.
class Connection {
 public:
  virtual ~Connection() = default;
  /// The server stops: end as soon as what is under way is done.
  virtual void wind_down() = 0;
};

/// One WebSocket session.
class Socket {
 public:
  virtual ~Socket() = default;
  virtual bool send(std::span<const std::byte> message) = 0;
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

/// Lets Responders reach the web thread, and nothing once it is gone.
struct Gate {
  std::mutex mutex;
  asio::io_context* context = nullptr;
};

struct WebCore {
  WebOptions options;
  HttpHandler* http = nullptr;
  SocketHandler* sockets = nullptr;
  std::optional<asio::ssl::context> tls;
  std::shared_ptr<Gate> gate = std::make_shared<Gate>();
  WebCounters counters;
  bool stopping = false;
  std::uint64_t next_id = 1;
  std::unordered_map<std::uint64_t, std::weak_ptr<Connection>> connections;
  std::unordered_map<std::string, std::uint32_t> per_address;
  std::unordered_map<SocketId, std::weak_ptr<Socket>> open_sockets;
  /// The last member: what it still holds when it ends takes itself out of the tables above.
  asio::io_context context{1};

  /// Whether one more of `address` may come; counts it if so.
  bool admit(const std::string& address);
  void leave(const std::string& address);
  bool origin_allowed(std::string_view origin, std::string_view host) const;
};

/// Counts a connection of an address for as long as it lives.
class Seat {
 public:
  Seat(WebCore& core, std::string address) : core_(&core), address_(std::move(address)) {}
  Seat(Seat&& other) noexcept
      : core_(std::exchange(other.core_, nullptr)), address_(std::move(other.address_)) {}
  Seat& operator=(Seat&&) = delete;
  ~Seat() {
    if (core_ != nullptr) core_->leave(address_);
  }
  const std::string& address() const { return address_; }

 private:
  WebCore* core_;
  std::string address_;
};

Request to_request(const http::request<http::string_body>& message, const std::string& address);

// Each in a .cpp of its own.
void serve_plain(WebCore& core, tcp::socket socket, Seat seat);
void serve_tls(WebCore& core, tcp::socket socket, Seat seat);
void open_websocket(WebCore& core, PlainStream stream, Seat seat, SocketId id,
                    http::request<http::string_body> request);
void open_websocket(WebCore& core, TlsStream stream, Seat seat, SocketId id,
                    http::request<http::string_body> request);

}  // namespace tessera::websocket::detail
