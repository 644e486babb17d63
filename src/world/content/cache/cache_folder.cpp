// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/cache/cache_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

#include "engine/platform/files.h"

namespace tessera::content {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHashDigits = 16;
constexpr std::string_view kEnding = ".zone";
constexpr std::chrono::minutes kLockPatience{10};
constexpr std::chrono::milliseconds kLockInterval{20};

std::expected<ZoneDefinition, ZoneFileProblem> read_zone(const std::string& file) {
  auto bytes = platform::read_file(file);
  if (!bytes) return std::unexpected(ZoneFileProblem::Damaged);
  return decode_zone_file(std::make_shared<const std::vector<std::byte>>(std::move(*bytes)));
}

bool is_file_of(std::string_view name, std::string_view zone) {
  if (name.size() != zone.size() + 1 + kHashDigits + kEnding.size()) return false;
  if (!name.starts_with(zone) || name[zone.size()] != '-' || !name.ends_with(kEnding)) return false;
  return std::ranges::all_of(name.substr(zone.size() + 1, kHashDigits), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
}

struct Stored {
  fs::file_time_type time;
  std::string file;
};

/// Newest first; equally old ones by name.
std::vector<Stored> files_of(const std::string& folder, std::string_view zone) {
  std::vector<Stored> found;
  const auto names = platform::list_files(folder);
  if (!names) return found;
  for (const std::string& name : *names) {
    if (!is_file_of(name, zone)) continue;
    const std::string file = fmt::format("{}/{}", folder, name);
    std::error_code error;
    const auto time = fs::last_write_time(file, error);
    if (!error) found.push_back({time, file});
  }
  std::ranges::sort(found, [](const Stored& a, const Stored& b) {
    return a.time != b.time ? a.time > b.time : a.file < b.file;
  });
  return found;
}

}  // namespace

CacheFolder CacheFolder::beside(const std::string& zone_folder) {
  const fs::path zones = fs::path(zone_folder).lexically_normal() / "..";
  const fs::path absolute = fs::absolute(zones).lexically_normal();
  const bool in_content =
      absolute.filename() == "zones" || absolute.parent_path().filename() == "zones";
  const fs::path content = in_content ? zones / ".." : zones;
  return CacheFolder((content / ".cache").lexically_normal().string());
}

std::string CacheFolder::file_of(std::string_view zone, std::uint64_t content_hash) const {
  return fmt::format("{}/{}-{:016x}{}", path_, zone, content_hash, kEnding);
}

std::optional<std::expected<ZoneDefinition, ZoneFileProblem>> CacheFolder::load(
    std::string_view zone, std::uint64_t content_hash) const {
  const std::string file = file_of(zone, content_hash);
  if (!platform::file_exists(file)) return std::nullopt;
  auto read = read_zone(file);
  if (read && (read->name != zone || read->content_hash != content_hash)) {
    return std::unexpected(ZoneFileProblem::Damaged);
  }
  return read;
}

std::optional<ZoneDefinition> CacheFolder::newest(std::string_view zone) const {
  for (const Stored& stored : files_of(path_, zone)) {
    if (auto read = read_zone(stored.file)) return std::move(*read);
  }
  return std::nullopt;
}

std::optional<platform::LockFile> CacheFolder::lock(std::string_view zone) const {
  if (!platform::create_directories(path_)) return std::nullopt;
  const std::string file = fmt::format("{}/{}.lock", path_, zone);
  const auto deadline = std::chrono::steady_clock::now() + kLockPatience;
  while (std::chrono::steady_clock::now() < deadline) {
    auto taken = platform::LockFile::acquire(file);
    if (taken) return std::move(*taken);
    if (taken.error().kind != ErrorKind::AlreadyExists) return std::nullopt;
    std::this_thread::sleep_for(kLockInterval);
  }
  return std::nullopt;
}

Result<void> CacheFolder::store(const ZoneDefinition& zone) const {
  if (auto made = platform::create_directories(path_); !made) return made;
  const std::string file = file_of(zone.name, zone.content_hash);
  if (auto written = platform::write_file(file, encode_zone_file(zone)); !written) return written;
  const std::vector<Stored> files = files_of(path_, zone.name);
  for (std::size_t i = kCacheFilesMax; i < files.size(); ++i) {
    // Another process may be removing it, too.
    (void)platform::remove_file(files[i].file);
  }
  return {};
}

}  // namespace tessera::content
