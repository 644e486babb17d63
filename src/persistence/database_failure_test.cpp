// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the outside does to a database file, and what the server says then.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <soci.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "engine/platform/files.h"
#include "engine/platform/log.h"
#include "persistence/connection.h"
#include "persistence/database.h"
#include "persistence/test_database.h"

namespace tessera::persistence {
namespace {

using testing::HasSubstr;

Result<void> write_bytes(Database& database, const std::string& name, std::size_t size) {
  return database.pool().write([&](soci::session& sql) -> Result<void> {
    const std::string text(size, 'x');
    sql << "INSERT INTO signing_keys (id, private_pem, created_at) VALUES (:name, :text, 0)",
        soci::use(name), soci::use(text);
    return {};
  });
}

/// Runs `f` in a child process and returns its exit code.
int in_child(const std::function<int()>& f) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(f());
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void expect_error(const Result<std::unique_ptr<Database>>& opened, ErrorKind kind,
                  const std::filesystem::path& file, const std::string& text) {
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, kind) << opened.error().message;
  EXPECT_THAT(opened.error().message, HasSubstr(file.string()));
  EXPECT_THAT(opened.error().message, HasSubstr(text));
}

TEST(DatabaseFailure, RefusesAFileThatIsNoDatabase) {
  TestFolder folder;
  std::ofstream(folder.file()) << std::string(8192, '#');
  expect_error(Database::open({.file = folder.file()}), ErrorKind::Corrupt, folder.file(),
               "restore the newest backup");
}

TEST(DatabaseFailure, RefusesADatabaseWithDamagedPages) {
  TestFolder folder;
  {
    auto database = Database::open({.file = folder.file()}).value();
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(write_bytes(*database, std::to_string(i), 3000));
  }
  std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(8192);
  file << std::string(60000, '\x5a');
  file.close();
  expect_error(Database::open({.file = folder.file()}), ErrorKind::Corrupt, folder.file(),
               "damaged");
}

TEST(DatabaseFailure, FindsDamageThatHappensWhileItIsOpen) {
  TestFolder folder;
  auto database = Database::open({.file = folder.file()}).value();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(write_bytes(*database, std::to_string(i), 3000));
  database.reset();
  database = Database::open({.file = folder.file()}).value();
  std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(static_cast<std::size_t>(std::filesystem::file_size(folder.file())) - 4096,
                      '\x5a');
  file.close();
  const auto checked = database->check();
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::Corrupt) << checked.error().message;
}

TEST(DatabaseFailure, RefusesADatabaseOfANewerBuildAndLeavesItAlone) {
  TestFolder folder;
  auto database = Database::open({.file = folder.file()}).value();
  ASSERT_TRUE(database->pool().write([](soci::session& sql) -> Result<void> {
    sql << "INSERT INTO schema_migrations (number, name, checksum, applied_at) "
           "VALUES (4000, 'from_the_future', '', 0)";
    return {};
  }));
  database.reset();
  expect_error(Database::open({.file = folder.file()}), ErrorKind::InvalidArgument, folder.file(),
               "newer than this build");
}

TEST(DatabaseFailure, RefusesAFolderInPlaceOfTheFile) {
  TestFolder folder;
  std::filesystem::create_directories(folder.file());
  expect_error(Database::open({.file = folder.file()}), ErrorKind::StorageFailed, folder.file(),
               "--data");
}

TEST(DatabaseFailure, RefusesAFileThatItMayNotWrite) {
  TestFolder folder;
  Database::open({.file = folder.file()}).value().reset();
  std::filesystem::permissions(
      folder.file(), std::filesystem::perms::owner_read | std::filesystem::perms::others_read);
  std::filesystem::permissions(
      folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec |
                         std::filesystem::perms::others_read | std::filesystem::perms::others_exec);
  const int nobody = 65534;
  const int user = ::setfsuid(nobody);  // root may write everything: be somebody else meanwhile
  auto opened = Database::open({.file = folder.file()});
  ::setfsuid(static_cast<uid_t>(user));
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
  expect_error(opened, ErrorKind::StorageFailed, folder.file(), "writ");
}

TEST(DatabaseFailure, SaysThatAnotherProcessKeepsItLocked) {
  TestFolder folder;
  auto holder = Database::open({.file = folder.file()}).value();
  const auto result = holder->pool().write([&](soci::session&) -> Result<void> {
    // Another opening of the same file, as another process would: the writer's lock is taken.
    expect_error(Database::open({.file = folder.file(), .busy_timeout_ms = 10}),
                 ErrorKind::StorageFailed, folder.file(), "locked");
    return {};
  });
  EXPECT_TRUE(result);
  EXPECT_TRUE(Database::open({.file = folder.file(), .busy_timeout_ms = 10}));
}

TEST(DatabaseFailure, LosesNothingWhenTheDiskIsFullAndGoesOnWhenItIsNot) {
  TestFolder folder;
  auto database = Database::open({.file = folder.file(), .pages_max = 40}).value();
  ASSERT_TRUE(write_bytes(*database, "before", 1000));
  const auto full = write_bytes(*database, "too much", 400'000);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, ErrorKind::StorageFailed);
  EXPECT_THAT(full.error().message, HasSubstr("disk is full"));
  EXPECT_EQ(database->failures(), 1u);
  EXPECT_TRUE(write_bytes(*database, "after", 1000));
  database.reset();
  database = Database::open({.file = folder.file()}).value();
  EXPECT_FALSE(write_bytes(*database, "before", 1)) << "the row before was lost";
  EXPECT_FALSE(write_bytes(*database, "after", 1)) << "the row after was lost";
  EXPECT_TRUE(write_bytes(*database, "too much", 400'000)) << "half of the failed write remained";
}

TEST(DatabaseFailure, CountsAndLogsWhatFailsButNotWhatIsRefused) {
  TestFolder folder;
  const std::string messages = (folder.path() / "messages.log").string();
  ASSERT_TRUE(platform::start_logging({.file = messages, .to_stderr = false}));
  auto database = Database::open({.file = folder.file(), .pages_max = 40}).value();
  ASSERT_TRUE(write_bytes(*database, "a row", 10));
  EXPECT_EQ(write_bytes(*database, "a row", 10).error().kind, ErrorKind::AlreadyExists);
  const auto refuse = [](soci::session&) -> Result<void> {
    return failure(ErrorKind::NotFound, "no such row");
  };
  EXPECT_FALSE(database->pool().write(refuse));
  EXPECT_FALSE(database->pool().read(refuse));
  EXPECT_EQ(database->failures(), 0u);
  const auto look_elsewhere = [](soci::session& sql) -> Result<void> {
    int value = 0;
    sql << "SELECT value FROM no_such_table", soci::into(value);
    return {};
  };
  EXPECT_FALSE(database->pool().read(look_elsewhere));
  for (int i = 0; i < 9; ++i) EXPECT_FALSE(write_bytes(*database, "too much", 400'000));
  EXPECT_EQ(database->failures(), 10u);
  platform::stop_logging();
  const std::string log = platform::read_text_file(messages).value();
  const auto first = log.find(" error the database failed error=");
  ASSERT_NE(first, std::string::npos) << log;
  EXPECT_THAT(log, HasSubstr(folder.file().string()));
  EXPECT_EQ(log.find("the database failed", first + 20), std::string::npos)
      << "a line for each failure would fill the disk again";
}

TEST(DatabaseFailure, SaysSoWhenTheFileMayNotGrow) {
  TestFolder folder;
  auto database = Database::open({.file = folder.file()}).value();
  ASSERT_TRUE(write_bytes(*database, "before", 1000));
  database.reset();
  const int code = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200'000, 200'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto opened = Database::open({.file = folder.file()});
    if (!opened) return 1;
    const auto failed = write_bytes(**opened, "too much", 1'000'000);
    if (failed) return 2;
    if (failed.error().kind != ErrorKind::StorageFailed) return 3;
    if (failed.error().message.find("ulimit") == std::string::npos) return 4;
    return write_bytes(**opened, "after", 100) ? 0 : 5;
  });
  EXPECT_EQ(code, 0);
  database = Database::open({.file = folder.file()}).value();
  EXPECT_FALSE(write_bytes(*database, "after", 100)) << "the row after was lost";
}

TEST(DatabaseFailure, LosesNothingThatWasCommittedWhenTheProcessIsKilled) {
  TestFolder folder;
  const int code = in_child([&] {
    auto database = Database::open({.file = folder.file()}).value();
    for (int i = 0; i < 50; ++i) {
      if (!write_bytes(*database, "row " + std::to_string(i), 2000)) return 1;
    }
    (void)database->pool().write([](soci::session& sql) -> Result<void> {
      sql << "INSERT INTO counters (name, value) VALUES ('uncommitted', 1)";
      ::_exit(9);  // nothing is closed, flushed or checkpointed
    });
    return 2;
  });
  ASSERT_EQ(code, 9);
  auto database = Database::open({.file = folder.file()}).value();
  for (int i = 0; i < 50; ++i) {
    EXPECT_FALSE(write_bytes(*database, "row " + std::to_string(i), 1)) << "row " << i << " lost";
  }
  EXPECT_TRUE(database->check());
}

TEST(DatabaseFailure, LetsTwoProcessesCreateItAtOnce) {
  for (int round = 0; round < 5; ++round) {
    TestFolder folder;
    const pid_t child = ::fork();
    auto opened = Database::open({.file = folder.file()});
    const bool written =
        opened && write_bytes(**opened, child == 0 ? "child" : "parent", 100).has_value();
    if (child == 0) ::_exit(written ? 0 : 1);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(written) << (opened ? std::string() : opened.error().message);
    EXPECT_EQ(status, 0);
    EXPECT_FALSE(write_bytes(**opened, "child", 1)) << "the child's row was lost";
  }
}

}  // namespace
}  // namespace tessera::persistence
