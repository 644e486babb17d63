// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/content/starter_zone.h"

#include <fmt/format.h>

#include <cctype>

#include "world/content/models/write_glb.h"

namespace tessera::tools {
TerrainOptions starter_terrain(std::uint64_t seed) {
  return {.seed = seed,
          .samples = 129,
          .spacing_m = 4,
          .town_radius_m = 40,
          .blend_m = 120,
          .edge_m = 60,
          .edge_height_m = 80};
}

std::vector<std::byte> make_hut() {
  using content::box_mesh;
  content::GlbScene hut;
  const auto add = [&](const std::string& name, math::Vec3 low, math::Vec3 high,
                       const char* extras = "") {
    hut.nodes.push_back(
        {.name = name, .mesh = static_cast<int>(hut.meshes.size()), .extras = extras});
    hut.meshes.push_back(box_mesh(name, low, high));
  };
  add("Foundation", {-3, -2, -3}, {3, 0.15f, 3});
  add("North wall", {-3, 0, -3}, {3, 3, -2.7f});
  add("West wall", {-3, 0, -2.7f}, {-2.7f, 3, 2.7f});
  add("East wall", {2.7f, 0, -2.7f}, {3, 3, 2.7f});
  add("South wall, left", {-3, 0, 2.7f}, {-0.8f, 3, 3});
  add("South wall, right", {0.8f, 0, 2.7f}, {3, 3, 3});
  add("Lintel", {-0.8f, 2.4f, 2.7f}, {0.8f, 3, 3});
  add("Door", {-0.8f, 0.15f, 2.8f}, {0.8f, 2.4f, 2.9f}, R"({"door":"hut"})");
  add("Roof", {-3.4f, 3, -3.4f}, {3.4f, 3.3f, 3.4f}, R"({"walkable":false})");
  add("Room", {-2.7f, 0.15f, -2.7f}, {2.7f, 3, 2.7f},
      R"({"area":"hut","properties":["indoor"],"collision":false})");
  add("Trunk", {7.7f, -2, -0.3f}, {8.3f, 4, 0.3f}, R"({"walkable":false})");
  add("Crown", {6, 4, -2}, {10, 8, 2}, R"({"collision":false})");
  return content::encode_glb(hut);
}

std::string starter_text(const std::string& name) {
  std::string title = name;
  title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  const TerrainOptions terrain = starter_terrain(1);
  return fmt::format(
      "# yaml-language-server: $schema=../../schema/zone.schema.json\n"
      "# Places are [east, south] in metres from the north-west corner.\n"
      "# After a change: tessera content check {0}\n"
      "zone: {0}                # the name of this folder\n"
      "title: {1}\n"
      "size_m: [512, 512]\n"
      "players_max: 500\n"
      "\n"
      "# A grey PNG image with 16 bits a pixel, 129 by 129 of them: black is low_m, white high_m.\n"
      "terrain: {{file: height.png, spacing_m: {2}, low_m: {3}, high_m: {4}}}\n"
      "water_level_m: -20\n"
      "\n"
      "# glTF 2.0 files of this folder, as Blender exports them; each may be placed many times.\n"
      "models:\n"
      "  - {{file: hut.glb, at: [256, 240]}}\n"
      "  - {{file: hut.glb, at: [280, 250], turn_deg: 90}}\n"
      "\n"
      "# Where characters enter; facing 0 is north, 90 east.\n"
      "spawn_points:\n"
      "  - {{at: [256, 262], facing_deg: 0}}\n"
      "\n"
      "areas:\n"
      "  - {{name: meadow, at: [256, 256], size_m: [60, 60], properties: [safe]}}\n"
      "\n"
      "creatures:\n"
      "  count: 12\n"
      "  kinds:\n"
      "    - {{name: Deer, look: 1, walk_m_per_s: 1.6, roam_radius_m: 30, pause_s: [2, 12],\n"
      "       home_distance_m: [40, 160]}}\n",
      name, title, terrain.spacing_m, terrain.low_m, terrain.high_m);
}

}  // namespace tessera::tools
