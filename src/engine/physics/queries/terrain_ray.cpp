// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A ray over the terrain. It is followed in the grid's own measure, squares: from block to block,
// and where the ground is near within a block from square to square. `t` is always a share of the
// ray's direction. Every line of the grid has one t, computed from its number alone, so neighbours
// agree on where the ray changes over and rounding does not add up along the way.
#include <algorithm>
#include <cmath>

#include "engine/physics/queries/height_blocks.h"

namespace tessera::physics {
namespace {

/// A direction's part of 0 is taken for this: its inverse is finite.
constexpr float kStepMin = 1e-30f;
float not_zero(float step) { return std::fabs(step) < kStepMin ? kStepMin : step; }
/// Nearer than this to the lowest or highest sample of squares, they are looked at one by one. More
/// than what rounding makes of heights.
constexpr float kMargin = 0.01f;

/// One direction of the grid.
struct Axis {
  Axis(float origin, float direction, float spacing)
      : start(origin / spacing), step(not_zero(direction / spacing)), inverse(1.0f / step) {}

  float at(float t) const { return start + step * t; }
  float t_of(float line) const { return (line - start) * inverse; }

  float start;
  float step;
  float inverse;
};

/// The cells of `size` squares along the ray, as far as they lie in [low, high].
struct Cell {
  std::int32_t size;
  std::int32_t low;
  std::int32_t high;
  std::int32_t index = 0;

  void enter(const Axis& axis, float t) {
    const float place = std::floor(axis.at(t) / static_cast<float>(size));
    const float within =
        std::min(std::max(place, static_cast<float>(low)), static_cast<float>(high));
    index = static_cast<std::int32_t>(within);
  }
  float leave(const Axis& axis) const {
    const std::int32_t line = axis.step > 0 ? index + 1 : index;
    return axis.t_of(static_cast<float>(line * size));
  }
  /// False: that was the last one.
  bool advance(const Axis& axis) {
    index += axis.step > 0 ? 1 : -1;
    return index >= low && index <= high;
  }
};

class TerrainRay {
 public:
  TerrainRay(const HeightField& field, const HeightBlocks& blocks, const Ray& ray)
      : grid_(field.options()),
        heights_(field),
        blocks_(blocks),
        x_(ray.origin.x - grid_.origin.x, ray.direction.x, grid_.spacing_m),
        z_(ray.origin.z - grid_.origin.z, ray.direction.z, grid_.spacing_m),
        y_(ray.origin.y),
        rise_(ray.direction.y) {
    diagonal_inverse_ = 1.0f / not_zero(x_.step - z_.step);
  }

  std::optional<TerrainHit> cast(float distance_max) {
    float from = 0;
    float to = distance_max;
    const Axis height(y_, rise_, 1);
    const auto [low, high] = std::minmax(grid_.low_m, grid_.high_m);
    clip(height, low - 1, high + 1, from, to);
    clip(x_, 0, static_cast<float>(grid_.columns - 1), from, to);
    clip(z_, 0, static_cast<float>(grid_.rows - 1), from, to);
    if (!(from <= to)) return std::nullopt;
    constexpr auto kSize = static_cast<std::int32_t>(HeightBlocks::kSquares);
    Cell column{kSize, 0, static_cast<std::int32_t>(blocks_.columns()) - 1};
    Cell row{kSize, 0, static_cast<std::int32_t>(blocks_.rows()) - 1};
    column.enter(x_, from);
    row.enter(z_, from);
    walk(column, row, from, to, [&](float enter, float leave) {
      return cross_block(column.index, row.index, enter, leave);
    });
    return hit_;
  }

 private:
  static void clip(const Axis& axis, float low, float high, float& from, float& to) {
    const float a = axis.t_of(low);
    const float b = axis.t_of(high);
    from = std::max(from, std::min(a, b));
    to = std::min(to, std::max(a, b));
  }

  /// Calls cross(enter, leave) for each cell in order until it says true.
  template <class Cross>
  void walk(Cell& column, Cell& row, float t, float to, Cross&& cross) {
    for (;;) {
      const float leave_x = column.leave(x_);
      const float leave_z = row.leave(z_);
      const float leave = std::max(t, std::min({leave_x, leave_z, to}));
      if (cross(t, leave) || leave >= to) return;
      t = leave;
      if (!(leave_x <= leave_z ? column.advance(x_) : row.advance(z_))) return;
    }
  }

  /// 1: all of this part of the ray is above the squares whose samples lie in between; -1: below;
  /// 0: one must look.
  int side_of(float steps_a, float steps_b, float enter, float leave) const {
    const float a = heights_.metres(steps_a);
    const float b = heights_.metres(steps_b);
    const float y0 = y_ + rise_ * enter;
    const float y1 = y_ + rise_ * leave;
    if (std::min(y0, y1) > std::max(a, b) + kMargin) return 1;
    if (std::max(y0, y1) < std::min(a, b) - kMargin) return -1;
    return 0;
  }

  bool cross_block(std::int32_t block_column, std::int32_t block_row, float enter, float leave) {
    const HeightBlocks::Range range = blocks_.range(static_cast<std::uint32_t>(block_column),
                                                    static_cast<std::uint32_t>(block_row));
    const int side = side_of(range.low, range.high, enter, leave);
    if (side != 0 && (side_ == 0 || side == side_)) {
      side_ = side;
      return false;
    }
    constexpr auto kSize = static_cast<std::int32_t>(HeightBlocks::kSquares);
    const auto last = [](std::int32_t block, std::uint32_t samples) {
      return std::min((block + 1) * kSize - 1, static_cast<std::int32_t>(samples) - 2);
    };
    Cell column{1, block_column * kSize, last(block_column, grid_.columns)};
    Cell row{1, block_row * kSize, last(block_row, grid_.rows)};
    column.enter(x_, enter);
    row.enter(z_, enter);
    walk(column, row, enter, leave,
         [&](float t0, float t1) { return cross_square(column.index, row.index, t0, t1); });
    return hit_.has_value();
  }

  bool cross_square(std::int32_t column, std::int32_t row, float enter, float leave) {
    const std::uint16_t* const north = heights_.square(column, row);
    const std::uint16_t* const south = north + heights_.columns;
    const auto [low, high] = std::minmax({north[0], north[1], south[0], south[1]});
    const int side = side_of(low, high, enter, leave);
    if (side != 0 && (side_ == 0 || side == side_)) {
      side_ = side;
      return false;
    }
    const Place place{column, row, enter, height_above(column, row, enter)};
    if (side_ == 0) side_ = place.above > 0 ? 1 : -1;
    if (place.above * static_cast<float>(side_) <= 0) return take_hit(place, enter, enter);
    // x - z is the same all along a square's diagonal.
    const auto difference = static_cast<float>(column - row);
    const float turn = (difference - (x_.start - z_.start)) * diagonal_inverse_;
    if (turn > enter && turn < leave) {
      const float above = height_above(column, row, turn);
      if (above * static_cast<float>(side_) <= 0) return cross_between(place, turn, above);
      return cross_if_leaving({column, row, turn, above}, leave);
    }
    return cross_if_leaving(place, leave);
  }

  struct Place {
    std::int32_t column;
    std::int32_t row;
    float t;
    float above;  ///< the ground, in metres
  };

  bool cross_if_leaving(const Place& from, float leave) {
    const float above = height_above(from.column, from.row, leave);
    if (above * static_cast<float>(side_) > 0) return false;
    return cross_between(from, leave, above);
  }

  bool cross_between(const Place& from, float to, float above) {
    const float share = from.above / (from.above - above);
    return take_hit(from, from.t + (to - from.t) * share, to);
  }

  bool take_hit(const Place& place, float t, float to) {
    const float middle = (place.t + to) * 0.5f;
    const float x = x_.at(middle) - static_cast<float>(place.column);
    const float z = z_.at(middle) - static_cast<float>(place.row);
    const auto square = static_cast<std::uint32_t>(place.row) * (grid_.columns - 1) +
                        static_cast<std::uint32_t>(place.column);
    hit_ = TerrainHit{t, square * 2 + (x > z ? 1u : 0u), side_ < 0};
    return true;
  }

  /// As HeightField::ground_at, within this square.
  float height_above(std::int32_t column, std::int32_t row, float t) const {
    const std::uint16_t* const north = heights_.square(column, row);
    const std::uint16_t* const south = north + heights_.columns;
    const float x = std::clamp(x_.at(t) - static_cast<float>(column), 0.0f, 1.0f);
    const float z = std::clamp(z_.at(t) - static_cast<float>(row), 0.0f, 1.0f);
    const float north_west = north[0];
    const float south_east = south[1];
    const float corner = x > z ? north[1] : south[0];
    const float along_x = x > z ? corner - north_west : south_east - corner;
    const float along_z = x > z ? south_east - corner : corner - north_west;
    return y_ + rise_ * t - heights_.metres(north_west + along_x * x + along_z * z);
  }

  const HeightFieldOptions& grid_;
  detail::Heights heights_;
  const HeightBlocks& blocks_;
  Axis x_;
  Axis z_;
  float y_;
  float rise_;
  float diagonal_inverse_;
  int side_ = 0;  ///< of the ground, on which the ray has been so far: 1 above, -1 below, 0 unknown
  std::optional<TerrainHit> hit_;
};

bool is_finite(math::Vec3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

}  // namespace

std::optional<TerrainHit> cast_ray(const HeightField& field, const HeightBlocks& blocks,
                                   const Ray& ray, float distance_max) {
  if (!is_finite(ray.origin) || !is_finite(ray.direction)) return std::nullopt;
  return TerrainRay(field, blocks, ray).cast(distance_max);
}

}  // namespace tessera::physics
