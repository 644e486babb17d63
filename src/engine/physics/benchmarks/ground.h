// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For benchmarks: grounds to ask, and seeded places to ask about.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "engine/physics/queries/static_world.h"

namespace tessera::physics::benchmarks {

/// What the world names outlives it.
struct QueryGround {
  std::string name;
  StaticWorld world;
  std::vector<math::Vec3> eyes;  ///< of people who stand about in it; not empty
};

inline math::Vec3 random_eye(const QueryGround& ground, RandomStream& random) {
  return ground.eyes[random.below(static_cast<std::uint32_t>(ground.eyes.size()))];
}

/// Evenly over all directions.
inline math::Vec3 random_direction(RandomStream& random) {
  const math::SinCos turn = math::sin_cos(random.between(-math::kPi, math::kPi));
  const float y = random.between(-1, 1);
  const float level = std::sqrt(1 - y * y);
  return {turn.sin * level, y, turn.cos * level};
}

/// A look to any side, rather down than up, of length 1.
inline math::Vec3 random_look(RandomStream& random) {
  const math::Vec2 ahead = math::direction_of_heading(random.between(-math::kPi, math::kPi));
  const float rise = random.between(-0.6f, 0.3f);
  const float size = std::sqrt(1 + rise * rise);
  return {ahead.x / size, rise / size, ahead.z / size};
}

/// Hills of 512 x 512 squares of 8 m, as high as those of the default world.
inline HeightField rolling_terrain() {
  constexpr std::uint32_t kSamples = 513;
  RandomStream random(7);
  std::vector<std::uint16_t> samples;
  for (std::uint32_t row = 0; row < kSamples; ++row) {
    for (std::uint32_t column = 0; column < kSamples; ++column) {
      const auto x = static_cast<float>(column);
      const auto z = static_cast<float>(row);
      const float hills = math::sin(x * 0.05f) + math::cos(z * 0.06f) +
                          0.3f * math::sin(x * 0.31f + z * 0.23f) + random.between(0, 0.05f);
      samples.push_back(static_cast<std::uint16_t>(30'000 + 9'000 * hills));
    }
  }
  return {{.columns = kSamples, .rows = kSamples, .spacing_m = 8, .low_m = -60, .high_m = 260},
          std::move(samples)};
}

/// Of people who stand on a terrain.
inline std::vector<math::Vec3> eyes_on(const HeightField& terrain, std::size_t count) {
  const HeightFieldOptions& grid = terrain.options();
  RandomStream random(8);
  std::vector<math::Vec3> eyes;
  while (eyes.size() < count) {
    const math::Vec2 place{
        grid.origin.x + random.unit() * static_cast<float>(grid.columns - 1) * grid.spacing_m,
        grid.origin.z + random.unit() * static_cast<float>(grid.rows - 1) * grid.spacing_m};
    eyes.push_back({place.x, terrain.height_at(place) + 1.6f, place.z});
  }
  return eyes;
}

}  // namespace tessera::physics::benchmarks
