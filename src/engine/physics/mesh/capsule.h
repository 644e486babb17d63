// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Capsules against static triangles: does one reach into any, how far does it get on its way. A
// sphere is a capsule whose segment is a point. Answers are those of asking every triangle.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/physics/mesh/triangle_tree.h"

namespace tessera::physics {

/// All points within `radius` of a segment.
struct Capsule {
  Segment segment;
  float radius = 0.4f;

  Bounds bounds() const {
    Bounds bounds;
    bounds.add(segment.from);
    bounds.add(segment.to);
    bounds.grow(radius);
    return bounds;
  }
  Capsule moved(math::Vec3 way) const { return {{segment.from + way, segment.to + way}, radius}; }
};

/// A cast ends this far from the triangle, or nearer: a tenth of a millimetre.
inline constexpr float kCastTolerance = 1e-4f;

struct CapsuleHit {
  float share = 0;             ///< of the way that is free; 0 when it starts in the triangle
  std::uint32_t triangle = 0;  ///< its number in the tree
  math::Vec3 point;            ///< on the triangle
  math::Vec3 normal;           ///< from there to the capsule, of length 1; zero when it is inside
  bool operator==(const CapsuleHit&) const = default;
};

/// How far a capsule gets on its way before it touches this triangle; none when it gets to the end.
/// Both are convex, so the gap between them closes no faster than the way runs along it: advancing
/// by that much never jumps over a contact. Some three rounds are usual, 32 the most.
std::optional<CapsuleHit> cast_at(const Triangle& triangle, const Capsule& capsule, math::Vec3 way);

/// The first triangle on the way; of equally near ones that of the smallest number.
std::optional<CapsuleHit> cast_capsule(const TriangleTree& tree, const Capsule& capsule,
                                       math::Vec3 way);

/// Does the capsule reach into any triangle? Touching is not reaching in.
bool overlaps(const TriangleTree& tree, const Capsule& capsule);

}  // namespace tessera::physics
