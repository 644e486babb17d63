// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Is somebody near? A raster of bits over a zone, made anew each tick: mark the places of those who
// count, spread, ask. A cell is 16 m wide in zones of up to 4096 m. After spreading by 60 m:
//
//   - whoever has a marked place within 60 m is near,
//   - whoever has none within 80 m along the east-west or the north-south axis is not,
//
// and in between the cells' borders decide. 8 KiB, so that asking costs a nanosecond.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "engine/math/vec.h"
#include "engine/physics/static_geometry.h"

namespace tessera::crowd {

class NearMap {
 public:
  static constexpr std::uint32_t kCells = 256;  ///< along an edge
  static constexpr float kCell_m = 16;

  /// Nobody is anywhere.
  void begin(const physics::Rectangle& bounds) {
    const math::Vec2 size = bounds.high - bounds.low;
    const float cell = std::max(kCell_m, std::max(size.x, size.z) / static_cast<float>(kCells));
    low_ = bounds.low;
    cells_per_metre_ = 1 / cell;
    rows_ = {};
  }
  void mark(math::Vec2 place) {
    const std::uint32_t column = cell_of(place.x - low_.x);
    rows_[cell_of(place.z - low_.z)][column / 64] |= std::uint64_t{1} << (column % 64);
  }
  /// Every cell within `reach_m` of a marked one, along both axes, gets a mark. 2 us for 16 m.
  void spread(float reach_m) {
    const auto cells = static_cast<int>(std::ceil(reach_m * cells_per_metre_));
    for (int i = 0; i < cells; ++i) spread_by_one();
  }
  /// For places beyond the bounds the nearest cell answers; for NaN some cell.
  bool holds(math::Vec2 place) const {
    const std::uint32_t column = cell_of(place.x - low_.x);
    return (rows_[cell_of(place.z - low_.z)][column / 64] >> (column % 64) & 1) != 0;
  }

 private:
  using Row = std::array<std::uint64_t, kCells / 64>;

  std::uint32_t cell_of(float metres) const {
    const float cell = metres * cells_per_metre_;
    if (!(cell > 0)) return 0;
    return cell < static_cast<float>(kCells) ? static_cast<std::uint32_t>(cell) : kCells - 1;
  }
  static Row widened(const Row& row) {
    Row wide;
    for (std::size_t i = 0; i < row.size(); ++i) {
      wide[i] = row[i] | row[i] << 1 | row[i] >> 1;
      if (i > 0) wide[i] |= row[i - 1] >> 63;
      if (i + 1 < row.size()) wide[i] |= row[i + 1] << 63;
    }
    return wide;
  }
  void spread_by_one() {
    Row above{};
    Row here = widened(rows_[0]);
    for (std::size_t z = 0; z < kCells; ++z) {
      const Row below = z + 1 < kCells ? widened(rows_[z + 1]) : Row{};
      for (std::size_t i = 0; i < here.size(); ++i) rows_[z][i] = above[i] | here[i] | below[i];
      above = here;
      here = below;
    }
  }

  math::Vec2 low_;
  float cells_per_metre_ = 1 / kCell_m;
  std::array<Row, kCells> rows_{};
};

}  // namespace tessera::crowd
