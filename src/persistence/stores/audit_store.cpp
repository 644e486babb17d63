// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/audit_store.h"

#include <soci.h>

#include "persistence/connection.h"

namespace tessera::persistence {

Result<std::int64_t> AuditStore::append(const AuditRow& row) {
  return database_.pool().write([&](soci::session& sql) -> Result<std::int64_t> {
    const long long id = next_id(sql, "audit");
    sql << "INSERT INTO audit (id, at, actor, action, target, detail, result) VALUES (:id, :at, "
           ":actor, :action, :target, :detail, :result)",
        soci::use(id), soci::use(row.at), soci::use(row.actor), soci::use(row.action),
        soci::use(row.target), soci::use(row.detail), soci::use(row.result);
    return id;
  });
}

Result<std::vector<AuditRow>> AuditStore::list(std::int64_t before, int count) {
  using Rows = std::vector<AuditRow>;
  return database_.pool().read([&](soci::session& sql) -> Result<Rows> {
    Rows rows;
    AuditRow row;
    soci::statement select =
        (sql.prepare << "SELECT id, at, actor, action, target, detail, result FROM audit "
                        "WHERE id < :before ORDER BY id DESC LIMIT :count",
         soci::use(before), soci::use(count), soci::into(row.id), soci::into(row.at),
         soci::into(row.actor), soci::into(row.action), soci::into(row.target),
         soci::into(row.detail), soci::into(row.result));
    select.execute();
    while (select.fetch()) rows.push_back(row);
    return rows;
  });
}

}  // namespace tessera::persistence
