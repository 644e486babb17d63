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
[[gnu::always_inline]] inline Hits hits_of(const Vec3x4& a, const Vec3x4& b, const Vec3x4& c,
                                           const Vec3x4& origin, const Vec3x4& direction) {
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
  explicit RayLanes(const Ray& ray) {
    const float origins[] = {ray.origin.x, ray.origin.y, ray.origin.z};
    const float directions[] = {ray.direction.x, ray.direction.y, ray.direction.z};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const float per_metre = inverse_of(directions[axis]);
      near_side[axis] = per_metre < 0 ? axis + 3 : axis;
      far_side[axis] = per_metre < 0 ? axis : axis + 3;
      origin[axis] = math::splat8(origins[axis]);
      to_near[axis] = math::splat8(per_metre);
      // Two roundings on the way: a box is taken to end a few of them later.
      to_far[axis] = math::splat8(per_metre * 1.000001f);
    }
  }
  std::array<std::size_t, 3> near_side;
  std::array<std::size_t, 3> far_side;
  std::array<Float8, 3> origin;
  std::array<Float8, 3> to_near;
  std::array<Float8, 3> to_far;

  /// Where the ray enters eight boxes; `hit` has the lanes that it enters before `limit`.
  Float8 entries(const Node& node, float limit, unsigned& hit) const {
    const auto enter = [&](std::size_t axis) {
      return (node.sides[near_side[axis]] - origin[axis]) * to_near[axis];
    };
    const auto leave = [&](std::size_t axis) {
      return (node.sides[far_side[axis]] - origin[axis]) * to_far[axis];
    };
    const Float8 first =
        math::max(math::max(enter(0), enter(1)), math::max(enter(2), math::splat8(0)));
    const Float8 last =
        math::min(math::min(leave(0), leave(1)), math::min(leave(2), math::splat8(limit)));
    hit = math::lanes(first <= last);
    return first;
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
  float farthest = distance_max * 1.000001f;
  for (;;) {
    const auto child = static_cast<std::int32_t>(next);
    if (child >= 0) {
      const Node& node = nodes_[static_cast<std::size_t>(child)];
      unsigned hit = 0;
      const Float8 enter = lanes.entries(node, farthest, hit);
      const auto child_of = [&](unsigned bits) {
        return static_cast<std::uint32_t>(
            node.child[static_cast<unsigned>(std::countr_zero(bits))]);
      };
      const auto key = [&](unsigned bits) {
        const auto lane = static_cast<unsigned>(std::countr_zero(bits));
        return std::uint64_t{std::bit_cast<std::uint32_t>(enter[lane])} << 32 | child_of(bits);
      };
      if (hit != 0) {
        if ((hit & (hit - 1)) == 0) {
          next = child_of(hit);  // most often: nothing to choose
          continue;
        }
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
    farthest = best.distance * 1.000001f;
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
