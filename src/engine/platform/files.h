// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Files that survive a crash. A file is replaced as a whole (write beside it, sync, rename, sync
// the folder) or only ever appended to (AppendFile). Every error names the path and what the system
// said; a full disk is ErrorKind::ResourceExhausted, so that callers can shed instead of retrying.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/error.h"

namespace tessera::platform {

/// The error of a failed system call: "cannot <action> '<path>': <text of error_number>".
Error file_error(std::string_view action, std::string_view path, int error_number);

/// What a whole file may hold at most unless said otherwise: nothing we read at once is larger.
inline constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

Result<std::vector<std::byte>> read_file(const std::string& path,
                                         std::size_t size_max = kFileBytesMax);
Result<std::string> read_text_file(const std::string& path, std::size_t size_max = kFileBytesMax);

/// Afterwards, even after a crash or a power cut, the file has either its old or its new content.
/// `mode` are its permission bits, less the umask: 0600 for secrets.
Result<void> write_file(const std::string& path, std::span<const std::byte> content,
                        unsigned mode = 0644);
Result<void> write_text_file(const std::string& path, std::string_view content,
                             unsigned mode = 0644);

/// Makes the directory and all above it; that it exists already is no error.
Result<void> create_directories(const std::string& path);
/// True: removed; false: there was none.
Result<bool> remove_file(const std::string& path);
/// The names (not paths) of the regular files in a directory, sorted.
Result<std::vector<std::string>> list_files(const std::string& directory);
bool file_exists(const std::string& path);

/// A file that grows at its end. One thread at a time.
class AppendFile {
 public:
  /// Opens or creates it; what it holds stays.
  static Result<AppendFile> open(const std::string& path);
  AppendFile() = default;
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&& other) noexcept;
  ~AppendFile();

  /// Writes all of `data` at the end, or takes back what was written of it and fails.
  Result<void> append(std::span<const std::byte> data);
  /// Returns when all that was appended is on the disk (fdatasync): about 0.3 ms.
  Result<void> sync();
  /// Cuts the file, to drop a torn end.
  Result<void> truncate(std::uint64_t size);

  bool is_open() const { return descriptor_ >= 0; }
  std::uint64_t size() const { return size_; }
  const std::string& path() const { return path_; }

 private:
  AppendFile(int descriptor, std::string path, std::uint64_t size)
      : descriptor_(descriptor), size_(size), path_(std::move(path)) {}
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::string path_;
};

/// Keeps a second process out of a data directory while it lives. The lock goes with the process,
/// however it ends; the file stays and holds the owner's process id.
class LockFile {
 public:
  /// ErrorKind::AlreadyExists, naming the owner, when another process (or LockFile) holds it.
  static Result<LockFile> acquire(const std::string& path);
  LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace tessera::platform
