// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Models and boxes become the triangles of the world, doors, areas and spawn points.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "world/content/models/model.h"
#include "world/content/source/zone_text.h"

namespace tessera::content {

/// Of a zone, all models together.
inline constexpr std::size_t kZoneTrianglesMax = 2'000'000;

/// A spawn point or an arrival that was found, and where it was said.
struct SpawnCandidate {
  math::Vec3 feet;
  float heading = 0;
  std::string file;
  int line = 1;
  std::string what;     ///< "the spawn point [10, 20]", for faults
  std::string arrival;  ///< its name; empty: a spawn point
};

struct Placed {
  /// World space. First what never moves, then each door's, one after the other.
  std::vector<physics::Triangle> triangles;
  std::vector<std::uint8_t> flags;
  std::vector<physics::Door> doors;
  std::vector<std::string> door_names;
  std::vector<Area> areas;
  std::vector<SpawnCandidate> spawns;
};

/// By file name; one for each file that the text's models name.
using Models = std::map<std::string, Model, std::less<>>;

/// Heights that are not given are those of `terrain`, which is flat at 0 for zones without one.
/// Doors of a model that is placed again are called "<name> 2", "<name> 3" and so on.
Placed place_models(const ZoneText& text, const Models& models, const physics::HeightField& terrain,
                    const std::string& folder);

}  // namespace tessera::content
