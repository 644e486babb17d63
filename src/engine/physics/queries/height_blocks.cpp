// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/queries/height_blocks.h"

#include <algorithm>
#include <cmath>

namespace tessera::physics {
namespace detail {

Squares squares_touching(float low, float high, float origin, float spacing,
                         std::uint32_t samples) {
  // A square more on each side, for rounding: the triangles' own bounds decide.
  const float first = std::floor((low - origin) / spacing) - 1;
  const float last = std::floor((high - origin) / spacing) + 1;
  const auto end = static_cast<float>(samples - 2);
  if (!(first <= end) || !(last >= 0) || !(low <= high)) return {};  // NaN as well
  return {static_cast<std::int32_t>(std::max(first, 0.0f)),
          static_cast<std::int32_t>(std::min(last, end))};
}

}  // namespace detail

Triangle terrain_triangle(const HeightField& field, std::uint32_t number) {
  const HeightFieldOptions& grid = field.options();
  const detail::Heights heights(field);
  const std::uint32_t row = number / 2 / (grid.columns - 1);
  const std::uint32_t column = number / 2 % (grid.columns - 1);
  const auto corner = [&](std::uint32_t x, std::uint32_t z) {
    const std::size_t index = std::size_t{z} * grid.columns + x;
    return math::Vec3{grid.origin.x + static_cast<float>(x) * grid.spacing_m,
                      heights.metres(field.samples()[index]),
                      grid.origin.z + static_cast<float>(z) * grid.spacing_m};
  };
  const math::Vec3 north_west = corner(column, row);
  const math::Vec3 south_east = corner(column + 1, row + 1);
  if (number % 2 == 0) return {north_west, corner(column, row + 1), south_east};
  return {north_west, south_east, corner(column + 1, row)};
}

HeightBlocks::HeightBlocks(const HeightField& field)
    : columns_((field.options().columns + kSquares - 2) / kSquares),
      rows_((field.options().rows + kSquares - 2) / kSquares),
      ranges_(std::size_t{columns_} * rows_, Range{UINT16_MAX, 0}) {
  const std::uint32_t width = field.options().columns;
  const std::uint32_t length = field.options().rows;
  for (std::uint32_t row = 0; row < rows_; ++row) {
    const std::uint32_t last_z = std::min((row + 1) * kSquares, length - 1);
    for (std::uint32_t z = row * kSquares; z <= last_z; ++z) {
      const auto samples = field.samples().subspan(std::size_t{z} * width, width);
      for (std::uint32_t column = 0; column < columns_; ++column) {
        Range& range = ranges_[std::size_t{row} * columns_ + column];
        const std::uint32_t last_x = std::min((column + 1) * kSquares, width - 1);
        for (std::uint32_t x = column * kSquares; x <= last_x; ++x) {
          range.low = std::min(range.low, samples[x]);
          range.high = std::max(range.high, samples[x]);
        }
      }
    }
  }
}

}  // namespace tessera::physics
