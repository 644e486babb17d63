// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a private folder that goes away, and a database in it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include "persistence/database.h"

namespace tessera::persistence {

class TestFolder {
 public:
  TestFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tessera test XXXXXX").string();
    const char* made = ::mkdtemp(pattern.data());
    EXPECT_NE(made, nullptr);
    path_ = pattern;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path file() const { return path_ / "tessera.db"; }

 private:
  std::filesystem::path path_;
};

class TestDatabase {
 public:
  TestDatabase() : database_(Database::open({.file = folder_.file()}).value()) {}

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const TestFolder& folder() const { return folder_; }
  /// Closes it and opens the same file again.
  void reopen() {
    database_.reset();
    database_ = Database::open({.file = folder_.file()}).value();
  }

 private:
  TestFolder folder_;
  std::unique_ptr<Database> database_;
};

}  // namespace tessera::persistence
