// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a WebServer on a free port with its thread.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "transport/websocket/testing/tcp_client.h"
#include "transport/websocket/web_server.h"

namespace tessera::websocket {

/// Short where a test waits for it, long where it must not strike.
inline WebOptions test_web_options() {
  WebOptions options;
  options.exempt_loopback = false;
  options.connections_per_address_max = 1000;
  return options;
}

class RunningWebServer {
 public:
  RunningWebServer(const WebOptions& options, HttpHandler& http, SocketHandler* sockets = nullptr)
      : server_(WebServer::listen(options, http, sockets).value()),
        thread_([this] { server_->run(); }) {}
  ~RunningWebServer() { stop(std::chrono::milliseconds(0)); }

  void stop(std::chrono::milliseconds deadline) {
    if (!thread_.joinable()) return;
    server_->stop(deadline);
    thread_.join();
  }
  WebServer& operator*() { return *server_; }
  WebServer* operator->() { return server_.get(); }
  TcpClient connect() { return TcpClient(server_->port()); }
  /// Runs `work` on the web thread and waits for it.
  template <class F>
  auto on_web_thread(F work) {
    std::promise<decltype(work())> done;
    server_->post([&] { done.set_value(work()); });
    return done.get_future().get();
  }
  /// Waits until `condition`, which other threads make true, holds; false after 20 s.
  template <class F>
  static bool eventually(F condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::yield();
    }
    return true;
  }

 private:
  std::unique_ptr<WebServer> server_;
  std::thread thread_;
};

}  // namespace tessera::websocket
