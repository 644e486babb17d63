// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/migrations.h"

#include <fmt/format.h>
#include <soci.h>

#include <chrono>
#include <map>

#include "engine/core/hash.h"
#include "persistence/connection.h"

namespace tessera::persistence {
namespace {

struct Applied {
  std::string name;
  std::string checksum;
};

std::string checksum_of(const Migration& migration) {
  return fmt::format("{:016x}", hash_bytes(std::as_bytes(std::span(migration.sql))));
}

std::map<int, Applied> applied_migrations(soci::session& sql) {
  std::map<int, Applied> applied;
  const soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT number, name, checksum FROM schema_migrations");
  for (const soci::row& row : rows) {
    applied[row.get<int>(0)] = {row.get<std::string>(1), row.get<std::string>(2)};
  }
  return applied;
}

Result<void> check_known(const std::map<int, Applied>& applied, std::span<const Migration> known,
                         const std::string& file) {
  for (const auto& [number, row] : applied) {
    if (number < 1 || static_cast<std::size_t>(number) > known.size()) {
      return failure(ErrorKind::InvalidArgument,
                     fmt::format("{}: the database is newer than this build: it has migration {} "
                                 "({}), this build knows {}; start the build that wrote it, or "
                                 "restore a backup from before the upgrade",
                                 file, number, row.name, known.size()));
    }
    const Migration& migration = known[static_cast<std::size_t>(number) - 1];
    if (row.checksum != checksum_of(migration)) {
      return failure(ErrorKind::InvalidArgument,
                     fmt::format("{}: migration {} ({}) differs from the one that was applied "
                                 "(checksum {}, expected {}); applied migrations never change: "
                                 "restore the file and put the change into a new one",
                                 file, number, row.name, checksum_of(migration), row.checksum));
    }
  }
  return {};
}

void apply(soci::session& sql, const Migration& migration) {
  for (const std::string& statement : statements_of(migration.sql)) sql << statement;
  const std::string name{migration.name};
  const std::string checksum = checksum_of(migration);
  const long long now = std::chrono::duration_cast<std::chrono::seconds>(
                            std::chrono::system_clock::now().time_since_epoch())
                            .count();
  sql << "INSERT INTO schema_migrations (number, name, checksum, applied_at) "
         "VALUES (:number, :name, :checksum, :applied_at)",
      soci::use(migration.number), soci::use(name), soci::use(checksum), soci::use(now);
}

}  // namespace

std::vector<std::string> statements_of(std::string_view sql) {
  std::vector<std::string> statements;
  std::string statement;
  for (std::size_t begin = 0; begin < sql.size();) {
    const std::size_t end = std::min(sql.find('\n', begin), sql.size());
    const std::string_view line = sql.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t text = line.find_first_not_of(' ');
    if (text == std::string_view::npos || line.substr(text).starts_with("--")) continue;
    statement.append(line).append("\n");
    if (!line.ends_with(';')) continue;
    statement.resize(statement.size() - 2);
    statements.push_back(std::move(statement));
    statement.clear();
  }
  if (!statement.empty()) statements.push_back(std::move(statement));
  return statements;
}

Result<void> migrate(soci::session& sql, std::span<const Migration> known,
                     const std::string& file) {
  {
    Transaction transaction(sql);
    sql << "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY, "
           "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";
    transaction.commit();
  }
  for (const Migration& migration : known) {
    // What is applied is read inside each transaction: another process may be migrating too.
    Transaction transaction(sql);
    const auto applied = applied_migrations(sql);
    if (auto checked = check_known(applied, known, file); !checked) return checked;
    if (applied.contains(migration.number)) continue;
    apply(sql, migration);
    transaction.commit();
  }
  return {};
}

}  // namespace tessera::persistence
