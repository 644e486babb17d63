// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/host.h"

#include <fmt/format.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <thread>

#include "engine/core/assert.h"
#include "engine/platform/process.h"
#include "services/common/detail/connection.h"
#include "services/common/detail/event_queue.h"
#include "services/common/detail/transport_security.h"

namespace tessera::services {

Host::Host(HostOptions options)
    : options_(std::move(options)),
      own_metrics_(options_.metrics == nullptr ? std::make_unique<platform::MetricsRegistry>()
                                               : nullptr),
      metrics_(options_.metrics == nullptr ? own_metrics_.get() : options_.metrics),
      answers_(options_.answers),
      pool_(options_.pool) {}

Host::~Host() { stop(); }

void Host::add(std::unique_ptr<Face> face) {
  TESSERA_ASSERT(server_ == nullptr, "Host::add after start");
  faces_.push_back(std::move(face));
}

Result<void> Host::start() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  for (const auto& face : faces_) builder.RegisterService(&face->service());
  if (!options_.listen.address.empty()) {
    auto credentials = server_credentials(options_.listen);
    if (!credentials) return std::unexpected(credentials.error());
    builder.AddListeningPort(options_.listen.address, *credentials, &port_);
    // Otherwise two processes may listen on one port, and calls go to either.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  }
  queue_ = builder.AddCompletionQueue();
  // gRPC starts its threads here; they inherit the priority of the one that does.
  std::thread starter([&] {
    (void)platform::set_thread_nice(options_.pool.nice);
    server_ = builder.BuildAndStart();
  });
  starter.join();
  if (server_ == nullptr) {
    return failure(ErrorKind::Unavailable,
                   fmt::format("services cannot listen on {}: the address is in use or not of this "
                               "machine; choose another",
                               options_.listen.address));
  }
  for (const auto& face : faces_) face->start({queue_.get(), &in_flight_});
  queue_thread_ = std::thread([this] {
    platform::name_thread("service calls");
    (void)platform::set_thread_nice(options_.pool.nice);
    run_events(*queue_);
  });
  if (auto* health = server_->GetHealthCheckService()) health->SetServingStatus(true);
  return {};
}

void Host::stop() {
  if (server_ == nullptr) return;
  if (auto* health = server_->GetHealthCheckService()) health->SetServingStatus(false);
  for (const auto& weak : connections_) {
    if (const auto connection = weak.lock()) connection->close();
  }
  server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(2));
  in_flight_.wait_for_none();  // the pools still work for calls that were cancelled
  queue_->Shutdown();
  queue_thread_.join();
  server_->Wait();
  server_.reset();
  faces_.clear();
}

ServiceChannel Host::channel() {
  TESSERA_ASSERT(server_ != nullptr, "Host::channel before start");
  auto connection = std::make_shared<Connection>(server_->InProcessChannel({}), options_.pool.nice);
  connections_.push_back(connection);
  return connection;
}

}  // namespace tessera::services
