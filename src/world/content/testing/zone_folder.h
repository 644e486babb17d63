// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a small zone in a folder of its own, whose files can be changed. 64 by 128 m of flat
// ground at height 5, a house as a model with a door, a floor and a bridge.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/platform/files.h"
#include "engine/platform/testing/temp_directory.h"
#include "world/content/models/write_glb.h"
#include "world/content/source/height_map.h"

namespace tessera::content {

inline constexpr std::string_view kMeadow =
    "zone: meadow\n"
    "title: The Meadow\n"
    "size_m: [64, 128]\n"
    "players_max: 100\n"
    "terrain: {file: height.png, spacing_m: 32, low_m: 0, high_m: 655.35}\n"
    "spawn_points:\n"
    "  - {at: [10, 20], facing_deg: 90}\n"
    "  - {at: [12, 20]}\n"
    "boxes:\n"
    "  - {at: [40, 40], size: [2, 3, 4], turn_deg: 45, base_m: -1}\n"
    "models:\n"
    "  - {file: house.glb, at: [30, 80]}\n"
    "creatures:\n"
    "  count: 7\n"
    "  kinds:\n"
    "    - {name: Hare, look: 5, share: 2, walk_m_per_s: 2, roam_radius_m: 9, pause_s: [1, 2],\n"
    "       home_distance_m: [3, 4]}\n";

/// A floor with a spawn point on it, a wall, a door and an area.
inline GlbScene house_scene() {
  return {.meshes = {box_mesh("Floor", {-5, -1, -5}, {5, 0.15f, 5}),
                     box_mesh("Wall", {-5, 0, -5}, {5, 3, -4.7f}),
                     box_mesh("Panel", {-1, 0, 4.8f}, {1, 2.2f, 5}),
                     box_mesh("Room", {-5, 0, -5}, {5, 3, 5})},
          .nodes = {{.name = "Floor", .mesh = 0},
                    {.name = "Wall", .mesh = 1, .extras = R"({"walkable":false})"},
                    {.name = "Door", .mesh = 2, .extras = R"({"door":"front"})"},
                    {.name = "Room",
                     .mesh = 3,
                     .extras = R"({"area":"house","properties":["indoor"],"collision":false})"},
                    {.name = "Start", .at = {0, 0.2f, 0}, .extras = R"({"spawn":true})"}}};
}

inline HeightMap flat_map(std::uint16_t height = 500) {
  return {3, 5, std::vector<std::uint16_t>(15, height)};
}

/// A text with one part replaced, which must be there.
inline std::string replaced(std::string text, std::string_view part, std::string_view by) {
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return at == std::string::npos ? text : text.replace(at, part.size(), by);
}
inline std::string meadow_with(std::string_view part, std::string_view by) {
  return replaced(std::string(kMeadow), part, by);
}

class ZoneFolder {
 public:
  explicit ZoneFolder(std::string_view yaml = kMeadow, const std::string& name = "meadow")
      : path(directory_.file("content/zones/" + name)) {
    std::filesystem::create_directories(path);
    write("zone.yaml", yaml);
    write("height.png", *encode_height_map(flat_map()));
    write("house.glb", encode_glb(house_scene()));
  }
  void write(const std::string& name, std::string_view text) const {
    EXPECT_TRUE(platform::write_text_file(path + "/" + name, text));
  }
  void write(const std::string& name, std::span<const std::byte> bytes) const {
    EXPECT_TRUE(platform::write_file(path + "/" + name, bytes));
  }
  std::string content() const { return directory_.file("content"); }
  std::string cache() const { return content() + "/.cache"; }

 private:
  platform::TempDirectory directory_;

 public:
  std::string path;
};

}  // namespace tessera::content
