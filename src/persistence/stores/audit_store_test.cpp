// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/audit_store.h"

#include <gtest/gtest.h>

#include "persistence/stores/signing_key_store.h"
#include "persistence/test_database.h"

namespace tessera::persistence {
namespace {

TEST(AuditStore, ListsNewestFirstInPages) {
  TestDatabase database;
  AuditStore store(*database);
  for (int i = 1; i <= 5; ++i) {
    const AuditRow row{0, 100 + i, "root", "kick", "zoe", "", "done"};
    EXPECT_EQ(store.append(row).value(), i);
  }
  const auto newest = store.list(INT64_MAX, 2).value();
  ASSERT_EQ(newest.size(), 2u);
  EXPECT_EQ(newest[0].id, 5);
  EXPECT_EQ(newest[1].at, 104);
  EXPECT_EQ(newest[1].actor, "root");
  const auto rest = store.list(newest[1].id, 100).value();
  ASSERT_EQ(rest.size(), 3u);
  EXPECT_EQ(rest[0].id, 3);
}

TEST(SigningKeyStore, KeepsTheFirstKeyForEver) {
  TestDatabase database;
  SigningKeyStore store(*database);
  EXPECT_TRUE(store.list().value().empty());
  ASSERT_TRUE(store.add_first({"key 1", "pem 1", 100}));
  ASSERT_TRUE(store.add_first({"key 2", "pem 2", 200}));
  database.reopen();
  const auto keys = SigningKeyStore(*database).list().value();
  ASSERT_EQ(keys.size(), 1u);
  EXPECT_EQ(keys[0].id, "key 1");
  EXPECT_EQ(keys[0].private_pem, "pem 1");
  EXPECT_EQ(keys[0].created_at, 100);
}

}  // namespace
}  // namespace tessera::persistence
