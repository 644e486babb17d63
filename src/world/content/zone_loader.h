// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From the files of a zone to its definition. A zone is a folder of that name, with zone.yaml and
// the height map it names (docs in content/schemas/zone.schema.json). Errors name file and line,
// what was expected and what to do; unknown keys are errors. Runs before the first tick, or beside
// it.
#pragma once

#include <string>

#include "engine/core/error.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::content {

/// Neither file may be larger; a zone of 8 km by 8 km with a sample a metre stays below.
inline constexpr std::size_t kZoneTextBytesMax = 4u << 20;
inline constexpr std::size_t kHeightMapBytesMax = 128u << 20;

/// `path`: the folder of the zone, or its zone.yaml.
Result<ZoneDefinition> load_zone(const std::string& path);

}  // namespace tessera::content
