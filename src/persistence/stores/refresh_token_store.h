// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Logins that have not ended, each with the hash of the one refresh token that is good now.
#pragma once

#include <cstdint>
#include <string>

#include "engine/core/error.h"
#include "engine/core/ids.h"
#include "persistence/database.h"

namespace tessera::persistence {

/// The oldest logins of an account end beyond this many: as many devices nobody has.
inline constexpr int kLoginsPerAccountMax = 10;

struct LoginRow {
  std::string id{};  ///< random, in hex: part of the token
  AccountId account{};
  std::string secret_hash{};    ///< of the token's other part, in hex
  std::int64_t started_at = 0;  ///< seconds since 1970 UTC
  std::int64_t expires_at = 0;
};

enum class RotationOutcome : std::uint8_t {
  Rotated,
  Unknown,  ///< no such login, or it has ended
  Expired,
  Reused,  ///< the secret is an old one: the login has been ended
};

struct Rotation {
  RotationOutcome outcome = RotationOutcome::Unknown;
  AccountId account{};
};

class RefreshTokenStore {
 public:
  explicit RefreshTokenStore(Database& database) : database_(database) {}

  /// Stores the login, notes it at the account, and removes the account's expired and oldest
  /// logins.
  Result<void> start(const LoginRow& row);
  /// Replaces the secret if the presented one is the newest. All in one transaction, so that of two
  /// parallel uses of a token one is a reuse.
  Result<Rotation> rotate(const std::string& login, const std::string& presented_hash,
                          const std::string& new_hash, std::int64_t now, std::int64_t expires_at);
  /// Ends a login; one that is unknown or has another secret is left alone.
  Result<void> end(const std::string& login, const std::string& presented_hash);
  Result<void> end_all(AccountId account);

 private:
  Database& database_;
};

}  // namespace tessera::persistence
