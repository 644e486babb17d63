// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a wall on level ground that one can pass through its doors only.
#pragma once

#include <memory>
#include <vector>

#include "engine/physics/box.h"

namespace tessera::physics {

/// From x = 0 to 256 along z = 100, 3 m high, 0.4 m thick; ground is at height 0. Doors are 1.6 m
/// wide, at x = 40, 100 and 220.
inline std::shared_ptr<const StaticGeometry> wall_with_doors(const Rectangle& bounds = {
                                                                 {0, 0}, {256, 256}}) {
  std::vector<BoxShape> walls;
  std::vector<BoxShape> leaves;
  float west = 0;
  for (const float door : {40.0f, 100.0f, 220.0f, 256.8f}) {
    const float east = door - 0.8f;
    walls.push_back({{(west + east) / 2, 1.5f, 100}, {(east - west) / 2, 1.5f, 0.2f}, 0});
    if (door < 256) leaves.push_back({{door, 1.2f, 100}, {0.8f, 1.2f, 0.1f}, 0});
    west = door + 0.8f;
  }
  return geometry_of_boxes(bounds, HeightField(), walls, leaves);
}

}  // namespace tessera::physics
