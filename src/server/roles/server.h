// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A whole Tessera in one process: services, a zone, the edge. This is where modules meet; none of
// them knows another's settings.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/core/error.h"
#include "gateway/http/ports.h"
#include "server/settings/settings.h"

namespace tessera::server {

class Server {
 public:
  /// Starts everything; when it returns players may come. Fails with what to do about it.
  static Result<std::unique_ptr<Server>> start(const Settings& settings);
  /// stop()s.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// A reason to stop that came from inside: an operator's order, or something that failed for
  /// good.
  struct Ending {
    std::string sentence;  ///< for the players
    bool failed = false;
  };
  std::optional<Ending> ending() const;
  /// Tells everyone, saves everyone, ends all threads. Fails with what was lost.
  Result<void> stop(const std::string& sentence);

  std::string http_address() const;
  std::string udp_address() const;
  /// A browser that opens the HTTP address can play.
  bool serves_client() const;
  gateway::ServerStatus status() const;

 private:
  struct State;
  Server() = default;
  std::unique_ptr<State> state_;
};

}  // namespace tessera::server
