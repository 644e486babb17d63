// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/account_store.h"

#include <soci.h>

#include "persistence/connection.h"

namespace tessera::persistence {
namespace {

constexpr const char* kSelect =
    "SELECT id, name, name_key, password_hash, created_at, last_login_at, banned_until, "
    "ban_reason, muted_until, mute_reason FROM accounts WHERE ";

template <class Key>
Result<std::optional<AccountRow>> find_by(Database& database, const char* condition,
                                          const Key& key) {
  using Found = std::optional<AccountRow>;
  return database.pool().read([&](soci::session& sql) -> Result<Found> {
    AccountRow row;
    long long id = 0;
    sql << std::string(kSelect) + condition, soci::use(key), soci::into(id), soci::into(row.name),
        soci::into(row.name_key), soci::into(row.password_hash), soci::into(row.created_at),
        soci::into(row.last_login_at), soci::into(row.banned_until), soci::into(row.ban_reason),
        soci::into(row.muted_until), soci::into(row.mute_reason);
    if (!sql.got_data()) return Found{};
    row.id.value = static_cast<std::uint64_t>(id);
    return Found{std::move(row)};
  });
}

Result<bool> set_until(Database& database, const char* statement, AccountId account,
                       std::int64_t until, const std::string& reason) {
  return database.pool().write([&](soci::session& sql) -> Result<bool> {
    const auto id = static_cast<long long>(account.value);
    soci::statement update =
        (sql.prepare << statement, soci::use(until), soci::use(reason), soci::use(id));
    update.execute(true);
    return update.get_affected_rows() == 1;
  });
}

}  // namespace

Result<AccountId> AccountStore::create(const AccountRow& row) {
  return database_.pool().write([&](soci::session& sql) -> Result<AccountId> {
    int taken = 0;
    sql << "SELECT COUNT(*) FROM accounts WHERE name_key = :key", soci::use(row.name_key),
        soci::into(taken);
    if (taken != 0) return failure(ErrorKind::AlreadyExists, "the name is taken: choose another");
    const long long id = next_id(sql, "account");
    sql << "INSERT INTO accounts (id, name, name_key, password_hash, created_at, last_login_at, "
           "banned_until, ban_reason, muted_until, mute_reason) VALUES (:id, :name, :name_key, "
           ":password_hash, :created_at, :last_login_at, :banned_until, :ban_reason, :muted_until, "
           ":mute_reason)",
        soci::use(id), soci::use(row.name), soci::use(row.name_key), soci::use(row.password_hash),
        soci::use(row.created_at), soci::use(row.last_login_at), soci::use(row.banned_until),
        soci::use(row.ban_reason), soci::use(row.muted_until), soci::use(row.mute_reason);
    return AccountId{static_cast<std::uint64_t>(id)};
  });
}

Result<std::optional<AccountRow>> AccountStore::find(AccountId id) {
  return find_by(database_, "id = :id", static_cast<long long>(id.value));
}

Result<std::optional<AccountRow>> AccountStore::find(const std::string& name_key) {
  return find_by(database_, "name_key = :name_key", name_key);
}

Result<bool> AccountStore::set_ban(AccountId id, std::int64_t until, const std::string& reason) {
  return set_until(database_,
                   "UPDATE accounts SET banned_until = :until, ban_reason = :reason "
                   "WHERE id = :id",
                   id, until, reason);
}

Result<bool> AccountStore::set_mute(AccountId id, std::int64_t until, const std::string& reason) {
  return set_until(database_,
                   "UPDATE accounts SET muted_until = :until, mute_reason = :reason "
                   "WHERE id = :id",
                   id, until, reason);
}

}  // namespace tessera::persistence
