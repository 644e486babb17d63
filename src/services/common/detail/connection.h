// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A gRPC channel with the queue and the thread on which its answers arrive. For .cpp files only.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/completion_queue.h>

#include <memory>
#include <shared_mutex>
#include <thread>

namespace tessera::services {

class Connection {
 public:
  /// `nice` is the priority of the thread that runs callbacks.
  Connection(std::shared_ptr<grpc::Channel> channel, int nice);
  /// On any thread, the connection's own too: the last call may be the one that holds it.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  grpc::CompletionQueue& queue() { return *queue_; }

  /// Runs `start`, which begins a call, unless the connection is closed.
  template <class Start>
  bool begin_call(Start start) {
    const std::shared_lock lock(closing_);
    if (!closed_) start();
    return !closed_;
  }
  /// The server in this process is about to go: no call begins from now on. gRPC (1.51) would crash
  /// in a call that begins on an in-process channel without its server.
  void close() {
    const std::unique_lock lock(closing_);
    closed_ = true;
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::shared_ptr<grpc::CompletionQueue> queue_;
  std::thread thread_;
  std::shared_mutex closing_;
  bool closed_ = false;
};

}  // namespace tessera::services
