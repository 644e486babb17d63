// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/content/content_files.h"

#include <fmt/format.h>

#include <cctype>
#include <filesystem>

#include "engine/platform/files.h"
#include "tools/content/make_town.h"
#include "world/content/zone_loader.h"

namespace tessera::tools {
namespace {

constexpr std::string_view kCreatures = R"(creatures:
  count: 300                   # tessera serve --creatures N takes another number
  kinds:
    - name: Deer
      look: 1
      share: 5
      walk_m_per_s: 1.6
      roam_radius_m: 40
      pause_s: [2, 12]
      home_distance_m: [250, 1500]
    - name: Wild boar
      look: 2
      share: 3
      walk_m_per_s: 1.2
      roam_radius_m: 25
      pause_s: [3, 15]
      home_distance_m: [350, 1700]
    - name: Wolf
      look: 3
      share: 2
      walk_m_per_s: 2.2
      roam_radius_m: 80
      pause_s: [1, 8]
      home_distance_m: [600, 1800]
    - name: Cow
      look: 4
      share: 3
      walk_m_per_s: 0.8
      roam_radius_m: 15
      pause_s: [5, 30]
      home_distance_m: [180, 420]
    - name: Townsman
      look: 5
      share: 3
      walk_m_per_s: 1.3
      roam_radius_m: 18
      pause_s: [2, 20]
      home_distance_m: [10, 95]
)";

std::string box_line(const TownBox& box) {
  std::string line = fmt::format("  - {{at: [{:.1f}, {:.1f}], size: [{:.1f}, {:.1f}, {:.1f}]",
                                 box.at.x, box.at.z, box.size.x, box.size.y, box.size.z);
  if (box.turn_deg != 0) line += fmt::format(", turn_deg: {:.1f}", box.turn_deg);
  if (box.base_m != 0) line += fmt::format(", base_m: {:.1f}", box.base_m);
  return line + fmt::format("}}  # {}\n", box.note);
}

std::string zone_text(const std::string& name, std::uint64_t seed, const TerrainOptions& terrain) {
  const float side = static_cast<float>(terrain.samples - 1) * terrain.spacing_m;
  const Town town = make_town(seed, {side / 2, side / 2});
  std::string title = name;
  title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  std::string text = fmt::format(
      "# yaml-language-server: $schema=../../schema/zone.schema.json\n"
      "# Made by: tessera content zone --seed {} --out content/zones/{}\n"
      "# Places are [east, south] in metres from the north-west corner; heights count from the "
      "ground.\n"
      "zone: {}\n"
      "title: {}\n"
      "size_m: [{:.0f}, {:.0f}]\n"
      "players_max: 5000\n"
      "terrain: {{file: height.png, spacing_m: {:.0f}, low_m: {:.0f}, high_m: {:.0f}}}\n"
      "spawn_points:\n",
      seed, name, name, title, side, side, terrain.spacing_m, terrain.low_m, terrain.high_m);
  for (const TownSpawn& spawn : town.spawn_points) {
    text += fmt::format("  - {{at: [{:.1f}, {:.1f}], facing_deg: {:.0f}}}\n", spawn.at.x,
                        spawn.at.z, spawn.facing_deg);
  }
  text += kCreatures;
  text += "boxes:\n";
  for (const TownBox& box : town.boxes) text += box_line(box);
  return text;
}

}  // namespace

Result<void> write_terrain(const TerrainOptions& options, const std::string& file) {
  const auto png = content::encode_height_map(make_terrain(options));
  if (!png) return std::unexpected(png.error());
  return platform::write_file(file, *png);
}

Result<void> write_zone(std::uint64_t seed, const std::string& folder) {
  const std::filesystem::path path = std::filesystem::absolute(folder).lexically_normal();
  const std::string name = (path.has_filename() ? path : path.parent_path()).filename().string();
  if (auto made = platform::create_directories(folder); !made) return made;
  const TerrainOptions terrain{.seed = seed};
  if (auto written = write_terrain(terrain, (path / "height.png").string()); !written)
    return written;
  return platform::write_text_file((path / "zone.yaml").string(), zone_text(name, seed, terrain));
}

Result<std::string> check_zone(const std::string& path) {
  const auto zone = content::load_zone(path);
  if (!zone) return std::unexpected(zone.error());
  return fmt::format(
      "zone '{}' is in order: {:.0f} x {:.0f} m, {} boxes, {} spawn points, {} kinds of "
      "creatures, content hash {:016x}",
      zone->name, zone->bounds.high.x, zone->bounds.high.z, zone->boxes.size(),
      zone->spawn_points.size(), zone->creatures.size(), zone->content_hash);
}

}  // namespace tessera::tools
