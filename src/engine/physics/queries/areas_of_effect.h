// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whom does an ability touch? Balls, cones and boxes against characters. The caller brings the
// candidates (a CharacterColumns, from a spatial grid); the answer is the numbers of those touched,
// growing. Touching counts. Any thread may ask; nothing is allocated once `touched` has its size.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/physics/queries/characters.h"
#include "engine/physics/queries/static_world.h"

namespace tessera::physics {

struct Sphere {
  math::Vec3 centre;
  float radius = 1;
};

/// What swings, breath and cries reach: seen from above a sector of a circle, as on the ground
/// marks that players see, and as high everywhere as it is said to be. (A cone in the strict sense
/// would pass over or under who stands a step higher or lower.)
struct Cone {
  math::Vec2 apex;
  math::Vec2 direction;  ///< of length 1
  float cosine = 1;      ///< of the half angle
  float sine = 0;
  float range_m = 1;
  float low_m = 0;  ///< heights of the world, not of the apex
  float high_m = 0;
};

struct ConeOptions {
  float heading_rad = 0;     ///< as everywhere: clockwise from north
  float half_angle_rad = 0;  ///< 0 to pi; pi is the whole circle
  float range_m = 1;
  float below_m = 1;  ///< how far under the apex it reaches
  float above_m = 2;
};
Cone make_cone(math::Vec3 apex, const ConeOptions& options);

/// A box that lies in any direction.
struct OrientedBox {
  math::Vec3 centre;
  math::Vec3 half;  ///< extents along its own axes
  std::array<math::Vec3, 3> axes{math::Vec3{1, 0, 0}, math::Vec3{0, 1, 0}, math::Vec3{0, 0, 1}};

  Bounds bounds() const;
};
/// Upright, with its length (half.z) along the heading.
OrientedBox upright_box(math::Vec3 centre, math::Vec3 half, float heading_rad);
/// A beam from one place to another, so many metres to each side of its line; `half_height` is
/// upright to it. A beam of no length is a flat box that lies to the north.
OrientedBox beam(math::Vec3 from, math::Vec3 to, float half_width, float half_height);

/// The square of the distance between a segment and a box; 0 inside. Exact but for rounding.
float distance_squared(const OrientedBox& box, const Segment& segment);

/// Exact against capsules. About 1 ns a candidate.
void overlap(const CharacterColumns& candidates, const Sphere& sphere,
             std::vector<std::uint32_t>& touched);
/// Seen from above exact; in height a capsule counts as the cylinder round it, so the curve of a
/// head or foot may be missed by as much as its radius and still be touched. About 2 ns a
/// candidate.
void overlap(const CharacterColumns& candidates, const Cone& cone,
             std::vector<std::uint32_t>& touched);
/// Exact against capsules. About 1 ns a candidate off the ball round the box, 20 ns within.
void overlap(const CharacterColumns& candidates, const OrientedBox& box,
             std::vector<std::uint32_t>& touched);

/// Does the box reach into any triangle, or does its centre lie under the terrain? Touching is not
/// reaching in.
bool overlaps(const StaticWorld& world, const OrientedBox& box);

}  // namespace tessera::physics
