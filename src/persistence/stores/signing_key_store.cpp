// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/signing_key_store.h"

#include <soci.h>

#include "persistence/connection.h"

namespace tessera::persistence {

Result<std::vector<SigningKeyRow>> SigningKeyStore::list() {
  using Rows = std::vector<SigningKeyRow>;
  return database_.pool().read([](soci::session& sql) -> Result<Rows> {
    Rows keys;
    SigningKeyRow key;
    soci::statement select =
        (sql.prepare << "SELECT id, private_pem, created_at FROM signing_keys "
                        "ORDER BY created_at DESC, id",
         soci::into(key.id), soci::into(key.private_pem), soci::into(key.created_at));
    select.execute();
    while (select.fetch()) keys.push_back(key);
    return keys;
  });
}

Result<void> SigningKeyStore::add_first(const SigningKeyRow& row) {
  return database_.pool().write([&](soci::session& sql) -> Result<void> {
    sql << "INSERT INTO signing_keys (id, private_pem, created_at) SELECT :id, :private_pem, "
           ":created_at WHERE NOT EXISTS (SELECT id FROM signing_keys)",
        soci::use(row.id), soci::use(row.private_pem), soci::use(row.created_at);
    return {};
  });
}

}  // namespace tessera::persistence
