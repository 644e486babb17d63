// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The rules of accounts, without transport: who may register, log in, refresh, and who is banned.
// All calls are safe from any thread. register_account and log_in hash a password and so take some
// 30 ms of a core; the face runs them on its hashing threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "engine/core/error.h"
#include "persistence/stores/account_store.h"
#include "persistence/stores/refresh_token_store.h"
#include "services/accounts/accounts_client.h"
#include "services/accounts/detail/password_hasher.h"
#include "services/accounts/detail/token_signer.h"

namespace tessera::accounts {

struct AccountRulesOptions {
  PasswordCost password_cost{};
  /// Short, because an access token cannot be taken back.
  std::int64_t access_token_s = 15 * 60;
  std::int64_t refresh_token_s = 30 * 24 * 3600;
  /// Seconds since 1970 UTC.
  std::function<std::int64_t()> now_s{};
};

inline constexpr std::size_t kAccountNameBytesMin = 3;
inline constexpr std::size_t kAccountNameBytesMax = 32;
inline constexpr std::size_t kPasswordBytesMin = 8;
/// Hashing reads it all: a megabyte of password is an attack.
inline constexpr std::size_t kPasswordBytesMax = 128;
inline constexpr std::size_t kReasonBytesMax = 200;

/// The form of a name by which names are unique: lower case.
std::string folded_name(const std::string& name);
/// Letters, digits, '_', '-' and '.', beginning with a letter.
Result<void> check_account_name(const std::string& name);
Result<void> check_password(const Credentials& credentials);

class AccountRules {
 public:
  AccountRules(persistence::Database& database, TokenSigner signer, AccountRulesOptions options);

  Result<AccountId> register_account(const Credentials& credentials);
  Result<SessionTokens> log_in(const Credentials& credentials);
  Result<SessionTokens> refresh(const std::string& refresh_token);
  Result<void> log_out(const std::string& refresh_token);
  const std::string& key_set() const { return signer_.key_set(); }
  Result<Standing> standing(AccountId account);
  Result<Standing> find(const std::string& name);
  Result<void> sanction(AccountId account, Sanction sanction, std::int64_t until,
                        const std::string& reason);

 private:
  Result<SessionTokens> tokens_for(const persistence::AccountRow& account,
                                   std::string refresh_token, std::int64_t now) const;

  persistence::AccountStore accounts_;
  persistence::RefreshTokenStore logins_;
  TokenSigner signer_;
  AccountRulesOptions options_;
  PasswordHasher hasher_;
};

}  // namespace tessera::accounts
