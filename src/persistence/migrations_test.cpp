// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci.h>

#include "persistence/connection.h"
#include "persistence/test_database.h"

namespace tessera::persistence {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Migration kFirst{1, "first", "CREATE TABLE one (\n  a INTEGER NOT NULL\n);\n"};
constexpr Migration kSecond{2, "second", "INSERT INTO one (a) VALUES (1);\n"};
constexpr Migration kBroken{2, "broken", "INSERT INTO one (a) VALUES (1);\nSELECT b FROM one;\n"};

/// A database of its own tables only.
class MigrationsTest : public testing::Test {
 protected:
  Result<void> apply(std::vector<Migration> known) {
    return guarded(folder_.file().string(),
                   [&] { return migrate(sql_, known, folder_.file().string()); });
  }
  int count(const std::string& table) {
    int rows = 0;
    sql_ << "SELECT COUNT(*) FROM " + table, soci::into(rows);
    return rows;
  }

  TestFolder folder_;
  soci::session sql_{"sqlite3", "db=\"" + folder_.file().string() + "\""};
};

TEST(Migrations, AreCutIntoStatementsWithoutComments) {
  EXPECT_THAT(
      statements_of("-- one;\nCREATE TABLE a (\n  -- two\n  b INTEGER\n);\n\nDROP TABLE a;"),
      ElementsAre("CREATE TABLE a (\n  b INTEGER\n)", "DROP TABLE a"));
  EXPECT_THAT(statements_of("SELECT 1"), ElementsAre("SELECT 1\n"));
  EXPECT_THAT(statements_of("-- nothing\n"), ElementsAre());
}

TEST(Migrations, OfThisBuildCountUpFromOne) {
  int expected = 1;
  for (const Migration& migration : migrations()) {
    EXPECT_EQ(migration.number, expected++);
    EXPECT_FALSE(statements_of(migration.sql).empty()) << migration.name;
  }
  EXPECT_GT(expected, 1);
}

TEST_F(MigrationsTest, AreAppliedOnce) {
  ASSERT_TRUE(apply({kFirst, kSecond}));
  ASSERT_TRUE(apply({kFirst, kSecond}));
  EXPECT_EQ(count("one"), 1);
  EXPECT_EQ(count("schema_migrations"), 2);
}

TEST_F(MigrationsTest, ApplyOnlyWhatIsMissing) {
  ASSERT_TRUE(apply({kFirst}));
  EXPECT_EQ(count("one"), 0);
  ASSERT_TRUE(apply({kFirst, kSecond}));
  EXPECT_EQ(count("one"), 1);
}

TEST_F(MigrationsTest, LeaveNothingOfOneThatFails) {
  const auto result = apply({kFirst, kBroken});
  ASSERT_FALSE(result);
  EXPECT_EQ(count("schema_migrations"), 1);
  EXPECT_EQ(count("one"), 0);
  EXPECT_TRUE(apply({kFirst, kSecond}));
}

TEST_F(MigrationsTest, RefuseADatabaseThatIsNewer) {
  ASSERT_TRUE(apply({kFirst, kSecond}));
  const auto result = apply({kFirst});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidArgument);
  EXPECT_THAT(result.error().message, HasSubstr(folder_.file().string()));
  EXPECT_THAT(result.error().message, HasSubstr("newer than this build"));
  EXPECT_THAT(result.error().message, HasSubstr("second"));
}

TEST_F(MigrationsTest, RefuseOneThatWasChangedAfterItWasApplied) {
  ASSERT_TRUE(apply({kFirst}));
  const auto result = apply({{1, "first", "CREATE TABLE one (\n  b INTEGER NOT NULL\n);\n"}});
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message, HasSubstr("migration 1 (first) differs"));
}

}  // namespace
}  // namespace tessera::persistence
