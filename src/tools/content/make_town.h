// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Makes a walled town: boxes and spawn points on flat land.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/math/vec.h"

namespace tessera::tools {

struct TownBox {
  math::Vec2 at;
  math::Vec3 size;
  float turn_deg = 0;
  float base_m = 0;
  std::string note;  ///< what it is, for the reader of the file
};

struct TownSpawn {
  math::Vec2 at;
  float facing_deg = 0;
};

struct Town {
  std::vector<TownBox> boxes;
  std::vector<TownSpawn> spawn_points;
};

/// Walls of 220 m by 220 m with a gate on each side, houses along crossing streets, a market square
/// with a well, stalls and crates in the middle, farms outside. The same seed makes the same town.
Town make_town(std::uint64_t seed, math::Vec2 centre);

}  // namespace tessera::tools
