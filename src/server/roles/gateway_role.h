// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The edge of this process: the UDP port with its network thread, the HTTP port with its web
// thread, and who is let in. Each thread has a link of its own to each zone.
#pragma once

#include <memory>
#include <string>

#include "cluster/link/doorbell.h"
#include "engine/core/error.h"
#include "engine/platform/metrics/metrics.h"
#include "gateway/files/static_files.h"
#include "gateway/http/ports.h"
#include "gateway/sessions/character_loader.h"
#include "server/roles/operations.h"
#include "server/settings/settings.h"
#include "server/zones/zone_directory.h"

namespace tessera::server {

/// All outlive the role.
struct GatewayRoleParts {
  accounts::AccountsClient& accounts;
  characters::CharactersClient& characters;
  gateway::CharacterLoader& udp_loader;
  gateway::CharacterLoader& web_loader;
  gateway::OperatorPort& operators;
  const tick::Simulation& simulation;
  const InstanceHost& instances;
  const ZoneLinks& links;  ///< of the zone that lasts, for their figures
  const gateway::StaticFiles& files;
  platform::MetricsRegistry& metrics;
};

class GatewayRole {
 public:
  /// Binds both ports.
  static Result<std::unique_ptr<GatewayRole>> open(const Settings& settings,
                                                   const GatewayRoleParts& parts);
  /// stop()s.
  ~GatewayRole();

  /// Begins to serve.
  void start();
  /// Sends what the zone has said, parts from everyone, ends the threads. Call it after the zone's
  /// own stop.
  void stop();

  std::string http_address() const;  ///< "127.0.0.1:8080", as bound
  std::string udp_address() const;
  gateway::StatusSource& status();
  /// What links must ring: of the UDP thread, of the web thread.
  cluster::Doorbell& udp_bell();
  cluster::Doorbell& web_bell();

 private:
  struct State;
  GatewayRole() = default;
  std::unique_ptr<State> state_;
};

}  // namespace tessera::server
