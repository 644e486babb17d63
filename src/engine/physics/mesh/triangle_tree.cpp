// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/mesh/triangle_tree.h"

#include <bit>
#include <cmath>
#include <utility>

namespace tessera::physics {
namespace {

using math::Float4;
using math::Mask4;
using math::splat;
using math::Vec3;

using Vec4 = std::array<Float4, 3>;

/// How far a hit may lie outside an edge, as a share of the triangle.
constexpr float kEdgeReach = 1e-6f;
/// A direction's part of 0 is taken for this: its inverse is finite, and 0 times it is 0.
constexpr float kDirectionMin = 1e-30f;

Vec4 splat3(Vec3 v) { return {splat(v.x), splat(v.y), splat(v.z)}; }
Vec4 minus(const Vec4& a, const Vec4& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
Float4 dot4(const Vec4& a, const Vec4& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
Vec4 cross4(const Vec4& a, const Vec4& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

/// Möller and Trumbore for four triangles: distances where the mask holds.
struct Hits {
  Float4 distance;
  Mask4 valid;
};
Hits hits_of(const Vec4& a, const Vec4& b, const Vec4& c, const Vec4& origin,
             const Vec4& direction) {
  const Vec4 ab = minus(b, a);
  const Vec4 ac = minus(c, a);
  const Vec4 p = cross4(direction, ac);
  const Float4 determinant = dot4(ab, p);
  const Float4 inverse = splat(1) / determinant;  // infinite along the plane: nothing below holds
  const Vec4 from_a = minus(origin, a);
  const Float4 u = dot4(from_a, p) * inverse;
  const Vec4 q = cross4(from_a, ab);
  const Float4 v = dot4(direction, q) * inverse;
  const Float4 distance = dot4(ac, q) * inverse;
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
  const Hits hits = hits_of(splat3(triangle.a), splat3(triangle.b), splat3(triangle.c),
                            splat3(ray.origin), splat3(ray.direction));
  if (hits.valid[0] == 0 || !(hits.distance[0] <= distance_max)) return std::nullopt;
  return hits.distance[0];
}

struct TriangleTree::RayLanes {
  explicit RayLanes(const Ray& ray)
      : origin(splat3(ray.origin)),
        direction(splat3(ray.direction)),
        inverse{splat(inverse_of(ray.direction.x)), splat(inverse_of(ray.direction.y)),
                splat(inverse_of(ray.direction.z))} {}
  Vec4 origin;
  Vec4 direction;
  Vec4 inverse;

  /// Where the ray enters four boxes; `hit` has the lanes that it enters before `limit`.
  Float4 entries(const std::array<Float4, 3>& low, const std::array<Float4, 3>& high, float limit,
                 unsigned& hit) const {
    Float4 enter = splat(0);
    Float4 leave = splat(limit);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const Float4 first = (low[axis] - origin[axis]) * inverse[axis];
      const Float4 second = (high[axis] - origin[axis]) * inverse[axis];
      enter = math::max(math::min(first, second), enter);
      leave = math::min(math::max(first, second), leave);
    }
    // Two roundings on the way: a box is taken to be a few of them larger.
    hit = math::lanes(enter <= leave * splat(1.000001f));
    return enter;
  }
};

std::optional<RayHit> TriangleTree::cast_ray(const Ray& ray, float distance_max) const {
  if (nodes_.empty()) return std::nullopt;
  const RayLanes lanes(ray);
  struct Entry {
    std::int32_t next;
    float enter;
  };
  std::array<Entry, kStackMax> stack;
  std::size_t depth = 0;
  stack[depth++] = {0, 0};
  RayHit best{distance_max, kNoTriangle};
  while (depth > 0) {
    const Entry entry = stack[--depth];
    if (entry.enter > best.distance * 1.000001f) continue;
    if (entry.next < 0) {
      const Block& block = blocks_[static_cast<std::uint32_t>(~entry.next)];
      const Hits hits = hits_of(block.a, block.b, block.c, lanes.origin, lanes.direction);
      unsigned valid = math::lanes(hits.valid & (hits.distance <= splat(best.distance)));
      for (; valid != 0; valid &= valid - 1) {
        const auto lane = static_cast<unsigned>(std::countr_zero(valid));
        const RayHit hit{hits.distance[lane], block.number[lane]};
        const bool nearer = hit.distance < best.distance;
        if (nearer || (hit.distance == best.distance && hit.triangle < best.triangle)) best = hit;
      }
      continue;
    }
    const Node& node = nodes_[static_cast<std::size_t>(entry.next)];
    unsigned hit = 0;
    const Float4 enter = lanes.entries(node.low, node.high, best.distance, hit);
    const std::size_t first = depth;
    for (; hit != 0; hit &= hit - 1) {
      const auto lane = static_cast<unsigned>(std::countr_zero(hit));
      if (node.child[lane] == kNone) continue;
      // The nearest comes last, to be taken first.
      std::size_t place = depth++;
      for (; place > first && stack[place - 1].enter < enter[lane]; --place) {
        stack[place] = stack[place - 1];
      }
      stack[place] = {node.child[lane], enter[lane]};
    }
  }
  if (best.triangle == kNoTriangle) return std::nullopt;
  return best;
}

}  // namespace tessera::physics
