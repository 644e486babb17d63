// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a host asks of a service: its generated gRPC service, and to begin serving its methods.
#pragma once

#include <atomic>

namespace grpc {
class ServerCompletionQueue;
class Service;
}  // namespace grpc

namespace tessera::services {

/// Counts the calls that were taken and not yet answered, so that a host can wait for them.
class CallsInFlight {
 public:
  void begin() const { count_.fetch_add(1); }
  void end() const {
    if (count_.fetch_sub(1) == 1) count_.notify_all();
  }
  void wait_for_none() const {
    for (int count = count_.load(); count != 0; count = count_.load()) count_.wait(count);
  }

 private:
  mutable std::atomic<int> count_ = 0;
};

/// Where a face's calls arrive.
struct FaceQueue {
  grpc::ServerCompletionQueue* queue = nullptr;
  const CallsInFlight* in_flight = nullptr;
};

/// The gRPC side of a service. Its rules know nothing of it.
class Face {
 public:
  virtual ~Face() = default;
  virtual grpc::Service& service() = 0;
  /// Serves each method on the queue (served_method.h). Called once, when the server runs.
  virtual void start(const FaceQueue& queue) = 0;
};

}  // namespace tessera::services
