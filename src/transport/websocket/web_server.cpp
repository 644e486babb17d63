// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/websocket/web_server.h"

#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "transport/websocket/detail/web_core.h"

namespace tessera::websocket {

using detail::tcp;
using detail::asio::steady_timer;
using ErrorCode = boost::system::error_code;

struct WebServer::State {
  struct Repeated {
    steady_timer timer;
    std::chrono::milliseconds interval;
    std::function<void()> work;
  };
  struct Watched {
    detail::asio::posix::stream_descriptor descriptor;
    std::function<void()> work;
  };

  // Destroyed last to first: the core with its io_context goes after all that refers to it.
  detail::WebCore core;
  tcp::acceptor acceptor{core.context};
  steady_timer accept_pause{core.context};
  steady_timer deadline{core.context};
  steady_timer stop_check{core.context};
  std::vector<std::unique_ptr<Repeated>> repeated;
  std::vector<std::unique_ptr<Watched>> watched;
  std::uint16_t port = 0;

  Result<void> open();
  Result<void> load_certificate();
  void accept();
  void serve(tcp::socket socket);
  void begin_stop(std::chrono::milliseconds time_max);
  void end_when_quiet();
  void repeat(Repeated& entry);
  void wait_for(Watched& entry);
};

Result<void> WebServer::State::load_certificate() {
  const WebOptions& options = core.options;
  if (options.certificate_file.empty() && options.key_file.empty()) return {};
  if (options.certificate_file.empty() || options.key_file.empty()) {
    return failure(ErrorKind::InvalidArgument,
                   "TLS needs both a certificate and a key file; only one is configured");
  }
  core.tls.emplace(detail::asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(core.tls->native_handle(), TLS1_3_VERSION);
  ErrorCode error;
  (void)core.tls->use_certificate_chain_file(options.certificate_file, error);
  if (error) {
    return failure(
        ErrorKind::InvalidArgument,
        "cannot use the TLS certificate '" + options.certificate_file + "': " + error.message());
  }
  (void)core.tls->use_private_key_file(options.key_file, detail::asio::ssl::context::pem, error);
  if (error) {
    return failure(ErrorKind::InvalidArgument,
                   "cannot use the TLS key '" + options.key_file + "': " + error.message());
  }
  return {};
}

Result<void> WebServer::State::open() {
  const WebOptions& options = core.options;
  if (auto loaded = load_certificate(); !loaded) return loaded;
  const std::string where = options.address + ":" + std::to_string(options.port);
  const auto failed = [&](const ErrorCode& error) {
    const bool in_use = error == detail::asio::error::address_in_use;
    return failure(in_use ? ErrorKind::AlreadyExists : ErrorKind::InvalidArgument,
                   "cannot listen on " + where + " for HTTP: " + error.message() +
                       (in_use ? "; stop the other process or choose another port (--http)"
                               : "; choose another address or port (--http)"));
  };
  ErrorCode error;
  const auto address = detail::asio::ip::make_address(options.address, error);
  if (error) return failed(error);
  const tcp::endpoint endpoint(address, options.port);
  (void)acceptor.open(endpoint.protocol(), error);
  if (error) return failed(error);
  (void)acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  (void)acceptor.bind(endpoint, error);
  if (error) return failed(error);
  (void)acceptor.listen(1024, error);
  if (error) return failed(error);
  port = acceptor.local_endpoint(error).port();
  const std::lock_guard lock(core.gate->mutex);
  core.gate->context = &core.context;
  return {};
}

void WebServer::State::accept() {
  acceptor.async_accept([this](ErrorCode error, tcp::socket socket) {
    if (core.stopping) return;
    if (!error) {
      serve(std::move(socket));
      return accept();
    }
    // Out of descriptors, most likely: trying again at once would only burn the processor.
    accept_pause.expires_after(std::chrono::milliseconds(100));
    accept_pause.async_wait([this](ErrorCode) {
      if (!core.stopping) accept();
    });
  });
}

void WebServer::State::serve(tcp::socket socket) {
  ErrorCode error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  std::string address = peer.address().to_string();
  if (!core.admit(address)) {
    // One write to a fresh socket never blocks; TLS clients only see the close.
    const std::string body =
        error_response(503, "too_many_connections", "Too many connections; try again soon.").body;
    const std::string busy =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
        "Connection: close\r\nRetry-After: 5\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    (void)socket.non_blocking(true, error);
    if (!core.tls) socket.write_some(detail::asio::buffer(busy.data(), busy.size()), error);
    return;
  }
  detail::Seat seat(core, std::move(address));
  (void)socket.set_option(tcp::no_delay(true), error);
  if (core.tls) {
    detail::serve_tls(core, std::move(socket), std::move(seat));
  } else {
    detail::serve_plain(core, std::move(socket), std::move(seat));
  }
}

void WebServer::State::repeat(Repeated& entry) {
  entry.timer.expires_after(entry.interval);
  entry.timer.async_wait([this, &entry](ErrorCode error) {
    if (error) return;
    entry.work();
    repeat(entry);
  });
}

void WebServer::State::wait_for(Watched& entry) {
  entry.descriptor.async_wait(detail::asio::posix::stream_descriptor::wait_read,
                              [this, &entry](ErrorCode error) {
                                if (error) return;
                                entry.work();
                                wait_for(entry);
                              });
}

void WebServer::State::begin_stop(std::chrono::milliseconds time_max) {
  if (core.stopping) return;
  core.stopping = true;
  ErrorCode ignored;
  (void)acceptor.close(ignored);
  std::vector<std::shared_ptr<detail::Connection>> living;
  for (const auto& [id, weak] : core.connections) {
    if (auto connection = weak.lock()) living.push_back(std::move(connection));
  }
  for (const auto& connection : living) connection->wind_down();
  deadline.expires_after(time_max);
  deadline.async_wait([this](ErrorCode error) {
    if (!error) core.context.stop();
  });
  end_when_quiet();
}

void WebServer::State::end_when_quiet() {
  if (core.connections.empty()) return core.context.stop();
  stop_check.expires_after(std::chrono::milliseconds(5));
  stop_check.async_wait([this](ErrorCode) { end_when_quiet(); });
}

WebServer::WebServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

WebServer::~WebServer() {
  {
    const std::lock_guard lock(state_->core.gate->mutex);
    state_->core.gate->context = nullptr;
  }
  // The descriptors belong to those who asked us to watch them.
  for (const auto& entry : state_->watched) entry->descriptor.release();
}

Result<std::unique_ptr<WebServer>> WebServer::listen(const WebOptions& options, HttpHandler& http,
                                                     SocketHandler* sockets) {
  auto state = std::make_unique<State>();
  state->core.options = options;
  state->core.http = &http;
  state->core.sockets = sockets;
  if (auto opened = state->open(); !opened) return std::unexpected(opened.error());
  return std::unique_ptr<WebServer>(new WebServer(std::move(state)));
}

std::uint16_t WebServer::port() const { return state_->port; }
bool WebServer::uses_tls() const { return state_->core.tls.has_value(); }
const WebCounters& WebServer::counters() const { return state_->core.counters; }

void WebServer::run() {
  const auto work = detail::asio::make_work_guard(state_->core.context);
  state_->accept();
  state_->core.context.run();
}

void WebServer::stop(std::chrono::milliseconds deadline) {
  post([this, deadline] { state_->begin_stop(deadline); });
}

void WebServer::post(std::function<void()> work) {
  detail::asio::post(state_->core.context, std::move(work));
}

void WebServer::every(std::chrono::milliseconds interval, std::function<void()> work) {
  state_->repeated.push_back(std::make_unique<State::Repeated>(steady_timer(state_->core.context),
                                                               interval, std::move(work)));
  state_->repeat(*state_->repeated.back());
}

void WebServer::watch(int descriptor, std::function<void()> work) {
  state_->watched.push_back(std::make_unique<State::Watched>(
      detail::asio::posix::stream_descriptor(state_->core.context, descriptor), std::move(work)));
  state_->wait_for(*state_->watched.back());
}

bool WebServer::send(SocketId socket, std::span<const std::byte> message) {
  const auto found = state_->core.open_sockets.find(socket);
  if (found == state_->core.open_sockets.end()) return false;
  const auto open = found->second.lock();
  return open && open->send(message);
}

void WebServer::close(SocketId socket, std::uint16_t code, std::string_view reason) {
  const auto found = state_->core.open_sockets.find(socket);
  if (found == state_->core.open_sockets.end()) return;
  if (const auto open = found->second.lock()) open->close(code, reason);
}

}  // namespace tessera::websocket
