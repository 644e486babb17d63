// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What `tessera content` does: makes the files of a zone, and checks them.
//
//   tessera content terrain --seed 7 --out height.png
//   tessera content zone --seed 7 --out content/zones/heartland
//   tessera content check content/zones/heartland
#pragma once

#include <cstdint>
#include <string>

#include "engine/core/error.h"
#include "tools/content/make_terrain.h"

namespace tessera::tools {

/// Writes a height map of terrain as a PNG image.
Result<void> write_terrain(const TerrainOptions& options, const std::string& file);

/// Writes a whole zone of 4 km by 4 km into a folder, whose name becomes the zone's: zone.yaml with
/// a town, spawn points and creatures, and height.png. What is there of these two files is
/// replaced.
Result<void> write_zone(std::uint64_t seed, const std::string& folder);

/// Loads a zone as the server would; returns one line that sums it up.
Result<std::string> check_zone(const std::string& path);

}  // namespace tessera::tools
