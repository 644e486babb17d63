// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The rules of the audit, without transport.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/core/error.h"
#include "persistence/stores/audit_store.h"
#include "services/operations/operations_client.h"

namespace tessera::operations {

class AuditRules {
 public:
  AuditRules(persistence::Database& database, std::function<std::int64_t()> now_s);

  /// Stores the action with the time of now. Who did what must be told.
  Result<std::int64_t> record(const Action& action);
  Result<std::vector<Action>> list(int count, std::int64_t before);

 private:
  persistence::AuditStore store_;
  std::function<std::int64_t()> now_s_;
};

}  // namespace tessera::operations
