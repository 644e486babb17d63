// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/mesh/triangle_tree.h"

#include <bit>
#include <cmath>
#include <utility>

namespace tessera::physics {
namespace {

using math::Float4;
using math::Float8;
using math::Mask4;
using math::splat;
using math::Vec3;
using math::Vec3x4;

/// How far a hit may lie outside an edge, as a share of the triangle.
constexpr float kEdgeReach = 1e-6f;
/// A direction's part of 0 is taken for this: its inverse is finite, and 0 times it is 0.
constexpr float kDirectionMin = 1e-30f;

/// Möller and Trumbore for four triangles: distances where the mask holds.
struct Hits {
  Float4 distance;
  Mask4 valid;
};
Hits hits_of(const Vec3x4& a, const Vec3x4& b, const Vec3x4& c, const Vec3x4& origin,
             const Vec3x4& direction) {
  const Vec3x4 ab = b - a;
  const Vec3x4 ac = c - a;
  const Vec3x4 p = cross(direction, ac);
  const Float4 determinant = dot(ab, p);
  const Float4 inverse = splat(1) / determinant;  // infinite along the plane: nothing below holds
  const Vec3x4 from_a = origin - a;
  const Float4 u = dot(from_a, p) * inverse;
  const Vec3x4 q = cross(from_a, ab);
  const Float4 v = dot(direction, q) * inverse;
  const Float4 distance = dot(ac, q) * inverse;
  const Mask4 valid = (determinant != splat(0)) & (u >= splat(-kEdgeReach)) &
                      (v >= splat(-kEdgeReach)) & (u + v <= splat(1 + kEdgeReach)) &
                      (distance >= splat(0));
  return {distance, valid};
}

float inverse_of(float part) {
  if (std::fabs(part) < kDirectionMin) part = std::copysign(kDirectionMin, part);
  return 1.0f / part;
}

}  // namespace

std::optional<float> ray_through(const Triangle& triangle, const Ray& ray, float distance_max) {
  const Hits hits = hits_of(splat(triangle.a), splat(triangle.b), splat(triangle.c),
                            splat(ray.origin), splat(ray.direction));
  if (hits.valid[0] == 0 || !(hits.distance[0] <= distance_max)) return std::nullopt;
  return hits.distance[0];
}

struct TriangleTree::RayLanes {
  explicit RayLanes(const Ray& ray)
      : origin{math::splat8(ray.origin.x), math::splat8(ray.origin.y), math::splat8(ray.origin.z)},
        inverse{math::splat8(inverse_of(ray.direction.x)),
                math::splat8(inverse_of(ray.direction.y)),
                math::splat8(inverse_of(ray.direction.z))} {}
  Vec3x8 origin;
  Vec3x8 inverse;

  /// Where the ray enters eight boxes; `hit` has the lanes that it enters before `limit`.
  Float8 entries(const Node& node, float limit, unsigned& hit) const {
    Float8 enter = math::splat8(0);
    Float8 leave = math::splat8(limit);
    const auto cut = [&](Float8 first, Float8 second) {
      enter = math::max(math::min(first, second), enter);
      leave = math::min(math::max(first, second), leave);
    };
    cut((node.low.x - origin.x) * inverse.x, (node.high.x - origin.x) * inverse.x);
    cut((node.low.y - origin.y) * inverse.y, (node.high.y - origin.y) * inverse.y);
    cut((node.low.z - origin.z) * inverse.z, (node.high.z - origin.z) * inverse.z);
    // Two roundings on the way: a box is taken to be a few of them larger.
    hit = math::lanes(enter <= leave * math::splat8(1.000001f));
    return enter;
  }
};

std::optional<RayHit> TriangleTree::cast_ray(const Ray& ray, float distance_max) const {
  if (nodes_.empty()) return std::nullopt;
  const RayLanes lanes(ray);
  const Vec3x4 origin = splat(ray.origin);
  const Vec3x4 direction = splat(ray.direction);
  // Where a child is entered, and which it is: so that comparing them as numbers compares the
  // distances, which are not negative.
  std::array<std::uint64_t, kStackMax> stack;
  std::size_t depth = 0;
  std::uint64_t next = 0;  // the root, at distance 0
  RayHit best{distance_max, FourTriangles::kNoTriangle};
  for (;;) {
    const auto child = static_cast<std::int32_t>(next);
    if (child >= 0) {
      const Node& node = nodes_[static_cast<std::size_t>(child)];
      unsigned hit = 0;
      const Float8 enter = lanes.entries(node, best.distance, hit);
      const auto key = [&](unsigned bits) {
        const auto lane = static_cast<unsigned>(std::countr_zero(bits));
        return std::uint64_t{std::bit_cast<std::uint32_t>(enter[lane])} << 32 |
               static_cast<std::uint32_t>(node.child[lane]);
      };
      if (hit != 0) {
        next = key(hit);  // the nearest is looked at next, the others wait
        for (hit &= hit - 1; hit != 0; hit &= hit - 1) {
          const std::uint64_t other = key(hit);
          stack[depth++] = std::max(next, other);
          next = std::min(next, other);
        }
        continue;
      }
    } else {
      const FourTriangles& block = blocks_[static_cast<std::uint32_t>(~child)];
      const Hits hits = hits_of(block.a, block.b, block.c, origin, direction);
      unsigned valid = math::lanes(hits.valid & (hits.distance <= splat(best.distance)));
      for (; valid != 0; valid &= valid - 1) {
        const auto lane = static_cast<unsigned>(std::countr_zero(valid));
        const RayHit hit{hits.distance[lane], block.number[lane]};
        const bool nearer = hit.distance < best.distance;
        if (nearer || (hit.distance == best.distance && hit.triangle < best.triangle)) best = hit;
      }
    }
    const float farthest = best.distance * 1.000001f;
    do {
      if (depth == 0) {
        if (best.triangle == FourTriangles::kNoTriangle) return std::nullopt;
        return best;
      }
      next = stack[--depth];
    } while (std::bit_cast<float>(static_cast<std::uint32_t>(next >> 32)) > farthest);
  }
}

}  // namespace tessera::physics
