// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/refresh_token_store.h"

#include <soci.h>

#include "persistence/connection.h"

namespace tessera::persistence {
namespace {

void delete_login(soci::session& sql, const std::string& login) {
  sql << "DELETE FROM logins WHERE id = :id", soci::use(login);
}

}  // namespace

Result<void> RefreshTokenStore::start(const LoginRow& row) {
  return database_.pool().write([&](soci::session& sql) -> Result<void> {
    const auto account = static_cast<long long>(row.account.value);
    sql << "INSERT INTO logins (id, account_id, secret_hash, started_at, refreshed_at, expires_at) "
           "VALUES (:id, :account, :secret_hash, :started_at, :refreshed_at, :expires_at)",
        soci::use(row.id), soci::use(account), soci::use(row.secret_hash),
        soci::use(row.started_at), soci::use(row.started_at), soci::use(row.expires_at);
    sql << "DELETE FROM logins WHERE account_id = :account AND expires_at <= :now",
        soci::use(account), soci::use(row.started_at);
    sql << "DELETE FROM logins WHERE account_id = :account AND id NOT IN (SELECT id FROM logins "
           "WHERE account_id = :same ORDER BY refreshed_at DESC, id LIMIT :keep) AND id <> :new",
        soci::use(account), soci::use(account), soci::use(kLoginsPerAccountMax), soci::use(row.id);
    sql << "UPDATE accounts SET last_login_at = :now WHERE id = :account",
        soci::use(row.started_at), soci::use(account);
    return {};
  });
}

Result<Rotation> RefreshTokenStore::rotate(const std::string& login,
                                           const std::string& presented_hash,
                                           const std::string& new_hash, std::int64_t now,
                                           std::int64_t expires_at) {
  return database_.pool().write([&](soci::session& sql) -> Result<Rotation> {
    long long account = 0;
    std::string current_hash;
    std::int64_t current_expires_at = 0;
    sql << "SELECT account_id, secret_hash, expires_at FROM logins WHERE id = :id",
        soci::use(login), soci::into(account), soci::into(current_hash),
        soci::into(current_expires_at);
    if (!sql.got_data()) return Rotation{};
    Rotation rotation{RotationOutcome::Rotated, AccountId{static_cast<std::uint64_t>(account)}};
    if (current_hash != presented_hash) {
      rotation.outcome = RotationOutcome::Reused;
      delete_login(sql, login);
    } else if (current_expires_at <= now) {
      rotation.outcome = RotationOutcome::Expired;
      delete_login(sql, login);
    } else {
      sql << "UPDATE logins SET secret_hash = :secret_hash, refreshed_at = :refreshed_at, "
             "expires_at = :expires_at WHERE id = :id",
          soci::use(new_hash), soci::use(now), soci::use(expires_at), soci::use(login);
    }
    return rotation;
  });
}

Result<void> RefreshTokenStore::end(const std::string& login, const std::string& presented_hash) {
  return database_.pool().write([&](soci::session& sql) -> Result<void> {
    sql << "DELETE FROM logins WHERE id = :id AND secret_hash = :secret_hash", soci::use(login),
        soci::use(presented_hash);
    return {};
  });
}

Result<void> RefreshTokenStore::end_all(AccountId account) {
  return database_.pool().write([&](soci::session& sql) -> Result<void> {
    const auto id = static_cast<long long>(account.value);
    sql << "DELETE FROM logins WHERE account_id = :account", soci::use(id);
    return {};
  });
}

}  // namespace tessera::persistence
