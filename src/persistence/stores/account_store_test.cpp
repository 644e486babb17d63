// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/stores/account_store.h"

#include <gtest/gtest.h>

#include "persistence/test_database.h"

namespace tessera::persistence {
namespace {

AccountRow row_named(const std::string& name) {
  return {.name = name, .name_key = name, .password_hash = "hash", .created_at = 100};
}

TEST(AccountStore, FindsWhatWasCreatedByIdAndByName) {
  TestDatabase database;
  AccountStore store(*database);
  AccountRow row = row_named("ada");
  row.name = "Ada";
  const auto id = store.create(row);
  ASSERT_TRUE(id) << id.error().message;
  const auto by_name = store.find("ada").value();
  ASSERT_TRUE(by_name);
  EXPECT_EQ(by_name->id, *id);
  EXPECT_EQ(by_name->name, "Ada");
  EXPECT_EQ(by_name->password_hash, "hash");
  EXPECT_EQ(by_name->created_at, 100);
  EXPECT_EQ(by_name->banned_until, 0);
  EXPECT_EQ(store.find(*id).value()->name, "Ada");
}

TEST(AccountStore, FindsNothingForAStranger) {
  TestDatabase database;
  AccountStore store(*database);
  EXPECT_FALSE(store.find("nobody").value());
  EXPECT_FALSE(store.find(AccountId{7}).value());
}

TEST(AccountStore, RefusesANameThatIsTaken) {
  TestDatabase database;
  AccountStore store(*database);
  ASSERT_TRUE(store.create(row_named("ada")));
  EXPECT_EQ(store.create(row_named("ada")).error().kind, ErrorKind::AlreadyExists);
}

TEST(AccountStore, TakesSqlInNamesAsText) {
  TestDatabase database;
  AccountStore store(*database);
  const std::string hostile = "x', ''); DROP TABLE accounts; -- \" ? :id % \xff";
  const auto id = store.create(row_named(hostile));
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(store.find(hostile).value()->name, hostile);
  EXPECT_FALSE(store.find("' OR '1' = '1").value());
}

TEST(AccountStore, KeepsBansAndMutesApart) {
  TestDatabase database;
  AccountStore store(*database);
  const AccountId id = store.create(row_named("ada")).value();
  EXPECT_TRUE(store.set_ban(id, INT64_MAX, "botting").value());
  EXPECT_TRUE(store.set_mute(id, 500, "shouting").value());
  const auto row = store.find(id).value();
  ASSERT_TRUE(row);
  EXPECT_EQ(row->banned_until, INT64_MAX);
  EXPECT_EQ(row->ban_reason, "botting");
  EXPECT_EQ(row->muted_until, 500);
  EXPECT_EQ(row->mute_reason, "shouting");
  EXPECT_FALSE(store.set_ban(AccountId{99}, 1, "").value());
}

}  // namespace
}  // namespace tessera::persistence
