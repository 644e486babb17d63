// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a private folder that goes away, and a database in it.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/platform/testing/temp_directory.h"
#include "persistence/database.h"

namespace tessera::persistence {

class TestFolder {
 public:
  TestFolder() { std::filesystem::create_directories(path()); }

  /// With a space, as folders of people have.
  std::filesystem::path path() const { return directory_.file("a folder"); }
  std::filesystem::path file() const { return path() / "tessera.db"; }

 private:
  platform::TempDirectory directory_;
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
