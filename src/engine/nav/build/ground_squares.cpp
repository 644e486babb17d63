// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/build/ground_squares.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace tessera::nav {
namespace {

constexpr float kSquareMax_m = 32;
constexpr float kSquareMin_m = 8;
/// How far the ground may be from a square's own surface.
constexpr float kFlatness_m = 0.5f;
constexpr float kProbe_m = 4;
/// The area of the border; squares of the tile have 1 to 64.
constexpr std::uint8_t kOutside = 200;

struct Square {
  math::Vec2 low;
  float size;
};

bool is_flat(const physics::HeightField& ground, const Square& square) {
  const auto at = [&](float x, float z) {
    return ground.height_at({square.low.x + x, square.low.z + z});
  };
  const float size = square.size;
  const float nw = at(0, 0);
  const float ne = at(size, 0);
  const float sw = at(0, size);
  const float se = at(size, size);
  for (float z = 0; z <= size; z += kProbe_m) {
    for (float x = 0; x <= size; x += kProbe_m) {
      const float u = x / size;
      const float v = z / size;
      const float north = nw + (ne - nw) * u;
      const float south = sw + (se - sw) * u;
      if (std::fabs(north + (south - north) * v - at(x, z)) > kFlatness_m) return false;
    }
  }
  return true;
}

class Cutter {
 public:
  explicit Cutter(const TileJob& job)
      : job_(job),
        area_(job.source.grid().bounds(job.tile)),
        detailed_(job.source.detailed(job.tile, {})) {}

  void cut(const Square& square) {
    if (square.size <= kSquareMin_m || whole(square)) {
      squares.push_back(square);
      return;
    }
    const float half = square.size / 2;
    for (const math::Vec2 offset : {math::Vec2{0, 0}, {half, 0}, {0, half}, {half, half}}) {
      cut({square.low + offset, half});
    }
  }

  std::vector<Square> squares;

 private:
  /// Whether one of the square's sides is a side of the tile, with such a tile beyond it.
  template <class Which>
  bool touches(const Square& square, Which&& which) const {
    const auto beyond = [&](std::int32_t x, std::int32_t z) {
      const TilePlace other{job_.tile.x + x, job_.tile.z + z};
      return job_.source.grid().holds(other) && which(other);
    };
    return (square.low.x <= area_.low.x && beyond(-1, 0)) ||
           (square.low.z <= area_.low.z && beyond(0, -1)) ||
           (square.low.x + square.size >= area_.high.x && beyond(1, 0)) ||
           (square.low.z + square.size >= area_.high.z && beyond(0, 1));
  }

  bool whole(const Square& square) const {
    const physics::HeightField* ground = job_.source.geometry().ground;
    if (ground == nullptr) return true;
    if (square.size > kSquareMax_m) return false;
    const auto any = [](TilePlace) { return true; };
    if (detailed_) return !touches(square, any) || is_flat(*ground, square);
    const auto detailed = [&](TilePlace other) { return job_.source.detailed(other, {}); };
    return !touches(square, detailed) && is_flat(*ground, square);
  }

  const TileJob& job_;
  Rectangle area_;
  bool detailed_;
};

}  // namespace

void paint_squares(const TileJob& job, rcCompactHeightfield& compact) {
  const auto paint = [&](int x, int z, std::uint8_t number) {
    const rcCompactCell& cell = compact.cells[x + z * compact.width];
    for (unsigned i = cell.index; i < unsigned{cell.index} + cell.count; ++i) {
      if (compact.areas[i] != RC_NULL_AREA) compact.areas[i] = number;
    }
  };
  const int cells = job.cells();
  for (int i = 0; i < cells * cells; ++i) paint(i % cells, i / cells, kOutside);
  Cutter cutter(job);
  cutter.cut({job.source.grid().bounds(job.tile).low, kTileSize_m});
  const auto raster = [&](float metres) {
    return static_cast<int>(std::floor(metres / job.cell_m + 0.5f));
  };
  std::uint8_t number = 0;
  for (const Square& square : cutter.squares) {
    ++number;
    const math::Vec2 from = square.low - flat(job.corner());
    const int x_end = raster(from.x + square.size);
    const int z_end = raster(from.z + square.size);
    for (int z = raster(from.z); z < z_end; ++z) {
      for (int x = raster(from.x); x < x_end; ++x) paint(x, z, number);
    }
  }
}

}  // namespace tessera::nav
