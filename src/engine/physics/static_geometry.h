// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a zone is made of, as compiled content holds it. Never changed, so that any number of
// worlds and threads may share one.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/math/vec.h"
#include "engine/physics/height_field.h"
#include "engine/physics/mesh/triangle_tree.h"

namespace tessera::physics {

struct Rectangle {
  math::Vec2 low;
  math::Vec2 high;
  bool operator==(const Rectangle&) const = default;
};

/// A door's triangles; solid while it is closed.
struct Door {
  std::uint32_t first_triangle = 0;  ///< its number in the tree
  std::uint32_t triangle_count = 0;
  bool operator==(const Door&) const = default;
};

/// As many as fit a few cache lines of state; a town of a hundred houses has room.
inline constexpr std::size_t kDoorsMax = 1024;

struct StaticGeometry {
  Rectangle bounds{{0, 0}, {4096, 4096}};
  HeightField terrain;  ///< nobody gets below it; without terrain: level, at the bottom
  TriangleTree solids;
  /// Their triangles are the last of the tree, one door's after the other's; at most kDoorsMax.
  std::vector<Door> doors;
  float water_level_m = -std::numeric_limits<float>::infinity();  ///< ground below is under water
};

}  // namespace tessera::physics
