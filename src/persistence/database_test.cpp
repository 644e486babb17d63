// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci.h>
#include <sys/stat.h>

#include <thread>

#include "persistence/connection.h"
#include "persistence/test_database.h"

namespace tessera::persistence {
namespace {

int count_rows(Database& database, const std::string& table) {
  return database.pool()
      .read([&](soci::session& sql) -> Result<int> {
        int rows = 0;
        sql << "SELECT COUNT(*) FROM " + table, soci::into(rows);
        return rows;
      })
      .value();
}

Result<void> add_counter(Database& database, const std::string& name) {
  return database.pool().write([&](soci::session& sql) -> Result<void> {
    sql << "INSERT INTO counters (name, value) VALUES (:name, 7)", soci::use(name);
    return {};
  });
}

TEST(Database, CreatesItsFolderAndAFileForItsOwnerOnly) {
  TestFolder folder;
  const auto file = folder.path() / "data" / "deep" / "tessera.db";
  auto database = Database::open({.file = file});
  ASSERT_TRUE(database) << database.error().message;
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_TRUE((*database)->check());
}

TEST(Database, KeepsWhatWasCommittedWhenOpenedAgain) {
  TestDatabase database;
  ASSERT_TRUE(add_counter(*database, "kept"));
  const int before = count_rows(*database, "counters");
  const int migrations = count_rows(*database, "schema_migrations");
  database.reopen();
  EXPECT_EQ(count_rows(*database, "counters"), before);
  EXPECT_EQ(count_rows(*database, "schema_migrations"), migrations);
}

TEST(Database, KeepsNothingOfAWriteThatFails) {
  TestDatabase database;
  const int before = count_rows(*database, "counters");
  const auto result = database->pool().write([](soci::session& sql) -> Result<void> {
    sql << "INSERT INTO counters (name, value) VALUES ('half', 1)";
    return failure(ErrorKind::NotFound, "the rules say no");
  });
  EXPECT_EQ(result.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(count_rows(*database, "counters"), before);
}

TEST(Database, TellsAConstraintThatIsBroken) {
  TestDatabase database;
  ASSERT_TRUE(add_counter(*database, "twice"));
  EXPECT_EQ(add_counter(*database, "twice").error().kind, ErrorKind::AlreadyExists);
}

TEST(Database, TellsOurOwnBadSqlAsInternal) {
  TestDatabase database;
  const auto result = database->pool().read([](soci::session& sql) -> Result<void> {
    sql << "SELECT nothing FROM nowhere";
    return {};
  });
  EXPECT_EQ(result.error().kind, ErrorKind::Internal);
  EXPECT_THAT(result.error().message, testing::HasSubstr("nowhere"));
}

TEST(Database, ReadsWhileAnotherThreadWrites) {
  TestDatabase database;
  const int before = count_rows(*database, "counters");
  const auto result = database->pool().write([&](soci::session& sql) -> Result<void> {
    sql << "INSERT INTO counters (name, value) VALUES ('later', 1)";
    // In the middle of a write transaction readers see the state before it, without waiting.
    std::thread reader([&] { EXPECT_EQ(count_rows(*database, "counters"), before); });
    reader.join();
    return {};
  });
  EXPECT_TRUE(result);
  EXPECT_EQ(count_rows(*database, "counters"), before + 1);
}

TEST(Database, ServesManyThreadsWithFewConnections) {
  TestDatabase database;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(add_counter(*database, "c" + std::to_string(thread * 100 + i)));
        EXPECT_GT(count_rows(*database, "counters"), 0);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(count_rows(*database, "counters"), 160);
}

TEST(Database, GivesEachIdOnce) {
  TestDatabase database;
  const auto take = [&] {
    return database->pool()
        .write([](soci::session& sql) -> Result<long long> { return next_id(sql, "account"); })
        .value();
  };
  EXPECT_EQ(take(), 1);
  EXPECT_EQ(take(), 2);
  database.reopen();
  EXPECT_EQ(take(), 3);
}

}  // namespace
}  // namespace tessera::persistence
