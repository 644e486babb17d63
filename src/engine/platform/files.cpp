// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "engine/core/assert.h"

namespace tessera::platform {
namespace {

/// Closes what it holds. Only for descriptors whose close() cannot lose data.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

std::unexpected<Error> failed(std::string_view action, std::string_view path) {
  return std::unexpected(file_error(action, path, errno));
}

int open_retrying(const std::string& path, int flags, unsigned mode = 0644) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), flags | O_CLOEXEC, static_cast<mode_t>(mode));
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

/// False with errno set; some of the data may have been written.
bool write_all(int descriptor, std::span<const std::byte> data) {
  while (!data.empty()) {
    const ssize_t written = ::write(descriptor, data.data(), data.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    data = data.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> sync_directory_of(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const std::string directory = parent.empty() ? "." : parent;
  const Descriptor descriptor(open_retrying(directory, O_RDONLY | O_DIRECTORY));
  if (descriptor.get() < 0) return failed("open directory", directory);
  // Some file systems (9p, FUSE) cannot sync a directory; they have said so with EINVAL.
  if (fsync(descriptor.get()) != 0 && errno != EINVAL) return failed("sync directory", directory);
  return {};
}

template <class Container>
Result<Container> read_whole(const std::string& path, std::size_t size_max) {
  const Descriptor descriptor(open_retrying(path, O_RDONLY));
  if (descriptor.get() < 0) return failed("open", path);
  struct stat status{};
  if (fstat(descriptor.get(), &status) != 0) return failed("read", path);
  Container content;
  // The size is a hint: files in /proc say 0, and a file may grow while it is read.
  content.resize(std::min(static_cast<std::size_t>(status.st_size), size_max) + 1);
  std::size_t size = 0;
  while (true) {
    const ssize_t got = ::read(descriptor.get(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > size_max) {
      return failure(ErrorKind::ResourceExhausted,
                     fmt::format("'{}' is larger than the {} bytes allowed", path, size_max));
    }
    if (size == content.size()) content.resize(std::min(size * 2, size_max + 1));
  }
  content.resize(size);
  return content;
}

}  // namespace

Error file_error(std::string_view action, std::string_view path, int error_number) {
  ErrorKind kind = ErrorKind::Unavailable;
  std::string_view advice;
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      kind = ErrorKind::NotFound;
      break;
    case EEXIST:
      kind = ErrorKind::AlreadyExists;
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      kind = ErrorKind::PermissionDenied;
      break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      kind = ErrorKind::ResourceExhausted;
      advice = "; make room and try again";
      break;
    case EISDIR:
    case EINVAL:
    case ENAMETOOLONG:
    case ELOOP:
      kind = ErrorKind::InvalidArgument;
      break;
    default:
      break;
  }
  return {kind, fmt::format("cannot {} '{}': {}{}", action, path,
                            std::generic_category().message(error_number), advice)};
}

Result<std::vector<std::byte>> read_file(const std::string& path, std::size_t size_max) {
  return read_whole<std::vector<std::byte>>(path, size_max);
}

Result<std::string> read_text_file(const std::string& path, std::size_t size_max) {
  return read_whole<std::string>(path, size_max);
}

Result<void> write_file(const std::string& path, std::span<const std::byte> content,
                        unsigned mode) {
  static std::atomic<unsigned> g_serial{0};
  const std::string beside = fmt::format("{}.{}.{}.new", path, getpid(), g_serial.fetch_add(1));
  Descriptor descriptor(open_retrying(beside, O_WRONLY | O_CREAT | O_EXCL, mode));
  if (descriptor.get() < 0) return failed("create", beside);
  auto undo = [&](std::string_view action) {
    const Error error = file_error(action, path, errno);
    unlink(beside.c_str());
    return std::unexpected(error);
  };
  if (!write_all(descriptor.get(), content)) return undo("write");
  if (fsync(descriptor.get()) != 0) return undo("sync");
  if (close(descriptor.release()) != 0) return undo("close");
  if (rename(beside.c_str(), path.c_str()) != 0) return undo("replace");
  return sync_directory_of(path);
}

Result<void> write_text_file(const std::string& path, std::string_view content, unsigned mode) {
  return write_file(path, std::as_bytes(std::span(content)), mode);
}

Result<void> create_directories(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return std::unexpected(file_error("create directory", path, error.value()));
  return {};
}

Result<bool> remove_file(const std::string& path) {
  if (unlink(path.c_str()) == 0) return true;
  if (errno == ENOENT) return false;
  return failed("remove", path);
}

Result<std::vector<std::string>> list_files(const std::string& directory) {
  std::error_code error;
  std::vector<std::string> names;
  std::filesystem::directory_iterator entry(directory, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;  // a file that vanished meanwhile is not a regular file
    if (entry->is_regular_file(ignored)) names.push_back(entry->path().filename().string());
  }
  if (error) return std::unexpected(file_error("list", directory, error.value()));
  std::ranges::sort(names);
  return names;
}

bool file_exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

Result<AppendFile> AppendFile::open(const std::string& path) {
  Descriptor descriptor(open_retrying(path, O_WRONLY | O_CREAT | O_APPEND));
  if (descriptor.get() < 0) return failed("open", path);
  struct stat status{};
  if (fstat(descriptor.get(), &status) != 0) return failed("open", path);
  return AppendFile(descriptor.release(), path, static_cast<std::uint64_t>(status.st_size));
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(std::exchange(other.size_, 0)),
      path_(std::move(other.path_)) {}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  std::swap(path_, other.path_);
  return *this;
}

AppendFile::~AppendFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<void> AppendFile::append(std::span<const std::byte> data) {
  TESSERA_ASSERT(is_open(), "AppendFile: append to a file that is not open");
  if (!write_all(descriptor_, data)) {
    const Error error = file_error("append to", path_, errno);
    // A full disk takes a part of a record; readers must not meet it when writing goes on.
    [[maybe_unused]] const int ignored = ftruncate(descriptor_, static_cast<off_t>(size_));
    return std::unexpected(error);
  }
  size_ += data.size();
  return {};
}

Result<void> AppendFile::sync() {
  TESSERA_ASSERT(is_open(), "AppendFile: sync of a file that is not open");
  if (fdatasync(descriptor_) != 0) return failed("sync", path_);
  return {};
}

Result<void> AppendFile::truncate(std::uint64_t size) {
  TESSERA_ASSERT(is_open(), "AppendFile: truncate of a file that is not open");
  if (ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return failed("truncate", path_);
  size_ = size;
  return {};
}

Result<LockFile> LockFile::acquire(const std::string& path) {
  Descriptor descriptor(open_retrying(path, O_RDWR | O_CREAT));
  if (descriptor.get() < 0) return failed("open lock", path);
  if (flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return failed("lock", path);
    auto owner = read_text_file(path, 64);
    return failure(ErrorKind::AlreadyExists,
                   fmt::format("'{}' is locked by process {}; stop it first", path,
                               owner && !owner->empty() ? *owner : "unknown"));
  }
  const std::string owner = std::to_string(getpid());
  if (ftruncate(descriptor.get(), 0) != 0 ||
      !write_all(descriptor.get(), std::as_bytes(std::span(owner)))) {
    return failed("write lock", path);
  }
  return LockFile(descriptor.release());
}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace tessera::platform
