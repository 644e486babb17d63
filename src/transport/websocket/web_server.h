// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One TCP port for HTTP requests and WebSocket sessions, plain or TLS 1.3, on Boost.Beast. One
// thread, the one that calls run(), does all of it; handlers are called on it and must not block:
// what takes time answers later through its Responder.
//
// What a stranger can make it hold is bounded: connections in all and for each address, header and
// body sizes, the time a header, a body, an answer or silence may take, and what waits to be sent
// to a WebSocket. Every refusal says what was wrong before the connection is closed.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "transport/websocket/web_message.h"

namespace tessera::websocket {

struct WebOptions {
  std::string address = "127.0.0.1";  ///< an IPv4 or IPv6 address
  std::uint16_t port = 0;             ///< 0: any; see WebServer::port()
  /// PEM files; both or none. With them the port speaks TLS 1.3 only.
  std::string certificate_file;
  std::string key_file;

  std::size_t header_bytes_max = 8 * 1024;
  /// A character with its name, a password, two tokens: below 4 KiB.
  std::size_t body_bytes_max = 16 * 1024;
  std::chrono::milliseconds header_time_max{10'000};  ///< from the connect, or the first byte
  std::chrono::milliseconds body_time_max{10'000};
  std::chrono::milliseconds answer_time_max{30'000};  ///< of the handler
  std::chrono::milliseconds write_time_max{10'000};
  std::chrono::milliseconds idle_time_max{60'000};  ///< between requests of a connection
  std::uint32_t connections_max = 12'000;
  std::uint32_t connections_per_address_max = 64;
  /// The machine itself (bots, a reverse proxy that counts itself) is not held to the limit above.
  bool exempt_loopback = true;

  std::string socket_path = "/ws";
  std::size_t socket_message_bytes_max = 1200;
  /// What waits for a client that does not read: 13 s at 5 kB/s.
  std::size_t socket_queue_bytes_max = 64 * 1024;
  /// Pages of these origins may use the API and open sessions, besides those of our own host:
  /// "https://play.example.org".
  std::vector<std::string> allowed_origins;
};

/// Totals; any thread may read them.
struct WebCounters {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused_full{0};
  std::atomic<std::uint64_t> refused_per_address{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> bad_requests{0};  ///< not HTTP, or beyond a size limit
  std::atomic<std::uint64_t> timeouts{0};
  std::atomic<std::uint64_t> sockets_opened{0};
  std::atomic<std::uint64_t> sockets_refused{0};
  std::atomic<std::uint64_t> socket_protocol_errors{0};
  std::atomic<std::int64_t> connections{0};  ///< now
};

/// A WebSocket session: chosen by the server, never used twice.
using SocketId = std::uint64_t;

class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  virtual void on_request(const Request& request, Responder respond) = 0;
};

class SocketHandler {
 public:
  virtual ~SocketHandler() = default;
  /// A client asks for a session (the origin is checked already). A response refuses it; nothing
  /// accepts it: then on_closed() follows sooner or later, also when the handshake fails.
  virtual std::optional<Response> on_upgrade(const Request& request, SocketId socket) = 0;
  /// The handshake is done; send() works from now on.
  virtual void on_open(SocketId socket) = 0;
  /// One binary message; text is refused before.
  virtual void on_message(SocketId socket, std::span<const std::byte> message) = 0;
  /// `said_goodbye`: the peer or we closed it as kCloseNormal; else the line was lost, or a page
  /// was left.
  virtual void on_closed(SocketId socket, bool said_goodbye) = 0;
};

/// Close codes of RFC 6455, and the range of our own (docs/protocol.md).
inline constexpr std::uint16_t kCloseNormal = 1000;
inline constexpr std::uint16_t kCloseGoingAway = 1001;
inline constexpr std::uint16_t kCloseProtocolError = 1002;
inline constexpr std::uint16_t kCloseOurs = 4000;  ///< + cluster::CloseReason

class WebServer {
 public:
  /// Binds the port. The handlers outlive the server; without `sockets` there are no sessions.
  static Result<std::unique_ptr<WebServer>> listen(const WebOptions& options, HttpHandler& http,
                                                   SocketHandler* sockets);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  std::uint16_t port() const;
  bool uses_tls() const;
  const WebCounters& counters() const;

  /// Serves on the calling thread until stop() has taken effect.
  void run();
  /// From any thread: no new connections; requests under way are answered; WebSockets are closed
  /// with kCloseGoingAway. What is left at the deadline is cut.
  void stop(std::chrono::milliseconds deadline);

  /// From any thread: calls `work` on the web thread.
  void post(std::function<void()> work);
  /// Before run(), or on the web thread: calls `work` again and again.
  void every(std::chrono::milliseconds interval, std::function<void()> work);
  /// Before run(): calls `work` whenever `descriptor` is readable.
  void watch(int descriptor, std::function<void()> work);

  /// On the web thread. Sends one binary message; false when the socket is gone or its queue full.
  bool send(SocketId socket, std::span<const std::byte> message);
  /// On the web thread. What is queued is sent first; on_closed() follows.
  void close(SocketId socket, std::uint16_t code, std::string_view reason);

 private:
  struct State;
  explicit WebServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tessera::websocket
