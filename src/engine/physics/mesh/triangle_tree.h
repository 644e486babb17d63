// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A tree of boxes over static triangles (a bounding volume hierarchy), eight children to a node, so
// that one comparison of vectors looks at eight boxes, and then one at four triangles:
//
//   node   low x[8] y[8] z[8], high x[8] y[8] z[8], child[8]      224 bytes
//   child  >= 0: a node; < 0: ~block; lanes without a child lie far from everything
//   block  FourTriangles: corners a, b, c, number                 160 bytes
//
// Built once, by the surface-area heuristic over 64 bins; read from any thread. The outcome depends
// on the triangles and their order alone. Answers are exact: the same as asking every triangle.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/math/float4.h"
#include "engine/math/float8.h"
#include "engine/math/vec3x4.h"
#include "engine/physics/mesh/triangle.h"

namespace tessera::physics {

/// Content has smaller limits; this one keeps numbers of blocks in 31 bits.
inline constexpr std::size_t kTrianglesMax = std::size_t{1} << 28;

struct Ray {
  math::Vec3 origin;
  math::Vec3 direction;  ///< of any length but 0; distances are in units of it
};

struct RayHit {
  float distance = 0;          ///< in lengths of the ray's direction
  std::uint32_t triangle = 0;  ///< its number: the place in the list that the tree was built from
  bool operator==(const RayHit&) const = default;
};

/// Where a ray goes through a triangle, from either side; none beyond `distance_max`. Rays along
/// the triangle's plane miss. Möller and Trumbore (1997); edges reach out by a millionth of the
/// triangle, so that nothing slips through between neighbours.
std::optional<float> ray_through(const Triangle& triangle, const Ray& ray, float distance_max);

/// Up to four triangles near each other, one to a lane.
struct FourTriangles {
  math::Vec3x4 a;
  math::Vec3x4 b;
  math::Vec3x4 c;
  std::array<std::uint32_t, 4> number;  ///< kNoTriangle in lanes that hold none: the last ones

  static constexpr std::uint32_t kNoTriangle = UINT32_MAX;

  Triangle triangle(unsigned lane) const { return {a.lane(lane), b.lane(lane), c.lane(lane)}; }
  /// The lanes that hold a triangle.
  math::Mask4 held() const {
    return std::bit_cast<math::Mask4>(number) != math::Mask4{-1, -1, -1, -1};
  }
};

class TriangleTree {
 public:
  TriangleTree() = default;
  /// Triangles must be finite; at most kTrianglesMax.
  explicit TriangleTree(std::span<const Triangle> triangles);

  /// For a cache. Reading takes some 1 ms a 100,000 triangles, and yields nothing for bytes that no
  /// tree was written to; their coordinates it takes as they are.
  std::vector<std::byte> to_bytes() const;
  static std::optional<TriangleTree> from_bytes(std::span<const std::byte> bytes);

  /// The nearest hit; of equally near ones that of the smallest number.
  std::optional<RayHit> cast_ray(const Ray& ray, float distance_max) const;

  /// Calls `visit(number, triangle)` for every triangle whose own bounds touch `box`, in an order
  /// that depends on the tree alone.
  template <class Visit>
  void each_touching(const Bounds& box, Visit&& visit) const;

  /// Calls `visit(block)` for every block whose bounds touch `box`: the triangles that touch it are
  /// among theirs. In an order that depends on the tree alone.
  template <class Visit>
  void each_block_touching(const Bounds& box, Visit&& visit) const;

  /// Round all triangles; empty when there are none.
  const Bounds& bounds() const { return bounds_; }
  std::size_t size() const { return places_.size(); }
  Triangle triangle(std::uint32_t number) const {
    const std::uint32_t place = places_[number];
    return blocks_[place / 4].triangle(place % 4);
  }
  std::size_t memory_bytes() const {
    return nodes_.size() * sizeof(Node) + blocks_.size() * sizeof(FourTriangles) +
           places_.size() * sizeof(std::uint32_t);
  }

 private:
  /// The deepest way down; builders make broader trees long before.
  static constexpr int kDepthMax = 64;
  static constexpr int kStackMax = 7 * kDepthMax + 1;

  static constexpr std::size_t kChildren = 8;

  /// The sides of eight boxes: low x, y, z, then high x, y, z.
  struct Node {
    std::array<math::Float8, 6> sides;
    std::array<std::int32_t, kChildren> child;
  };
  class Builder;
  struct RayLanes;
  bool is_whole() const;
  bool find_places();

  std::vector<Node> nodes_;  ///< the root is the first
  std::vector<FourTriangles> blocks_;
  Bounds bounds_;
  std::vector<std::uint32_t> places_;  ///< of each triangle: four times its block, and its lane
};

template <class Visit>
void TriangleTree::each_block_touching(const Bounds& box, Visit&& visit) const {
  if (nodes_.empty()) return;
  const auto low_x = math::splat8(box.low.x);
  const auto low_y = math::splat8(box.low.y);
  const auto low_z = math::splat8(box.low.z);
  const auto high_x = math::splat8(box.high.x);
  const auto high_y = math::splat8(box.high.y);
  const auto high_z = math::splat8(box.high.z);
  std::array<std::int32_t, kStackMax> stack;
  int depth = 0;
  stack[0] = 0;
  while (depth >= 0) {
    const std::int32_t next = stack[static_cast<std::size_t>(depth--)];
    if (next < 0) {
      visit(blocks_[static_cast<std::uint32_t>(~next)]);
      continue;
    }
    const Node& node = nodes_[static_cast<std::size_t>(next)];
    // Lanes without a child lie far from everything.
    const math::Mask8 touching = (node.sides[0] <= high_x) & (node.sides[3] >= low_x) &
                                 (node.sides[1] <= high_y) & (node.sides[4] >= low_y) &
                                 (node.sides[2] <= high_z) & (node.sides[5] >= low_z);
    for (unsigned bits = math::lanes(touching); bits != 0; bits &= bits - 1) {
      const auto lane = static_cast<unsigned>(std::countr_zero(bits));
      stack[static_cast<std::size_t>(++depth)] = node.child[lane];
    }
  }
}

template <class Visit>
void TriangleTree::each_touching(const Bounds& box, Visit&& visit) const {
  each_block_touching(box, [&](const FourTriangles& block) {
    for (unsigned lane = 0; lane < 4; ++lane) {
      if (block.number[lane] == FourTriangles::kNoTriangle) break;
      const Triangle triangle = block.triangle(lane);
      if (bounds_of(triangle).touches(box)) visit(block.number[lane], triangle);
    }
  });
}

}  // namespace tessera::physics
