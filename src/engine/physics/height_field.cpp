// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/height_field.h"

#include <cmath>
#include <utility>

#include "engine/core/assert.h"

namespace tessera::physics {
namespace {

struct GridPlace {
  std::size_t index;
  float fraction;
};

/// The square and the place in it, both clamped to the grid. The comparisons also catch NaN.
GridPlace grid_place(float squares, std::uint32_t samples) {
  if (!(squares > 0)) return {0, 0};
  const auto last = static_cast<float>(samples - 2);
  if (squares >= last + 1) return {samples - 2, 1};
  const float whole = std::floor(squares);
  return {static_cast<std::size_t>(whole), squares - whole};
}

}  // namespace

math::Vec3 HeightField::Ground::normal() const {
  const float scale = 1.0f / std::sqrt(1.0f + dot(gradient, gradient));
  return {-gradient.x * scale, scale, -gradient.z * scale};
}

HeightField::HeightField() : HeightField(HeightFieldOptions{}, {0, 0, 0, 0}) {}

HeightField::HeightField(const HeightFieldOptions& options, std::vector<std::uint16_t> samples)
    : options_(options),
      metres_per_step_((options.high_m - options.low_m) / 65535.0f),
      squares_per_metre_(1.0f / options.spacing_m),
      samples_(std::move(samples)) {
  const auto valid = [](std::uint32_t n) {
    return n >= kHeightSamplesMin && n <= kHeightSamplesMax;
  };
  TESSERA_ASSERT(valid(options.columns) && valid(options.rows), "height field: size out of limits");
  TESSERA_ASSERT(options.spacing_m > 0, "height field: spacing must be positive");
  TESSERA_ASSERT(samples_.size() == std::size_t{options.columns} * options.rows,
                 "height field: not as many samples as columns * rows");
}

HeightField::Ground HeightField::ground_at(math::Vec2 place) const {
  const GridPlace x =
      grid_place((place.x - options_.origin.x) * squares_per_metre_, options_.columns);
  const GridPlace z = grid_place((place.z - options_.origin.z) * squares_per_metre_, options_.rows);
  const std::uint16_t* north = samples_.data() + z.index * options_.columns + x.index;
  const std::uint16_t* south = north + options_.columns;
  const float north_west = north[0];
  const float south_east = south[1];
  const bool eastern = x.fraction > z.fraction;  // which of the two triangles
  const float corner = eastern ? north[1] : south[0];
  const float along_x = eastern ? corner - north_west : south_east - corner;
  const float along_z = eastern ? south_east - corner : corner - north_west;
  const float steps = north_west + along_x * x.fraction + along_z * z.fraction;
  const float slope = metres_per_step_ * squares_per_metre_;
  return {options_.low_m + steps * metres_per_step_, {along_x * slope, along_z * slope}};
}

}  // namespace tessera::physics
