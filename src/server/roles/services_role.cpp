// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "server/roles/services_role.h"

#include "server/settings/settings.h"
#include "services/accounts/accounts_service.h"
#include "services/characters/characters_service.h"
#include "services/operations/operations_service.h"

namespace tessera::server {

Result<std::unique_ptr<ServicesRole>> ServicesRole::start(const std::string& data,
                                                          platform::MetricsRegistry& metrics) {
  persistence::DatabaseOptions database_options;
  database_options.file = data + "/" + kDatabaseName;
  auto database = persistence::Database::open(database_options);
  if (!database) return std::unexpected(database.error());
  std::unique_ptr<ServicesRole> role(new ServicesRole);
  role->database_ = std::move(*database);
  role->database_failures_ = metrics.counter_callback(
      "tessera_database_failures_total",
      "Reads and writes that the database failed: a full disk, a lock, damage. The log says which.",
      [database = role->database_.get()] { return static_cast<double>(database->failures()); });
  services::HostOptions host_options;
  host_options.metrics = &metrics;
  role->host_ = std::make_unique<services::Host>(std::move(host_options));
  if (auto served = accounts::serve_accounts(*role->host_, *role->database_); !served) {
    return std::unexpected(served.error());
  }
  characters::serve_characters(*role->host_, *role->database_);
  operations::serve_operations(*role->host_, *role->database_);
  if (auto started = role->host_->start(); !started) return std::unexpected(started.error());
  const services::ServiceChannel channel = role->host_->channel();
  role->accounts_ = std::make_unique<accounts::AccountsClient>(channel);
  role->characters_ = std::make_unique<characters::CharactersClient>(channel);
  role->operations_ = std::make_unique<operations::OperationsClient>(channel);
  return role;
}

ServicesRole::~ServicesRole() {
  accounts_.reset();
  characters_.reset();
  operations_.reset();
  host_.reset();  // before the database it serves from
}

}  // namespace tessera::server
