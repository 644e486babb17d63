// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The database and the services on it, in this process. Everything above talks to them as if they
// were elsewhere.
#pragma once

#include <memory>
#include <string>

#include "engine/core/error.h"
#include "engine/platform/metrics/metrics.h"
#include "persistence/database.h"
#include "services/accounts/accounts_client.h"
#include "services/characters/characters_client.h"
#include "services/common/host.h"
#include "services/operations/operations_client.h"

namespace tessera::server {

class ServicesRole {
 public:
  /// Opens (or makes) `data`/tessera.db. `metrics` outlives the role.
  static Result<std::unique_ptr<ServicesRole>> start(const std::string& data,
                                                     platform::MetricsRegistry& metrics);
  ~ServicesRole();

  accounts::AccountsClient& accounts() { return *accounts_; }
  characters::CharactersClient& characters() { return *characters_; }
  operations::OperationsClient& operations() { return *operations_; }
  /// Lets the calls that run end; later ones fail.
  void stop() { host_->stop(); }

 private:
  ServicesRole() = default;
  std::unique_ptr<persistence::Database> database_;
  platform::MetricCallback database_failures_;
  std::unique_ptr<services::Host> host_;
  std::unique_ptr<accounts::AccountsClient> accounts_;
  std::unique_ptr<characters::CharactersClient> characters_;
  std::unique_ptr<operations::OperationsClient> operations_;
};

}  // namespace tessera::server
