// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Worlds for tests and benchmarks, grown from a seed: hills of terrain, a lake, a town of houses
// with doors inside a wall with four gates. Header only, so that no library holds it.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/core/random.h"
#include "engine/nav/build/tile_build.h"
#include "engine/nav/mesh/navigation_mesh.h"
#include "engine/nav/navigation_source.h"

namespace tessera::nav::testing {

/// Triangles of an upright box, closed, faces outwards; for worlds made by hand.
inline void add_box(std::vector<physics::Triangle>& triangles, math::Vec3 low, math::Vec3 high) {
  const auto quad = [&](math::Vec3 a, math::Vec3 b, math::Vec3 c, math::Vec3 d) {
    triangles.push_back({a, b, c});
    triangles.push_back({a, c, d});
  };
  const auto at = [&](bool x, bool y, bool z) {
    return math::Vec3{x ? high.x : low.x, y ? high.y : low.y, z ? high.z : low.z};
  };
  quad(at(false, true, false), at(false, true, true), at(true, true, true), at(true, true, false));
  quad(at(false, false, false), at(true, false, false), at(true, false, true),
       at(false, false, true));
  quad(at(false, false, false), at(false, true, false), at(true, true, false),
       at(true, false, false));
  quad(at(false, false, true), at(true, false, true), at(true, true, true), at(false, true, true));
  quad(at(false, false, false), at(false, false, true), at(false, true, true),
       at(false, true, false));
  quad(at(true, false, false), at(true, true, false), at(true, true, true), at(true, false, true));
}

struct SampleOptions {
  std::uint64_t seed = 1;
  float size_m = 4096;
  float town_m = 300;  ///< edge of the town in the middle; 0: terrain alone
  float hills_m = 60;
  float water_share = 0.3f;  ///< of the hills' height; above a half the land falls into islands
};

/// Owns what its geometry() points to, so it stays where it is.
class SampleWorld {
 public:
  explicit SampleWorld(const SampleOptions& options) : options_(options), ground_(make_ground()) {
    if (options.town_m > 0) build_town();
  }
  SampleWorld(const SampleWorld&) = delete;
  SampleWorld& operator=(const SampleWorld&) = delete;

  NavigationGeometry geometry() const {
    return {.bounds = {{0, 0}, {options_.size_m, options_.size_m}},
            .ground = &ground_,
            .triangles = triangles_,
            .flags = {},
            .has_water = true,
            .water_level_m = options_.hills_m * options_.water_share};
  }
  const physics::HeightField& ground() const { return ground_; }

 private:
  static constexpr float kSpacing_m = 8;

  /// Smooth noise of 0 to 1, with hills `width` apart.
  float noise(float x, float z, float width, std::uint64_t octave) const {
    const auto lattice = [&](float column, float row) {
      const std::uint64_t key = static_cast<std::uint64_t>(column + 4096) * 65536 +
                                static_cast<std::uint64_t>(row + 4096);
      const std::uint64_t bits = mix64(key ^ mix64(options_.seed ^ octave));
      return static_cast<float>(bits >> 40) * 0x1p-24f;
    };
    const float u = std::floor(x / width);
    const float v = std::floor(z / width);
    const auto smooth = [](float t) { return t * t * (3 - 2 * t); };
    const float s = smooth(x / width - u);
    const float t = smooth(z / width - v);
    const float north = lattice(u, v) * (1 - s) + lattice(u + 1, v) * s;
    const float south = lattice(u, v + 1) * (1 - s) + lattice(u + 1, v + 1) * s;
    return north * (1 - t) + south * t;
  }

  float height(float x, float z) const {
    const float hills =
        0.72f * noise(x, z, 420, 1) + 0.23f * noise(x, z, 110, 2) + 0.05f * noise(x, z, 33, 3);
    const float middle = options_.size_m / 2;
    const float away = std::sqrt((x - middle) * (x - middle) + (z - middle) * (z - middle));
    const float plain = options_.town_m * 0.75f;
    if (options_.town_m <= 0 || away > plain * 2) return hills * options_.hills_m;
    const float wild = away < plain ? 0 : (away - plain) / plain;
    return (0.5f + (hills - 0.5f) * wild) * options_.hills_m;
  }

  physics::HeightField make_ground() const {
    const auto count = static_cast<std::uint32_t>(options_.size_m / kSpacing_m) + 1;
    std::vector<std::uint16_t> samples(std::size_t{count} * count);
    for (std::uint32_t i = 0; i < samples.size(); ++i) {
      const float x = static_cast<float>(i % count) * kSpacing_m;
      const float z = static_cast<float>(i / count) * kSpacing_m;
      samples[i] = static_cast<std::uint16_t>(height(x, z) / options_.hills_m * 65535);
    }
    return {{count, count, kSpacing_m, {0, 0}, 0, options_.hills_m}, std::move(samples)};
  }

  void add_box(math::Vec3 low, math::Vec3 high) { testing::add_box(triangles_, low, high); }
  /// A wall along x or z with a gap in its middle.
  void add_wall(math::Vec2 from, math::Vec2 to, float gap, float height_m, float floor_m) {
    constexpr float kThick_m = 0.15f;
    const math::Vec2 along = to - from;
    const float all = length(along);
    const auto part = [&](float start, float end) {
      const math::Vec2 a = from + along * (start / all);
      const math::Vec2 b = from + along * (end / all);
      add_box({a.x - kThick_m, floor_m - 1, a.z - kThick_m},
              {b.x + kThick_m, floor_m + height_m, b.z + kThick_m});
    };
    if (gap <= 0) return part(0, all);
    part(0, (all - gap) / 2);
    part((all + gap) / 2, all);
  }
  void add_room(math::Vec2 low, math::Vec2 high, float gap, float height_m) {
    const float floor_m = ground_.height_at((low + high) * 0.5f);
    add_wall(low, {high.x, low.z}, gap, height_m, floor_m);
    add_wall({low.x, high.z}, high, 0, height_m, floor_m);
    add_wall(low, {low.x, high.z}, 0, height_m, floor_m);
    add_wall({high.x, low.z}, high, gap, height_m, floor_m);
  }

  void build_town() {
    constexpr float kPlot_m = 24;
    RandomStream random(options_.seed);
    const float middle = options_.size_m / 2;
    const float half = options_.town_m / 2;
    const float floor_m = ground_.height_at({middle, middle});
    const math::Vec2 low{middle - half, middle - half};
    const math::Vec2 high{middle + half, middle + half};
    constexpr float kGate_m = 8;
    constexpr float kWall_m = 8;
    add_wall(low, {high.x, low.z}, kGate_m, kWall_m, floor_m);
    add_wall({low.x, high.z}, high, kGate_m, kWall_m, floor_m);
    add_wall(low, {low.x, high.z}, kGate_m, kWall_m, floor_m);
    add_wall({high.x, low.z}, high, kGate_m, kWall_m, floor_m);
    const auto plots = static_cast<int>((options_.town_m - 16) / kPlot_m);
    for (int i = 0; i < plots * plots; ++i) {
      const math::Vec2 at = low + math::Vec2{10 + static_cast<float>(i % plots) * kPlot_m,
                                             10 + static_cast<float>(i / plots) * kPlot_m};
      if (random.chance(0.15f)) continue;  // a square
      const math::Vec2 size{random.between(8, 16), random.between(8, 16)};
      add_room(at, at + size, 1.6f, 3);
      if (random.chance(0.5f))
        add_box({at.x + 3, floor_m - 1, at.z + 3}, {at.x + 4, floor_m + 1, at.z + 5});
    }
  }

  SampleOptions options_;
  physics::HeightField ground_;
  std::vector<physics::Triangle> triangles_;
};

/// All tiles, one after the other.
inline NavigationMesh build_mesh(const NavigationSource& source, AgentSize agent) {
  NavigationMesh mesh(source.grid(), agent);
  for (std::uint32_t i = 0; i < source.grid().count(); ++i) {
    const TilePlace tile = source.grid().at_index(i);
    const auto bytes = build_tile(source, agent, tile);
    if (bytes) (void)mesh.set_tile(tile, *bytes);
  }
  return mesh;
}

/// A world of 256 x 256 m with a town of 100 m in it, and its mesh for small agents, built once.
struct SampleTown {
  SampleWorld world{{.seed = 7, .size_m = 256, .town_m = 100, .hills_m = 40}};
  NavigationSource source{world.geometry()};
  NavigationMesh mesh = build_mesh(source, AgentSize::Small);

  math::Vec3 on_ground(float x, float z) const { return {x, world.ground().height_at({x, z}), z}; }
  math::Vec3 random_place(RandomStream& random) const {
    const float x = random.between(1, 255);
    return on_ground(x, random.between(1, 255));
  }
};
inline const SampleTown& sample_town() {
  static const SampleTown town;
  return town;
}

}  // namespace tessera::nav::testing
