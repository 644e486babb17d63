// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs services: one gRPC server for all that this process offers. Callers in the same process use
// channel(); others reach it when it listens. Handlers run on the host's own small pool of threads,
// or on a pool that a method names, never on gRPC's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/core/error.h"
#include "engine/platform/metrics/metrics.h"
#include "services/common/detail/answer_cache.h"
#include "services/common/face.h"
#include "services/common/service_channel.h"
#include "services/common/task_pool.h"

namespace grpc {
class Server;
class ServerCompletionQueue;
}  // namespace grpc

namespace tessera::services {

struct HostOptions {
  /// Two: one may wait for the disk while the other answers. Nice, because the tick comes first.
  TaskPoolOptions pool{.name = "services", .threads = 2, .queue_max = 1024, .nice = 10};
  AnswerCacheOptions answers{};
  /// Where to listen for other processes; empty: callers of this process only. TLS as in connect().
  ConnectOptions listen{};
  /// Must outlive the host. nullptr: nobody reads the metrics.
  platform::MetricsRegistry* metrics = nullptr;
};

class Host {
 public:
  explicit Host(HostOptions options = {});
  /// stop()s.
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Offers a service; before start(). The host keeps it until the last call has ended.
  void add(std::unique_ptr<Face> face);
  Result<void> start();
  /// Takes no more calls, lets those that run end (two seconds; then they are cancelled), and frees
  /// the services. Safe to call twice.
  void stop();

  /// For callers in this process; after start(). One is enough for all of them: it has a thread.
  ServiceChannel channel();
  /// The port it listens on, when `listen` ends in ":0".
  int port() const { return port_; }

  TaskPool& pool() { return pool_; }
  AnswerCache& answers() { return answers_; }
  platform::MetricsRegistry& metrics() { return *metrics_; }

 private:
  HostOptions options_;
  std::unique_ptr<platform::MetricsRegistry> own_metrics_;
  platform::MetricsRegistry* metrics_;
  AnswerCache answers_;
  TaskPool pool_;  // after what its tasks use
  CallsInFlight in_flight_;
  std::vector<std::unique_ptr<Face>> faces_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<grpc::ServerCompletionQueue> queue_;
  std::thread queue_thread_;
  std::vector<std::weak_ptr<Connection>> connections_;
  int port_ = 0;
};

}  // namespace tessera::services
