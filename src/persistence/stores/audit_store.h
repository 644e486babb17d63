// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What operators did: written, never changed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "persistence/database.h"

namespace tessera::persistence {

struct AuditRow {
  std::int64_t id = 0;  ///< counts up; given by the store
  std::int64_t at = 0;  ///< seconds since 1970 UTC
  std::string actor{};
  std::string action{};
  std::string target{};
  std::string detail{};
  std::string result{};
};

class AuditStore {
 public:
  explicit AuditStore(Database& database) : database_(database) {}

  /// Returns the row's id.
  Result<std::int64_t> append(const AuditRow& row);
  /// At most `count` rows, newest first, with ids below `before`.
  Result<std::vector<AuditRow>> list(std::int64_t before, int count);

 private:
  Database& database_;
};

}  // namespace tessera::persistence
