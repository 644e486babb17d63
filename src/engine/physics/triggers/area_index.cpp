// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/triggers/area_index.h"

#include <algorithm>
#include <cmath>

#include "engine/core/assert.h"
#include "engine/math/angles.h"

namespace tessera::physics {
namespace {

using math::Vec2;

/// Small against a town, large against a door: few cells, and few areas in each.
constexpr float kCell_m = 16;
/// In one direction.
constexpr float kCellsMax = 256;

struct FlatBounds {
  Vec2 low;
  Vec2 high;
};

FlatBounds bounds_of(const Area& area, Vec2 ahead) {
  const Vec2 reach{std::fabs(ahead.z) * area.half.x + std::fabs(ahead.x) * area.half.z,
                   std::fabs(ahead.x) * area.half.x + std::fabs(ahead.z) * area.half.z};
  // A little more, for rounding: holds() decides.
  const Vec2 more{reach.x * 1e-5f + 1e-3f, reach.z * 1e-5f + 1e-3f};
  return {area.centre - reach - more, area.centre + reach + more};
}

}  // namespace

AreaIndex::AreaIndex(std::vector<Area> areas) : areas_(std::move(areas)) {
  TESSERA_ASSERT(areas_.size() <= kAreasMax, "area index: more areas than kAreasMax");
  if (areas_.empty()) return;
  std::vector<FlatBounds> bounds;
  for (const Area& area : areas_) {
    ahead_.push_back(math::direction_of_heading(area.heading_rad));
    bounds.push_back(bounds_of(area, ahead_.back()));
  }
  Vec2 high = bounds[0].high;
  low_ = bounds[0].low;
  for (const FlatBounds& b : bounds) {
    low_ = {std::min(low_.x, b.low.x), std::min(low_.z, b.low.z)};
    high = {std::max(high.x, b.high.x), std::max(high.z, b.high.z)};
  }
  const Vec2 size = high - low_;
  const float cell_m = std::max(kCell_m, std::max(size.x, size.z) / kCellsMax);
  cells_per_metre_ = 1.0f / cell_m;
  columns_ = static_cast<std::uint32_t>(size.x * cells_per_metre_) + 1;
  rows_ = static_cast<std::uint32_t>(size.z * cells_per_metre_) + 1;

  const auto each_cell = [&](const FlatBounds& b, auto&& visit) {
    const auto cell = [&](float metres) {
      return static_cast<std::uint32_t>(metres * cells_per_metre_);
    };
    for (std::uint32_t row = cell(b.low.z - low_.z); row <= cell(b.high.z - low_.z); ++row) {
      for (std::uint32_t column = cell(b.low.x - low_.x); column <= cell(b.high.x - low_.x);
           ++column) {
        visit(std::min(row, rows_ - 1) * columns_ + std::min(column, columns_ - 1));
      }
    }
  };
  starts_.assign(std::size_t{columns_} * rows_ + 1, 0);
  for (const FlatBounds& b : bounds) each_cell(b, [&](std::uint32_t cell) { ++starts_[cell + 1]; });
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  members_.resize(starts_.back());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    each_cell(bounds[i],
              [&](std::uint32_t cell) { members_[next[cell]++] = static_cast<std::uint16_t>(i); });
  }
}

bool AreaIndex::holds(std::uint32_t area, math::Vec3 place) const {
  const Area& a = areas_[area];
  const Vec2 ahead = ahead_[area];
  const Vec2 offset = flat(place) - a.centre;
  const float along = dot(offset, ahead);
  const float across = offset.z * ahead.x - offset.x * ahead.z;
  return std::fabs(along) <= a.half.z && std::fabs(across) <= a.half.x && place.y >= a.low_m &&
         place.y <= a.high_m;
}

AreaSet AreaIndex::areas_at(math::Vec3 place) const {
  AreaSet set;
  const float column = (place.x - low_.x) * cells_per_metre_;
  const float row = (place.z - low_.z) * cells_per_metre_;
  const bool within = column >= 0 && row >= 0 && column < static_cast<float>(columns_) &&
                      row < static_cast<float>(rows_);
  if (!within) return set;  // NaN as well
  const std::uint32_t cell =
      static_cast<std::uint32_t>(row) * columns_ + static_cast<std::uint32_t>(column);
  for (std::uint32_t i = starts_[cell]; i < starts_[cell + 1]; ++i) {
    if (!holds(members_[i], place)) continue;
    set.areas[set.count++] = members_[i];
    if (set.count == kAreasAtOnceMax) break;
  }
  return set;
}

}  // namespace tessera::physics
