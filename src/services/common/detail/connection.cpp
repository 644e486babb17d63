// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/detail/connection.h"

#include <utility>

#include "engine/platform/process.h"
#include "services/common/detail/event_queue.h"

namespace tessera::services {

Connection::Connection(std::shared_ptr<grpc::Channel> channel, int nice)
    : channel_(std::move(channel)),
      queue_(std::make_shared<grpc::CompletionQueue>()),
      thread_([queue = queue_, nice] {
        platform::name_thread("service answers");
        (void)platform::set_thread_nice(nice);
        run_events(*queue);
      }) {}

Connection::~Connection() {
  queue_->Shutdown();  // each call holds the connection, so none is on the way
  if (thread_.get_id() == std::this_thread::get_id()) {
    thread_.detach();  // it is in its last event and ends after it
  } else {
    thread_.join();
  }
}

}  // namespace tessera::services
