// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The world's division into square cells, numbered row by row from the north-west. An entity that
// strolls along a border would change its cell all the time; so with a margin it keeps its cell
// until it is that far beyond its bounds.
#pragma once

#include <cmath>
#include <cstdint>

#include "engine/math/vec.h"

namespace tessera::spatial {

inline constexpr std::uint32_t kNoCell = 0xffffffff;

struct GridCells {
  math::Vec2 low{};  ///< the north-west corner of cell 0
  std::uint32_t columns = 128;
  std::uint32_t rows = 128;
  float cell_m = 32;
  float margin_m = 16;

  std::uint32_t count() const { return columns * rows; }
  std::uint32_t column_of(float x) const { return clamped((x - low.x) / cell_m, columns); }
  std::uint32_t row_of(float z) const { return clamped((z - low.z) / cell_m, rows); }
  /// The cell that holds a place; beyond the grid the nearest one; for NaN that of the corner.
  std::uint32_t cell_at(math::Vec2 place) const {
    return row_of(place.z) * columns + column_of(place.x);
  }
  math::Vec2 corner_of(std::uint32_t cell) const {
    return {low.x + static_cast<float>(cell % columns) * cell_m,
            low.z + static_cast<float>(cell / columns) * cell_m};
  }
  /// The cell of an entity that was in `before` (kNoCell: in none): the same one while it is within
  /// the margin.
  std::uint32_t cell_after(std::uint32_t before, math::Vec2 place) const {
    if (before == kNoCell) return cell_at(place);
    const math::Vec2 inside = place - corner_of(before);
    const bool stays = inside.x >= -margin_m && inside.z >= -margin_m &&
                       inside.x < cell_m + margin_m && inside.z < cell_m + margin_m;
    return stays ? before : cell_at(place);
  }

 private:
  static std::uint32_t clamped(float cells, std::uint32_t count) {
    if (!(cells > 0)) return 0;
    return cells < static_cast<float>(count) ? static_cast<std::uint32_t>(cells) : count - 1;
  }
};

}  // namespace tessera::spatial
