// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which doors are near a place? Doors stand close together in towns and nowhere else, so the grid
// has two levels: blocks of 16 x 16 cells, most of them without a door, and cells of 4 m in the
// others. All of a town's lie in the first-level cache. Never changed while the zone runs.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/physics/static_geometry.h"

namespace tessera::doors {

/// Of a foot from a door's leaf, over the map. A door must be open before somebody who runs at
/// 5.5 m/s is there and the news of it has reached his client: a round trip of 150 ms, a pass and a
/// packet each way are 1.6 m, his body's radius is 0.4 m.
inline constexpr float kOpenReach_m = 2.5f;
/// The metre between is more than anybody walks from pass to pass: nobody is shut in a door, and
/// none flaps beside somebody who strolls along.
inline constexpr float kHoldReach_m = 3.5f;
/// Who is above or below a door's leaf with his whole body is not at it.
inline constexpr float kBodyHeight_m = 1.8f;

class DoorIndex {
 public:
  DoorIndex() = default;
  explicit DoorIndex(const physics::StaticGeometry& geometry);

  std::size_t size() const { return leaves_.size(); }
  /// Round the closed door's triangles.
  const physics::Bounds& leaf(std::size_t door) const { return leaves_[door]; }

  /// The doors within kHoldReach_m of a place, and some a little farther away, by growing number.
  /// Any place may be asked; NaN is near none.
  std::span<const std::uint16_t> near(math::Vec2 place) const {
    const float x = (place.x - low_.x) * cells_per_metre_;
    const float z = (place.z - low_.z) * cells_per_metre_;
    if (!(x >= 0 && x < columns_ && z >= 0 && z < rows_)) return {};
    const auto column = static_cast<std::uint32_t>(x);
    const auto row = static_cast<std::uint32_t>(z);
    const std::uint32_t page = pages_[row / kSide * block_columns_ + column / kSide];
    if (page == kNoPage) return {};
    const std::uint32_t cell = page * kSide * kSide + row % kSide * kSide + column % kSide;
    return std::span(members_).subspan(starts_[cell], starts_[cell + 1] - starts_[cell]);
  }

  /// Is somebody whose foot is here at the door, with that reach?
  bool is_at(std::size_t door, math::Vec3 foot, float reach) const {
    const physics::Bounds& leaf = leaves_[door];
    const float x = std::max({leaf.low.x - foot.x, foot.x - leaf.high.x, 0.0f});
    const float z = std::max({leaf.low.z - foot.z, foot.z - leaf.high.z, 0.0f});
    return x * x + z * z <= reach * reach && foot.y <= leaf.high.y &&
           foot.y + kBodyHeight_m >= leaf.low.y;
  }

 private:
  /// Cells along the side of a block.
  static constexpr std::uint32_t kSide = 16;
  static constexpr std::uint32_t kNoPage = 0xffffffff;

  struct CellRange {
    std::uint32_t first_column = 0;
    std::uint32_t last_column = 0;
    std::uint32_t first_row = 0;
    std::uint32_t last_row = 0;
  };
  void lay_grid();
  void give_pages();
  void fill_cells();
  CellRange cells_of(std::size_t door) const;
  std::uint32_t& page_of(std::uint32_t column, std::uint32_t row) {
    return pages_[row / kSide * block_columns_ + column / kSide];
  }

  std::vector<physics::Bounds> leaves_;
  math::Vec2 low_{};
  float cells_per_metre_ = 0;
  float columns_ = 0;  ///< of cells, whole
  float rows_ = 0;
  std::uint32_t block_columns_ = 0;
  std::uint32_t page_count_ = 0;
  std::vector<std::uint32_t> pages_;   ///< of each block: the number of its cells' page
  std::vector<std::uint32_t> starts_;  ///< first place in members_ of each cell, and the end
  std::vector<std::uint16_t> members_;
};

}  // namespace tessera::doors
