// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/box_grid.h"

#include <algorithm>
#include <cmath>

#include "engine/core/assert.h"

namespace tessera::physics {
namespace {

/// 4 M cells: a zone of 16 km by 16 km full of boxes. Content has smaller limits.
constexpr float kCellsPerSideMax = 2048;

struct CellRange {
  std::uint32_t first_column, last_column, first_row, last_row;
};

}  // namespace

BoxGrid::BoxGrid(std::span<const Box> boxes) {
  if (boxes.empty()) return;
  math::Vec2 high = boxes.front().centre;
  low_ = high;
  for (const Box& box : boxes) {
    const math::Vec2 reach = box.extent() + math::Vec2{kBoxReach, kBoxReach};
    low_ = {std::min(low_.x, box.centre.x - reach.x), std::min(low_.z, box.centre.z - reach.z)};
    high = {std::max(high.x, box.centre.x + reach.x), std::max(high.z, box.centre.z + reach.z)};
  }
  columns_limit_ = std::floor((high.x - low_.x) * kCellsPerMetre) + 1;
  rows_limit_ = std::floor((high.z - low_.z) * kCellsPerMetre) + 1;
  TESSERA_ASSERT(columns_limit_ <= kCellsPerSideMax && rows_limit_ <= kCellsPerSideMax,
                 "box grid: boxes lie too far apart");
  columns_ = static_cast<std::uint32_t>(columns_limit_);
  const auto rows = static_cast<std::uint32_t>(rows_limit_);

  const auto range_of = [&](const Box& box) {
    const math::Vec2 reach = box.extent() + math::Vec2{kBoxReach, kBoxReach};
    const auto cell = [](float metres, std::uint32_t count) {
      return std::min(static_cast<std::uint32_t>(std::max(metres, 0.0f) * kCellsPerMetre),
                      count - 1);
    };
    return CellRange{cell(box.centre.x - reach.x - low_.x, columns_),
                     cell(box.centre.x + reach.x - low_.x, columns_),
                     cell(box.centre.z - reach.z - low_.z, rows),
                     cell(box.centre.z + reach.z - low_.z, rows)};
  };
  const auto for_each_cell = [&](const Box& box, auto visit) {
    const CellRange range = range_of(box);
    for (std::uint32_t row = range.first_row; row <= range.last_row; ++row) {
      for (std::uint32_t column = range.first_column; column <= range.last_column; ++column) {
        visit(row * columns_ + column);
      }
    }
  };

  starts_.assign(std::size_t{columns_} * rows + 1, 0);
  for (const Box& box : boxes) {
    for_each_cell(box, [&](std::uint32_t cell) { ++starts_[cell + 1]; });
  }
  for (std::size_t cell = 1; cell < starts_.size(); ++cell) starts_[cell] += starts_[cell - 1];
  entries_.resize(starts_.back());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (const Box& box : boxes) {
    for_each_cell(box, [&](std::uint32_t cell) { entries_[next[cell]++] = box; });
  }
}

}  // namespace tessera::physics
