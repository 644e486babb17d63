// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Accounts: their names, password hashes, bans and mutes. Times are seconds since 1970 UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/core/error.h"
#include "engine/core/ids.h"
#include "persistence/database.h"

namespace tessera::persistence {

struct AccountRow {
  AccountId id{};
  std::string name{};
  std::string name_key{};  ///< unique; the rules' folded form of the name
  std::string password_hash{};
  std::int64_t created_at = 0;
  std::int64_t last_login_at = 0;
  std::int64_t banned_until = 0;
  std::string ban_reason{};
  std::int64_t muted_until = 0;
  std::string mute_reason{};
};

class AccountStore {
 public:
  explicit AccountStore(Database& database) : database_(database) {}

  /// Gives the row an id and stores it. AlreadyExists if the name_key is taken.
  Result<AccountId> create(const AccountRow& row);
  Result<std::optional<AccountRow>> find(AccountId id);
  Result<std::optional<AccountRow>> find(const std::string& name_key);
  /// False if there is no such account.
  Result<bool> set_ban(AccountId id, std::int64_t until, const std::string& reason);
  Result<bool> set_mute(AccountId id, std::int64_t until, const std::string& reason);

 private:
  Database& database_;
};

}  // namespace tessera::persistence
