// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "persistence/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <stdexcept>

namespace tessera::persistence {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Translate, NamesTheFileAndWhatToDoAboutEachFailure) {
  struct Case {
    int code;
    ErrorKind kind;
    const char* advice;
  };
  for (const Case& one : {
           Case{SQLITE_BUSY, ErrorKind::StorageFailed, "fuser -v data/tessera.db"},
           Case{SQLITE_LOCKED, ErrorKind::StorageFailed, "fuser -v data/tessera.db"},
           Case{SQLITE_FULL, ErrorKind::StorageFailed, "free some space"},
           Case{SQLITE_READONLY, ErrorKind::StorageFailed, "choose another folder with --data"},
           Case{SQLITE_READONLY_DIRECTORY, ErrorKind::StorageFailed, "its folder writable"},
           Case{SQLITE_CANTOPEN, ErrorKind::StorageFailed, "choose another with --data"},
           Case{SQLITE_PERM, ErrorKind::StorageFailed, "choose another with --data"},
           Case{SQLITE_CORRUPT, ErrorKind::Corrupt, "restore the newest backup"},
           Case{SQLITE_NOTADB, ErrorKind::Corrupt, "restore the newest backup"},
           Case{SQLITE_IOERR_WRITE, ErrorKind::StorageFailed, "see dmesg"},
           Case{SQLITE_CONSTRAINT_UNIQUE, ErrorKind::AlreadyExists, "what SQLite said"},
           Case{SQLITE_MISUSE, ErrorKind::Internal, "what SQLite said"},
       }) {
    const soci::sqlite3_soci_error failed("what SQLite said", one.code);
    const Error error = translate(failed, "data/tessera.db");
    EXPECT_EQ(error.kind, one.kind) << one.code;
    EXPECT_THAT(error.message, StartsWith("data/tessera.db: "));
    EXPECT_THAT(error.message, HasSubstr(one.advice)) << one.code;
  }
}

TEST(Translate, TellsWhatIsNotOfSqliteAsInternal) {
  const Error error = translate(std::runtime_error("out of paper"), "a.db");
  EXPECT_EQ(error.kind, ErrorKind::Internal);
  EXPECT_EQ(error.message, "a.db: out of paper");
}

}  // namespace
}  // namespace tessera::persistence
