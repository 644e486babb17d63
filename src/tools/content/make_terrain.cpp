// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/content/make_terrain.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/math/vec.h"

namespace tessera::tools {
namespace {

/// Hills of four sizes. The long ones are high, the short ones low, so that no slope is steep.
struct Octave {
  float wavelength_m;
  float height_m;
};
constexpr Octave kOctaves[] = {{1100, 70}, {480, 26}, {210, 9}, {80, 2.5f}};

/// Samples are rounded to so many steps, 4 cm, so that the image compresses well.
constexpr float kRounding = 8;

float smooth(float t) {
  const float u = std::clamp(t, 0.0f, 1.0f);
  return u * u * (3 - 2 * u);
}

/// Chance at a corner of the lattice, in [-1, 1).
float corner(std::uint64_t seed, float x, float z) {
  const auto ix = static_cast<std::uint64_t>(static_cast<std::int64_t>(x));
  const auto iz = static_cast<std::uint64_t>(static_cast<std::int64_t>(z));
  const std::uint64_t bits = mix64(mix64(seed ^ ix) ^ (iz << 32));
  return static_cast<float>(bits >> 40) * 0x1p-23f - 1;
}

/// Value noise: the corners' chances, smoothly blended.
float noise(std::uint64_t seed, float x, float z) {
  const float x0 = std::floor(x);
  const float z0 = std::floor(z);
  const float u = smooth(x - x0);
  const float v = smooth(z - z0);
  const float north = corner(seed, x0, z0) * (1 - u) + corner(seed, x0 + 1, z0) * u;
  const float south = corner(seed, x0, z0 + 1) * (1 - u) + corner(seed, x0 + 1, z0 + 1) * u;
  return north * (1 - v) + south * v;
}

float hills(std::uint64_t seed, math::Vec2 place) {
  float height = 0;
  for (const Octave& octave : kOctaves) {
    seed = mix64(seed);
    height +=
        octave.height_m * noise(seed, place.x / octave.wavelength_m, place.z / octave.wavelength_m);
  }
  return height;
}

float height_at(const TerrainOptions& options, math::Vec2 place) {
  const float side = static_cast<float>(options.samples - 1) * options.spacing_m;
  const math::Vec2 from_centre = place - math::Vec2{side, side} * 0.5f;
  const float wild = smooth((length(from_centre) - options.town_radius_m) / options.blend_m);
  const float to_edge = std::min({place.x, place.z, side - place.x, side - place.z});
  const float edge = smooth(1 - to_edge / options.edge_m);
  return options.town_height_m + hills(options.seed, place) * wild + options.edge_height_m * edge;
}

}  // namespace

content::HeightMap make_terrain(const TerrainOptions& options) {
  content::HeightMap map{options.samples, options.samples, {}};
  map.samples.reserve(std::size_t{options.samples} * options.samples);
  const float steps_per_metre = 65535.0f / (options.high_m - options.low_m);
  for (std::uint32_t row = 0; row < options.samples; ++row) {
    for (std::uint32_t column = 0; column < options.samples; ++column) {
      const math::Vec2 place{static_cast<float>(column) * options.spacing_m,
                             static_cast<float>(row) * options.spacing_m};
      const float steps = (height_at(options, place) - options.low_m) * steps_per_metre;
      const float rounded = std::floor(steps / kRounding + 0.5f) * kRounding;
      map.samples.push_back(static_cast<std::uint16_t>(std::clamp(rounded, 0.0f, 65528.0f)));
    }
  }
  return map;
}

}  // namespace tessera::tools
