// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <span>
#include <string>

#include "engine/platform/testing/temp_directory.h"

namespace tessera::platform {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

/// Lets this process write files of so many bytes at most: a full disk without filling one.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    old_handler_ = signal(SIGXFSZ, SIG_IGN);  // then write() fails with EFBIG instead
    getrlimit(RLIMIT_FSIZE, &old_limit_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = old_limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_limit_);
    signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_limit_{};
  sighandler_t old_handler_ = SIG_DFL;
};

TEST(Files, ReadBackWhatWasWritten) {
  const TempDirectory directory;
  const std::string path = directory.file("note");
  ASSERT_TRUE(write_text_file(path, "one\ntwo"));
  EXPECT_EQ(read_text_file(path).value(), "one\ntwo");
  EXPECT_EQ(read_file(path).value().size(), 7u);
  ASSERT_TRUE(write_text_file(path, ""));
  EXPECT_EQ(read_text_file(path).value(), "");
}

TEST(Files, ReadFilesWhoseSizeIsNotKnownBefore) {
  EXPECT_THAT(read_text_file("/proc/self/status").value(), HasSubstr("VmRSS"));
}

TEST(Files, RefuseToReadMoreThanAllowed) {
  const TempDirectory directory;
  const std::string path = directory.file("large");
  ASSERT_TRUE(write_text_file(path, std::string(100, 'x')));
  EXPECT_TRUE(read_text_file(path, 100));
  const auto content = read_text_file(path, 99);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, ErrorKind::ResourceExhausted);
  EXPECT_THAT(content.error().message, AllOf(HasSubstr(path), HasSubstr("99 bytes")));
}

TEST(Files, NameThePathAndTheReasonWhenTheyCannotBeOpened) {
  const auto content = read_file("/nonexistent/file");
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(content.error().message, "cannot open '/nonexistent/file': No such file or directory");
  EXPECT_FALSE(read_file("/"));  // a directory opens, and fails to be read
}

TEST(WriteFile, ReplacesAsAWholeAndLeavesNothingBeside) {
  const TempDirectory directory;
  ASSERT_TRUE(write_text_file(directory.file("a"), "old"));
  ASSERT_TRUE(write_text_file(directory.file("a"), "new"));
  EXPECT_THAT(list_files(directory.path()).value(), ElementsAre("a"));
}

TEST(WriteFile, GivesTheModeThatWasAskedFor) {
  const TempDirectory directory;
  ASSERT_TRUE(write_text_file(directory.file("secret"), "x", 0600));
  struct stat status{};
  ASSERT_EQ(stat(directory.file("secret").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
}

TEST(WriteFile, KeepsTheOldContentWhenTheDiskIsFull) {
  const TempDirectory directory;
  const std::string path = directory.file("state");
  ASSERT_TRUE(write_text_file(path, "old"));
  Result<void> written;
  {
    const FileSizeLimit full(16);
    written = write_text_file(path, std::string(64, 'x'));
  }
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::ResourceExhausted);
  EXPECT_THAT(written.error().message, AllOf(HasSubstr(path), HasSubstr("make room")));
  EXPECT_EQ(read_text_file(path).value(), "old");
  EXPECT_THAT(list_files(directory.path()).value(), ElementsAre("state"));
}

TEST(WriteFile, FailsInADirectoryThatIsMissingOrOverOne) {
  const TempDirectory directory;
  EXPECT_EQ(write_text_file(directory.file("no/file"), "x").error().kind, ErrorKind::NotFound);
  ASSERT_TRUE(create_directories(directory.file("folder")));
  EXPECT_THAT(write_text_file(directory.file("folder"), "x").error().message,
              HasSubstr("cannot replace"));
}

TEST(FileError, TellsAFullDiskFromOtherTroubles) {
  EXPECT_EQ(file_error("write", "f", ENOSPC).kind, ErrorKind::ResourceExhausted);
  EXPECT_EQ(file_error("write", "f", EDQUOT).kind, ErrorKind::ResourceExhausted);
  EXPECT_EQ(file_error("write", "f", EACCES).kind, ErrorKind::PermissionDenied);
  EXPECT_EQ(file_error("write", "f", EEXIST).kind, ErrorKind::AlreadyExists);
  EXPECT_EQ(file_error("write", "f", EISDIR).kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(file_error("write", "f", EIO).kind, ErrorKind::Unavailable);
}

TEST(Directories, AreMadeWithAllAboveThemAndMayExist) {
  const TempDirectory directory;
  const std::string path = directory.file("a/b/c");
  ASSERT_TRUE(create_directories(path));
  ASSERT_TRUE(create_directories(path));
  EXPECT_TRUE(std::filesystem::is_directory(path));
  ASSERT_TRUE(write_text_file(directory.file("file"), ""));
  EXPECT_FALSE(create_directories(directory.file("file/below")));
}

TEST(Directories, ListTheirRegularFilesInOrder) {
  const TempDirectory directory;
  ASSERT_TRUE(create_directories(directory.file("folder")));
  ASSERT_TRUE(write_text_file(directory.file("b"), ""));
  ASSERT_TRUE(write_text_file(directory.file("a"), ""));
  EXPECT_THAT(list_files(directory.path()).value(), ElementsAre("a", "b"));
  EXPECT_EQ(list_files(directory.file("none")).error().kind, ErrorKind::NotFound);
}

TEST(RemoveFile, SaysWhetherThereWasOne) {
  const TempDirectory directory;
  ASSERT_TRUE(write_text_file(directory.file("a"), ""));
  EXPECT_TRUE(file_exists(directory.file("a")));
  EXPECT_TRUE(remove_file(directory.file("a")).value());
  EXPECT_FALSE(remove_file(directory.file("a")).value());
  EXPECT_FALSE(file_exists(directory.file("a")));
  EXPECT_FALSE(remove_file(directory.path()));
}

TEST(AppendFile, GoesOnAtTheEndOfWhatIsThere) {
  const TempDirectory directory;
  const std::string path = directory.file("log");
  {
    auto file = AppendFile::open(path);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->append(bytes_of("one ")));
    ASSERT_TRUE(file->sync());
  }
  auto file = AppendFile::open(path);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 4u);
  EXPECT_EQ(file->path(), path);
  ASSERT_TRUE(file->append(bytes_of("two")));
  EXPECT_EQ(file->size(), 7u);
  EXPECT_EQ(read_text_file(path).value(), "one two");
}

TEST(AppendFile, TakesBackHalfARecordWhenTheDiskIsFull) {
  const TempDirectory directory;
  auto file = AppendFile::open(directory.file("log"));
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->append(bytes_of("0123456789")));
  Result<void> appended;
  {
    const FileSizeLimit full(15);
    appended = file->append(bytes_of("0123456789"));
  }
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().kind, ErrorKind::ResourceExhausted);
  EXPECT_EQ(file->size(), 10u);
  ASSERT_TRUE(file->append(bytes_of("ab")));
  EXPECT_EQ(read_text_file(file->path()).value(), "0123456789ab");
}

TEST(AppendFile, ReportsADeviceWithoutRoom) {
  if (!std::filesystem::is_character_file("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  auto file = AppendFile::open("/dev/full");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->append(bytes_of("x")).error().kind, ErrorKind::ResourceExhausted);
  EXPECT_FALSE(file->sync());
  EXPECT_FALSE(file->truncate(0));
}

TEST(AppendFile, CutsATornEndAndMovesToANewOwner) {
  const TempDirectory directory;
  auto file = AppendFile::open(directory.file("log"));
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->append(bytes_of("whole torn")));
  ASSERT_TRUE(file->truncate(6));
  AppendFile owner;
  EXPECT_FALSE(owner.is_open());
  owner = std::move(*file);
  AppendFile next(std::move(owner));
  ASSERT_TRUE(next.append(bytes_of("end")));
  EXPECT_EQ(read_text_file(next.path()).value(), "whole end");
  EXPECT_EQ(AppendFile::open(directory.file("no/log")).error().kind, ErrorKind::NotFound);
}

TEST(LockFile, KeepsASecondOwnerOutUntilTheFirstIsGone) {
  const TempDirectory directory;
  const std::string path = directory.file("lock");
  {
    auto lock = LockFile::acquire(path);
    ASSERT_TRUE(lock);
    const auto second = LockFile::acquire(path);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::AlreadyExists);
    EXPECT_THAT(second.error().message,
                AllOf(HasSubstr(path), HasSubstr("process " + std::to_string(getpid()))));
    LockFile moved(std::move(*lock));
    LockFile assigned = std::move(moved);
    EXPECT_FALSE(LockFile::acquire(path));
  }
  EXPECT_TRUE(LockFile::acquire(path));
  EXPECT_EQ(LockFile::acquire(directory.file("no/lock")).error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace tessera::platform
