// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/zone_loader.h"

#include <fmt/format.h>

#include <filesystem>
#include <span>

#include "engine/core/hash.h"
#include "engine/platform/files.h"
#include "world/content/detail/zone_text.h"
#include "world/content/height_map.h"

namespace tessera::content {
namespace {

std::string zone_file_of(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path given(path);
  return std::filesystem::is_directory(given, ignored) ? (given / "zone.yaml").string() : path;
}

}  // namespace

Result<ZoneDefinition> load_zone(const std::string& path) {
  const std::string file = zone_file_of(path);
  const auto yaml = platform::read_text_file(file, kZoneTextBytesMax);
  if (!yaml) return std::unexpected(yaml.error());
  auto text = detail::parse_zone_text(*yaml, file);
  if (!text) return std::unexpected(text.error());

  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  const std::string folder_name = std::filesystem::absolute(folder).filename().string();
  if (folder_name != text->zone.name) {
    return failure(
        ErrorKind::InvalidArgument,
        fmt::format("{}:{}: the zone is called '{}' but its folder '{}'; they must be the "
                    "same: rename one of them",
                    file, text->name_line, text->zone.name, folder_name));
  }
  const std::string map_file = (folder / text->terrain.file).string();
  const auto png = platform::read_file(map_file, kHeightMapBytesMax);
  if (!png) return std::unexpected(png.error());
  auto map =
      decode_height_map(*png, map_file, text->terrain.options.columns, text->terrain.options.rows);
  if (!map) return std::unexpected(map.error());

  auto zone = detail::assemble_zone(std::move(*text), std::move(*map), file);
  if (!zone) return zone;
  StateHash hash;
  hash.add(std::as_bytes(std::span(*yaml)));
  hash.add(std::span(*png));
  zone->content_hash = hash.value();
  return zone;
}

}  // namespace tessera::content
