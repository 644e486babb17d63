// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What does not move, asked as one: terrain and triangles together. What is struck first, is there
// a line of sight, is there room. Any thread may ask; nothing is allocated; the same bits
// everywhere.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/physics/collision_world.h"
#include "engine/physics/height_field.h"
#include "engine/physics/mesh/capsule.h"
#include "engine/physics/mesh/triangle_tree.h"
#include "engine/physics/queries/height_blocks.h"

namespace tessera::physics {

/// References; what they name outlives it. `blocks` are those of `terrain`.
struct StaticWorld {
  const HeightField* terrain;
  const HeightBlocks* blocks;
  const TriangleTree* mesh;
  /// Of the same mesh: its open doors are not there. None: all doors are closed.
  const CollisionWorld* doors = nullptr;
};

/// As bodies meet it, with its doors as they are.
inline StaticWorld static_world(const CollisionWorld& world, const HeightBlocks& blocks) {
  return {&world.geometry().terrain, &blocks, &world.geometry().solids, &world};
}

/// Is a triangle of the mesh there, or does it belong to an open door?
bool is_solid(const StaticWorld& world, std::uint32_t triangle);

enum class Surface : std::uint8_t { Terrain, Mesh };

struct StaticHit {
  float share = 0;  ///< of the way that is free, in [0, 1]
  Surface surface{};
  std::uint32_t triangle = 0;  ///< its number, in the terrain or the mesh
  math::Vec3 point;            ///< on the triangle
  math::Vec3 normal;  ///< of length 1, to the side it came from; zero when it starts inside
  bool operator==(const StaticHit&) const = default;
};

/// The first thing that a ray strikes on its way; of equally near ones the mesh. A ray through an
/// open door costs several times as much as others.
std::optional<StaticHit> cast_ray(const StaticWorld& world, math::Vec3 from, math::Vec3 way);

/// The first triangle that a capsule touches on its way; of equally near ones the mesh, then the
/// smallest number. The answer is that of asking every triangle (mesh/capsule.h, cast_at). Long
/// ways are looked at in pieces, so the cost grows with the free part of the way only.
std::optional<StaticHit> cast_capsule(const StaticWorld& world, const Capsule& capsule,
                                      math::Vec3 way);
inline std::optional<StaticHit> cast_sphere(const StaticWorld& world, math::Vec3 centre,
                                            float radius, math::Vec3 way) {
  return cast_capsule(world, {{centre, centre}, radius}, way);
}

/// What stands in the last millimetre does not hide the goal: one may look at a place on the
/// ground.
inline constexpr float kSightTolerance_m = 0.001f;

/// Does nothing stand between?
bool sees(const StaticWorld& world, math::Vec3 eye, math::Vec3 goal);

/// Below the terrain, within its grid. What lies there is in the ground.
bool is_under_terrain(const StaticWorld& world, math::Vec3 place);

/// Does the capsule reach into any triangle, or does its lower end lie under the terrain? Touching
/// is not reaching in.
bool overlaps(const StaticWorld& world, const Capsule& capsule);
inline bool overlaps_sphere(const StaticWorld& world, math::Vec3 centre, float radius) {
  return overlaps(world, {{centre, centre}, radius});
}

}  // namespace tessera::physics
