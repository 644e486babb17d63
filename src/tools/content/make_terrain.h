// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Makes a height map out of nothing but a seed: rolling hills, flat land for a town in the middle,
// and mountains round the edge too steep to climb, so that nobody meets the end of the world.
#pragma once

#include <cstdint>

#include "world/content/source/height_map.h"

namespace tessera::tools {

struct TerrainOptions {
  std::uint64_t seed = 1;
  std::uint32_t samples = 513;  ///< on each side
  float spacing_m = 8;
  float low_m = -60;   ///< height of sample 0
  float high_m = 260;  ///< height of sample 65535
  float town_height_m = 20;
  float town_radius_m = 260;  ///< flat within
  float blend_m = 220;        ///< from the town's land to the hills
  float edge_m = 160;         ///< width of the mountains
  float edge_height_m = 180;
};

/// The same options give the same map on every machine.
content::HeightMap make_terrain(const TerrainOptions& options);

}  // namespace tessera::tools
