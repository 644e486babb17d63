// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where compiled zones lie: <content>/.cache/<zone>-<content hash>.zone. Old ones stay, because
// the intent log names content by its hash and a replay needs just that; of each zone at most 16.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/error.h"
#include "engine/platform/files.h"
#include "world/content/cache/zone_file.h"

namespace tessera::content {

inline constexpr std::size_t kCacheFilesMax = 16;

class CacheFolder {
 public:
  /// The folder is made by the first store().
  explicit CacheFolder(std::string path) : path_(std::move(path)) {}
  /// The one that belongs to a zone's folder: beside content/zones, or beside the zone itself.
  static CacheFolder beside(const std::string& zone_folder);

  const std::string& path() const { return path_; }
  std::string file_of(std::string_view zone, std::uint64_t content_hash) const;

  /// Nothing when there is no such file; otherwise the zone, or why the file cannot be used.
  std::optional<std::expected<ZoneDefinition, ZoneFileProblem>> load(
      std::string_view zone, std::uint64_t content_hash) const;

  /// The zone as it was stored last, whatever it was made from; nothing without a usable one.
  std::optional<ZoneDefinition> newest(std::string_view zone) const;

  /// Keeps other processes from compiling the same zone meanwhile: a server and its bots start at
  /// once. Waits for those that do, ten minutes at most; nothing when there is no place for a lock.
  std::optional<platform::LockFile> lock(std::string_view zone) const;

  /// Writes the file under another name, then renames it, so that readers see all or nothing.
  /// Removes the oldest of the zone beyond kCacheFilesMax.
  Result<void> store(const ZoneDefinition& zone) const;

 private:
  std::string path_;
};

}  // namespace tessera::content
