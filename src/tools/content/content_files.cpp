// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/content/content_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "engine/platform/files.h"
#include "tools/content/starter_zone.h"

namespace tessera::tools {

Result<void> write_terrain(const TerrainOptions& options, const std::string& file) {
  const auto png = content::encode_height_map(make_terrain(options));
  if (!png) return std::unexpected(png.error());
  return platform::write_file(file, *png);
}

Result<void> write_zone(std::uint64_t seed, const std::string& folder) {
  const std::filesystem::path path = std::filesystem::absolute(folder).lexically_normal();
  const std::string name = (path.has_filename() ? path : path.parent_path()).filename().string();
  const bool is_word = !name.empty() && name.size() <= 32 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
  });
  if (!is_word) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("a zone is named after its folder, and '{}' is not one lower-case "
                               "word of at most 32 letters: choose another",
                               name));
  }
  const std::string text_file = (path / "zone.yaml").string();
  if (platform::file_exists(text_file)) {
    return failure(ErrorKind::AlreadyExists,
                   fmt::format("there is a zone in {} already: name another folder", folder));
  }
  if (auto made = platform::create_directories(folder); !made) return made;
  const std::string height_file = (path / "height.png").string();
  if (auto written = write_terrain(starter_terrain(seed), height_file); !written) return written;
  if (auto written = platform::write_file((path / "hut.glb").string(), make_hut()); !written) {
    return written;
  }
  return platform::write_text_file(text_file, starter_text(name));
}

std::string summary_of(const content::ZoneOutcome& zone) {
  return fmt::format(
      "zone '{}' is in order: {:.0f} x {:.0f} m, {} triangles, {} doors, {} areas, {} spawn "
      "points, content hash {:016x}",
      zone.name, zone.size_m.x, zone.size_m.z, zone.triangles, zone.doors, zone.areas,
      zone.spawn_points, zone.content_hash);
}

}  // namespace tessera::tools
