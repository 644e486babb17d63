// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which boxes are near a place: a uniform grid over the rectangle that holds all boxes. Every cell
// lists the boxes that come within kBoxReach of it, so a question looks at one cell only; outside
// the rectangle there is nothing to look at. Built once, read from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/math/vec.h"
#include "engine/physics/box.h"

namespace tessera::physics {

/// The largest circle that may be asked about: a character's radius and its skin, with room.
inline constexpr float kBoxReach = 2.0f;

class BoxGrid {
 public:
  BoxGrid() = default;
  explicit BoxGrid(std::span<const Box> boxes);

  /// Copies of the boxes that a circle of up to kBoxReach round `place` may touch, in the order in
  /// which they were given. Empty for NaN.
  std::span<const Box> near(math::Vec2 place) const {
    const float x = (place.x - low_.x) * kCellsPerMetre;
    const float z = (place.z - low_.z) * kCellsPerMetre;
    if (!(x >= 0 && z >= 0 && x < columns_limit_ && z < rows_limit_)) return {};
    const std::uint32_t cell =
        static_cast<std::uint32_t>(z) * columns_ + static_cast<std::uint32_t>(x);
    const std::uint32_t first = starts_[cell];
    return std::span(entries_).subspan(first, starts_[cell + 1] - first);
  }

 private:
  static constexpr float kCellMetres = 8.0f;
  static constexpr float kCellsPerMetre = 1.0f / kCellMetres;

  math::Vec2 low_;
  std::uint32_t columns_ = 0;
  float columns_limit_ = 0;
  float rows_limit_ = 0;
  std::vector<std::uint32_t> starts_;  ///< first entry of each cell, and the end
  std::vector<Box> entries_;
};

}  // namespace tessera::physics
