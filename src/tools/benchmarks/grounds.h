// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the benchmarks of physics and navigation run on: the default world's open country and its
// town, and whatever meshes the command line names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/physics/queries/static_world.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::benchmarks {

struct Ground {
  std::string name;  ///< as rows call it: `terrain`, `town`, or the name of the mesh's file
  std::shared_ptr<const physics::StaticGeometry> geometry;
  std::shared_ptr<const physics::HeightBlocks> blocks;
  physics::Bounds region;  ///< where queries begin
  bool has_terrain = true;

  physics::StaticWorld world() const {
    return {&geometry->terrain, blocks.get(), &geometry->solids};
  }
};

struct Grounds {
  std::shared_ptr<const ZoneDefinition> vale;  ///< the default world
  Ground terrain;                              ///< its open country
  Ground town;
  std::vector<Ground> meshes;

  std::vector<const Ground*> all() const;
};

/// Takes `--mesh FILE.obj` (repeatable) out of the arguments, and loads the grounds. Errors say
/// which file could not be read, and why.
Result<Grounds> load_grounds(int& argc, char** argv);

/// Places of the ground where a player can stand, chosen by chance.
std::vector<math::Vec3> free_places(const Ground& ground, std::size_t count, RandomStream& random);

}  // namespace tessera::benchmarks
