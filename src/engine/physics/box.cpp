// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/box.h"

#include <array>

#include "engine/math/trigonometry.h"

namespace tessera::physics {
namespace {

using math::Vec3;

/// Corner i lies high along x, y, z where bits 0, 1, 2 of i are set; each side anticlockwise, seen
/// from outside.
constexpr std::array<std::array<std::size_t, 4>, 6> kSides{
    {{0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}}};

}  // namespace

std::vector<Triangle> triangles_of(std::span<const BoxShape> boxes) {
  std::vector<Triangle> triangles;
  triangles.reserve(boxes.size() * 12);
  for (const BoxShape& box : boxes) {
    const math::SinCos turn = math::sin_cos(box.turn);
    std::array<Vec3, 8> corners;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const float x = (i & 1) != 0 ? box.half_size.x : -box.half_size.x;
      const float y = (i & 2) != 0 ? box.half_size.y : -box.half_size.y;
      const float z = (i & 4) != 0 ? box.half_size.z : -box.half_size.z;
      corners[i] = box.centre + Vec3{x * turn.cos - z * turn.sin, y, x * turn.sin + z * turn.cos};
    }
    for (const auto& side : kSides) {
      const Vec3 a = corners[side[0]];
      const Vec3 c = corners[side[2]];
      triangles.push_back({a, corners[side[1]], c});
      triangles.push_back({a, c, corners[side[3]]});
    }
  }
  return triangles;
}

std::shared_ptr<const StaticGeometry> geometry_of_boxes(const Rectangle& bounds,
                                                        HeightField terrain,
                                                        std::span<const BoxShape> walls,
                                                        std::span<const BoxShape> leaves) {
  auto geometry = std::make_shared<StaticGeometry>();
  geometry->bounds = bounds;
  geometry->terrain = std::move(terrain);
  std::vector<Triangle> triangles = triangles_of(walls);
  for (const BoxShape& leaf : leaves) {
    const std::vector<Triangle> door = triangles_of(std::span(&leaf, 1));
    geometry->doors.push_back(
        {static_cast<std::uint32_t>(triangles.size()), static_cast<std::uint32_t>(door.size())});
    triangles.insert(triangles.end(), door.begin(), door.end());
  }
  geometry->solids = TriangleTree(triangles);
  return geometry;
}

}  // namespace tessera::physics
