// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The first files of one's own zone: half a kilometre of hills round a meadow, and a hut one can
// enter. Small enough to read, and a beginning to change.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/content/make_terrain.h"

namespace tessera::tools {

/// 512 m by 512 m, a sample each 4 m; mountains at the edge.
TerrainOptions starter_terrain(std::uint64_t seed);

/// A hut of 6 m by 6 m with a door, on a foundation; a tree whose crown is only drawn.
std::vector<std::byte> make_hut();

/// zone.yaml for a zone of this name, with comments that explain it.
std::string starter_text(const std::string& name);

}  // namespace tessera::tools
