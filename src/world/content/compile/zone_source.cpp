// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/compile/zone_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "engine/core/hash.h"
#include "engine/nav/build/tile_build.h"
#include "engine/platform/files.h"
#include "world/content/cache/zone_file.h"

namespace tessera::content {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kZoneFile = "zone.yaml";
constexpr std::array<std::string_view, 5> kEndings{".yaml", ".png", ".glb", ".gltf", ".bin"};

bool is_source(std::string_view name) {
  return !name.starts_with('.') && std::ranges::any_of(kEndings, [&](std::string_view ending) {
    return name.ends_with(ending);
  });
}

fs::path folder_of(const std::string& path) {
  std::error_code ignored;
  fs::path given(path);
  if (fs::is_directory(given, ignored) || given.filename() != kZoneFile) return given;
  return given.has_parent_path() ? given.parent_path() : fs::path(".");
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

}  // namespace

const SourceFile* ZoneSource::find(std::string_view name) const {
  const auto found = std::ranges::find(files, name, &SourceFile::name);
  return found != files.end() ? &*found : nullptr;
}

std::string ZoneSource::path_of(std::string_view name) const {
  return (fs::path(folder) / name).string();
}

Checked<ZoneSource> read_zone_source(const std::string& path) {
  ZoneSource source;
  source.folder = folder_of(path).string();
  fs::path absolute = fs::absolute(source.folder).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  source.folder_name = absolute.filename().string();
  Faults faults;
  const auto names = platform::list_files(source.folder);
  const bool is_zone = names && std::ranges::find(*names, kZoneFile) != names->end();
  if (!is_zone) {
    add_fault(faults, source.path_of(kZoneFile), 1,
              "there is no such file, and every zone needs one: make a zone with 'tessera content "
              "zone', or name another folder");
    return std::unexpected(std::move(faults));
  }
  StateHash hash;
  hash.add(std::uint64_t{kZoneFileVersion});
  hash.add(std::uint64_t{nav::kTileFormat});
  for (const std::string& name : *names) {
    if (!is_source(name)) continue;
    auto bytes = platform::read_file(source.path_of(name), kSourceBytesMax);
    if (!bytes) {
      add_fault(faults, source.path_of(name), 1, bytes.error().message);
      continue;
    }
    hash.add(bytes_of(name));
    hash.add(std::span(*bytes));
    source.files.push_back({name, std::move(*bytes)});
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  auto rules = read_rule_source(content_folder_of(source.folder));
  if (!rules) return std::unexpected(std::move(rules.error()));
  source.rules = std::move(*rules);
  source.compiled_hash = hash.value();
  source.content_hash = content_hash_of(source.compiled_hash, source.rules);
  return source;
}

std::uint64_t fingerprint_of(const std::string& path) {
  StateHash hash;
  const fs::path folder = folder_of(path);
  const auto names = platform::list_files(folder.string());
  if (!names) return hash.value();
  for (const std::string& name : *names) {
    if (!is_source(name)) continue;
    std::error_code error;
    const auto time = fs::last_write_time(folder / name, error);
    hash.add(bytes_of(name));
    hash.add(error ? 0 : static_cast<std::uint64_t>(time.time_since_epoch().count()));
    const std::uintmax_t size = fs::file_size(folder / name, error);
    hash.add(error ? 0 : std::uint64_t{size});
  }
  hash.add(fingerprint_of_rules(content_folder_of(folder.string())));
  return hash.value();
}

}  // namespace tessera::content
