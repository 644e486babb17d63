// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What operators and monitors get from the running server: orders to the world, rows in the
// journal, status, readiness, metrics. Called on the web thread; nothing here waits for the world.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "engine/platform/metrics/metrics.h"
#include "engine/platform/metrics/value_window.h"
#include "gateway/http/ports.h"
#include "server/zones/instance_host.h"
#include "services/operations/operations_client.h"
#include "world/intake/mailbox.h"
#include "world/tick/simulation.h"

namespace tessera::server {

/// A stop that somebody asked for; the main thread looks at it.
class StopRequest {
 public:
  /// The first one counts.
  void ask(std::uint32_t in_s, const std::string& sentence);
  /// The sentence for the players, once the time has come.
  std::optional<std::string> due(std::int64_t now_ns) const;

 private:
  mutable std::mutex mutex_;
  std::optional<std::int64_t> at_ns_;
  std::string sentence_;
};

class Operators final : public gateway::OperatorPort {
 public:
  /// Orders reach the zone of `mailbox` and all instances.
  Operators(intake::Mailbox& mailbox, InstanceHost& instances,
            operations::OperationsClient& journal, StopRequest& stop)
      : mailbox_(mailbox), instances_(instances), journal_(journal), stop_(stop) {}

  void kick(AccountId account, bool banned, const std::string& sentence,
            services::Callback<std::uint32_t> callback) override;
  void mute(AccountId account, std::uint32_t seconds) override;
  void announce(const std::string& sentence) override;
  void shut_down(std::uint32_t in_s, const std::string& sentence) override;
  void record(const gateway::AuditRow& row, services::Callback<void> callback) override;

 private:
  intake::Mailbox& mailbox_;
  InstanceHost& instances_;
  operations::OperationsClient& journal_;
  StopRequest& stop_;
};

/// What went out to players, whichever way, a second; over the last seconds, at most 60.
struct Outflow {
  std::function<double(std::int64_t now_ns, unsigned last_s)> bytes_s;
  std::function<double(std::int64_t now_ns, unsigned last_s)> datagrams_s;
};

class Status final : public gateway::StatusSource {
 public:
  Status(const tick::Simulation& simulation, const InstanceHost& instances,
         platform::MetricsRegistry& metrics, Outflow outflow);

  gateway::ServerStatus status(unsigned last_s) override;
  gateway::Readiness readiness() override;
  std::string metrics_text() override;

 private:
  const tick::Simulation& simulation_;
  const InstanceHost& instances_;
  platform::MetricsRegistry& metrics_;
  Outflow outflow_;
  std::int64_t started_ns_;
};

}  // namespace tessera::server
