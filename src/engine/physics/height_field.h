// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Terrain: a grid of 16-bit heights. Each square of the grid is two triangles, split from its
// north-west to its south-east corner, so that the ground is a continuous surface, exactly the one
// a client draws. Sample (column, row) lies at (origin.x + column * spacing, origin.z + row *
// spacing).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/math/vec.h"

namespace tessera::physics {

/// Fewer make no square; more would not fit the 16-bit column numbers of tools.
inline constexpr std::uint32_t kHeightSamplesMin = 2;
inline constexpr std::uint32_t kHeightSamplesMax = 8193;

struct HeightFieldOptions {
  std::uint32_t columns = 2;
  std::uint32_t rows = 2;
  float spacing_m = 8;
  math::Vec2 origin{};
  float low_m = 0;   ///< height of sample 0
  float high_m = 0;  ///< height of sample 65535
};

class HeightField {
 public:
  /// Height and slope of the ground at a place; `gradient` is the rise per metre along x and z.
  struct Ground {
    float height_m = 0;
    math::Vec2 gradient;
    /// Upwards, of length 1.
    math::Vec3 normal() const;
  };

  /// Flat ground at height 0, everywhere.
  HeightField();
  /// Samples row by row, columns * rows of them, within the limits above; otherwise asserts.
  HeightField(const HeightFieldOptions& options, std::vector<std::uint16_t> samples);

  /// Beyond the edge the nearest edge's square goes on at its border; NaN answers as the origin.
  /// About 5 ns.
  Ground ground_at(math::Vec2 place) const;
  float height_at(math::Vec2 place) const { return ground_at(place).height_m; }

  const HeightFieldOptions& options() const { return options_; }
  std::span<const std::uint16_t> samples() const { return samples_; }

 private:
  HeightFieldOptions options_;
  float metres_per_step_ = 0;
  float squares_per_metre_ = 0;
  std::vector<std::uint16_t> samples_;
};

}  // namespace tessera::physics
