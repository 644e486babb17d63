// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The keys that sign access tokens. Several may be valid at a time; the newest signs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "persistence/database.h"

namespace tessera::persistence {

struct SigningKeyRow {
  std::string id{};
  std::string private_pem{};    ///< PKCS #8
  std::int64_t created_at = 0;  ///< seconds since 1970 UTC
};

class SigningKeyStore {
 public:
  explicit SigningKeyStore(Database& database) : database_(database) {}

  /// Newest first.
  Result<std::vector<SigningKeyRow>> list();
  /// Stores the key unless there is one already; two processes that start together then use the
  /// same.
  Result<void> add_first(const SigningKeyRow& row);

 private:
  Database& database_;
};

}  // namespace tessera::persistence
