// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/log/log_storage.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "engine/platform/files.h"

namespace tessera::log {
namespace {

std::unexpected<Error> system_failure(const char* what, const std::filesystem::path& path,
                                      int code) {
  return std::unexpected(platform::file_error(what, path.string(), code));
}

class DiskFile final : public LogFile {
 public:
  DiskFile(int descriptor, std::filesystem::path path)
      : descriptor_(descriptor), path_(std::move(path)) {}
  ~DiskFile() override { ::close(descriptor_); }

  Result<void> append(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return system_failure("write to", path_, errno);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
  }

  Result<void> sync() override {
    if (::fdatasync(descriptor_) != 0) return system_failure("sync", path_, errno);
    return {};
  }

 private:
  int descriptor_;
  std::filesystem::path path_;
};

/// A new name in a folder survives a power cut only when the folder itself is synced.
void sync_folder_of(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

Result<std::unique_ptr<LogFile>> DiskStorage::create(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (descriptor < 0) return system_failure("create", path, errno);
  sync_folder_of(path);
  return std::make_unique<DiskFile>(descriptor, path);
}

Result<void> DiskStorage::remove(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0) return system_failure("remove", path, errno);
  return {};
}

Result<std::vector<std::filesystem::path>> DiskStorage::list(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return system_failure("make folder", folder, error.value());
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_regular_file(error)) files.push_back(entry->path());
  }
  if (error) return system_failure("read folder", folder, error.value());
  std::sort(files.begin(), files.end());
  return files;
}

Result<MappedLog> MappedLog::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_failure("open", path, errno);
  struct stat about{};
  if (::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
    ::close(descriptor);
    return failure(ErrorKind::InvalidArgument, path.string() + " is not a file");
  }
  const auto size = static_cast<std::size_t>(about.st_size);
  if (size == 0) {
    ::close(descriptor);
    return MappedLog({});
  }
  void* start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  const int code = errno;
  ::close(descriptor);
  if (start == MAP_FAILED) return system_failure("map", path, code);
  return MappedLog({static_cast<const std::byte*>(start), size});
}

MappedLog::~MappedLog() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

MappedLog::MappedLog(MappedLog&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedLog& MappedLog::operator=(MappedLog&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

}  // namespace tessera::log
