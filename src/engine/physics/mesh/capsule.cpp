// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/mesh/capsule.h"

#include <cmath>

namespace tessera::physics {
namespace {

using math::Vec3;

constexpr int kRoundsMax = 32;

Bounds swept(const Capsule& capsule, Vec3 way) {
  Bounds bounds = capsule.bounds();
  bounds.add(capsule.moved(way).bounds());
  bounds.grow(kCastTolerance);
  return bounds;
}

}  // namespace

std::optional<CapsuleHit> cast_at(const Triangle& triangle, const Capsule& capsule, Vec3 way) {
  CapsuleHit hit;
  for (int round = 0; round < kRoundsMax; ++round) {
    const Nearest nearest = nearest_points(triangle, capsule.moved(way * hit.share).segment);
    const float distance = std::sqrt(nearest.distance_squared);
    const float gap = distance - capsule.radius;
    hit.point = nearest.on_triangle;
    hit.normal = {};
    if (distance > 0) hit.normal = (nearest.on_segment - nearest.on_triangle) * (1 / distance);
    const float closing = -dot(way, hit.normal);  // of the gap, in metres a whole way
    if (gap <= kCastTolerance) {
      // Touching and leaving is no hit, or nobody could walk away from a wall.
      if (distance > 0 && gap > -kCastTolerance && closing <= 0) return std::nullopt;
      return hit;
    }
    if (closing <= 0) return std::nullopt;
    hit.share += gap / closing;
    if (hit.share >= 1) return std::nullopt;
  }
  return hit;
}

std::optional<CapsuleHit> cast_capsule(const TriangleTree& tree, const Capsule& capsule, Vec3 way) {
  std::optional<CapsuleHit> best;
  tree.each_touching(swept(capsule, way), [&](std::uint32_t number, const Triangle& triangle) {
    auto hit = cast_at(triangle, capsule, way);
    if (!hit) return;
    hit->triangle = number;
    const bool nearer = !best || hit->share < best->share;
    if (nearer || (hit->share == best->share && number < best->triangle)) best = hit;
  });
  return best;
}

bool overlaps(const TriangleTree& tree, const Capsule& capsule) {
  bool found = false;
  tree.each_touching(capsule.bounds(), [&](std::uint32_t, const Triangle& triangle) {
    if (found) return;
    const float limit = capsule.radius * capsule.radius;
    found = nearest_points(triangle, capsule.segment).distance_squared < limit;
  });
  return found;
}

}  // namespace tessera::physics
