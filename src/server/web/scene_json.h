// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <string>

#include "gameplay/definitions/zone_definition.h"
#include "world/content/source/zone_text.h"

namespace tessera::server {

/// What a client draws of a zone, as JSON: names, light, weather, water, areas, roads, kinds of
/// creatures, and the models with their places. Metres; x east, y up, z south; turns in radians
/// clockwise seen from above; colours "#rrggbb". web/game/src/zone/scene.ts reads it.
std::string scene_json(const ZoneDefinition& zone, const content::ZoneText& text);

}  // namespace tessera::server
