// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What `tessera content` does: makes the files of a zone, checks and compiles them.
//
//   tessera content terrain height.png --seed 7
//   tessera content zone content/zones/mine
//   tessera content check content/zones/mine
//   tessera content build
#pragma once

#include <cstdint>
#include <string>

#include "engine/core/error.h"
#include "tools/content/make_terrain.h"
#include "world/content/content_build.h"

namespace tessera::tools {

/// Writes a height map of terrain as a PNG image.
Result<void> write_terrain(const TerrainOptions& options, const std::string& file);

/// Writes a small zone into a folder, whose name becomes the zone's: zone.yaml, height.png and
/// hut.glb. Replaces nothing: fails when there is a zone.yaml.
Result<void> write_zone(std::uint64_t seed, const std::string& folder);

/// Says of a zone that is in order what is in it, on one line.
std::string summary_of(const content::ZoneOutcome& zone);

}  // namespace tessera::tools
