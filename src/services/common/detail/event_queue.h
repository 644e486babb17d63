// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Completion queues of gRPC: each tag is an object that is told when its operation is done.
//
// We poll queues of our own instead of using gRPC's callback API. In version 1.51 its threads sleep
// for 100 ms whenever a second was idle, and now and then one of them aborts the process when the
// last channel goes away ("assertion failed: prior > 0"). For .cpp files only.
#pragma once

#include <grpcpp/completion_queue.h>

namespace tessera::services {

class QueueEvent {
 public:
  /// The operation is done; `ok` as gRPC says. On the queue's thread.
  virtual void happened(bool ok) = 0;

 protected:
  ~QueueEvent() = default;
};

/// Runs events until the queue is shut down and empty.
inline void run_events(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) static_cast<QueueEvent*>(tag)->happened(ok);
}

}  // namespace tessera::services
