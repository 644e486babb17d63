// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where log files live. An interface, so that tests can fill the disk.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"

namespace tessera::log {

/// One file being written. Used by the log thread only.
class LogFile {
 public:
  virtual ~LogFile() = default;
  virtual Result<void> append(std::span<const std::byte> bytes) = 0;
  /// Returns when all appended bytes survive a power cut.
  virtual Result<void> sync() = 0;
};

class LogStorage {
 public:
  virtual ~LogStorage() = default;
  /// A new, empty file; one that exists is replaced.
  virtual Result<std::unique_ptr<LogFile>> create(const std::filesystem::path& path) = 0;
  virtual Result<void> remove(const std::filesystem::path& path) = 0;
  /// Full paths of the files in a directory, sorted by name. A directory that does not exist is
  /// made.
  virtual Result<std::vector<std::filesystem::path>> list(const std::filesystem::path& folder) = 0;
};

/// The real disk.
class DiskStorage final : public LogStorage {
 public:
  Result<std::unique_ptr<LogFile>> create(const std::filesystem::path& path) override;
  Result<void> remove(const std::filesystem::path& path) override;
  Result<std::vector<std::filesystem::path>> list(const std::filesystem::path& folder) override;
};

/// The bytes of a file, mapped for reading. The file must not shrink meanwhile.
class MappedLog {
 public:
  static Result<MappedLog> open(const std::filesystem::path& path);
  ~MappedLog();
  MappedLog(MappedLog&& other) noexcept;
  MappedLog& operator=(MappedLog&& other) noexcept;

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  explicit MappedLog(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::span<const std::byte> bytes_;
};

}  // namespace tessera::log
