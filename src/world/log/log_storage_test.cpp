// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/log/log_storage.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

namespace tessera::log {
namespace {

class DiskStorageTest : public testing::Test {
 public:
  DiskStorageTest() {
    std::string name = (std::filesystem::temp_directory_path() / "tessera_log_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~DiskStorageTest() override { std::filesystem::remove_all(folder_); }

 protected:
  std::filesystem::path folder_;
  DiskStorage disk_;
};

TEST_F(DiskStorageTest, KeepsWhatWasAppended) {
  const std::filesystem::path path = folder_ / "a.tlog";
  const std::vector<std::byte> bytes{std::byte{1}, std::byte{2}};
  {
    auto file = disk_.create(path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_TRUE((*file)->append(bytes));
    EXPECT_TRUE((*file)->append(bytes));
    EXPECT_TRUE((*file)->sync());
  }
  auto mapped = MappedLog::open(path);
  ASSERT_TRUE(mapped);
  EXPECT_EQ(mapped->bytes().size(), 4u);
  EXPECT_EQ(mapped->bytes()[3], std::byte{2});
  MappedLog moved = std::move(*mapped);
  *mapped = std::move(moved);
  EXPECT_EQ(mapped->bytes().size(), 4u);
}

TEST_F(DiskStorageTest, ListsFilesByNameAndMakesTheFolder) {
  const std::filesystem::path log = folder_ / "zone" / "log";
  EXPECT_TRUE(disk_.list(log)->empty());
  ASSERT_TRUE(disk_.create(log / "b"));
  ASSERT_TRUE(disk_.create(log / "a"));
  EXPECT_EQ(*disk_.list(log), (std::vector<std::filesystem::path>{log / "a", log / "b"}));
  EXPECT_TRUE(disk_.remove(log / "a"));
  EXPECT_EQ(disk_.list(log)->size(), 1u);
}

TEST_F(DiskStorageTest, NamesTheFileAndTheReasonWhenItFails) {
  const auto missing = folder_ / "no" / "such.tlog";
  EXPECT_EQ(disk_.create(missing).error().kind, ErrorKind::NotFound);
  EXPECT_NE(disk_.create(missing).error().message.find("such.tlog"), std::string::npos);
  EXPECT_FALSE(disk_.remove(missing));
  EXPECT_EQ(MappedLog::open(missing).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(MappedLog::open(folder_).error().kind, ErrorKind::InvalidArgument);
  ASSERT_TRUE(disk_.create(folder_ / "file"));
  EXPECT_FALSE(disk_.list(folder_ / "file"));
  EXPECT_FALSE(disk_.list(folder_ / "file" / "below"));
}

TEST_F(DiskStorageTest, MapsAnEmptyFileAsNoBytes) {
  ASSERT_TRUE(disk_.create(folder_ / "empty"));
  auto mapped = MappedLog::open(folder_ / "empty");
  ASSERT_TRUE(mapped);
  EXPECT_TRUE(mapped->bytes().empty());
}

TEST_F(DiskStorageTest, ReportsAFullDisk) {
  if (!std::filesystem::is_character_file("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  auto full = disk_.create("/dev/full");
  ASSERT_TRUE(full) << full.error().message;
  const std::vector<std::byte> bytes(4096);
  auto written = (*full)->append(bytes);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::ResourceExhausted);
  EXPECT_NE(written.error().message.find("No space left"), std::string::npos);
  EXPECT_NE(written.error().message.find("make room"), std::string::npos) << "what to do";
}

}  // namespace
}  // namespace tessera::log
