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
#include "engine/physics/collision_world.h"

namespace tessera::benchmarks {

struct Ground {
  std::string name;  ///< as rows call it: `terrain`, `town`, or the name of the mesh's file
  std::shared_ptr<const physics::StaticGeometry> geometry;
  physics::Rectangle region;  ///< where queries begin
};

/// Takes `--mesh FILE.obj` (repeatable) out of the arguments, and loads the grounds. Errors say
/// which file could not be read, and why.
Result<std::vector<Ground>> load_grounds(int& argc, char** argv);

/// A free place of the ground where a player can stand.
math::Vec3 free_place(const Ground& ground, const physics::CollisionWorld& world,
                      RandomStream& random);

}  // namespace tessera::benchmarks
