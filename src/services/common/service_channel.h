// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The way to a service: in the same process (Host::channel) or over the network (connect). A client
// built on it does not know which.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "engine/core/error.h"

namespace tessera::services {

class Connection;
/// A handle; copies share the connection. Safe to use from any thread.
using ServiceChannel = std::shared_ptr<Connection>;

/// The answer of an asynchronous call. It runs once, on the connection's one thread, also when the
/// deadline passes: do little in it (post to your own queue) and never wait for another call.
template <class T>
using Callback = std::move_only_function<void(Result<T>)>;

/// Holds for every call of a client.
struct CallOptions {
  /// After this the call fails with ErrorKind::Unavailable. Long enough for a queue of password
  /// hashes, short enough that a person still waits.
  std::chrono::milliseconds deadline{5000};
};

struct ConnectOptions {
  std::string address{};  ///< "host:port" or "unix:/path"
  /// PEM files of mutual TLS. All three or none; none is accepted for loopback and unix only.
  std::string authority_file{};
  std::string certificate_file{};
  std::string key_file{};
};

/// A network channel. It connects at the first call and again after a loss; calls that fail because
/// the service cannot be reached are retried (with the same idempotency key) until their deadline.
Result<ServiceChannel> connect(const ConnectOptions& options);

}  // namespace tessera::services
