// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/doors/door_index.h"

#include <cmath>

namespace tessera::doors {
namespace {

constexpr float kCell_m = 4;
/// 4 km have so many blocks of 64 m; a larger world gets larger cells.
constexpr float kBlocksAlongMax = 64;

physics::Bounds leaf_of(const physics::StaticGeometry& geometry, const physics::Door& door) {
  physics::Bounds leaf;
  for (std::uint32_t i = 0; i < door.triangle_count; ++i) {
    leaf.add(geometry.solids.triangle(door.first_triangle + i));
  }
  return leaf;
}

}  // namespace

DoorIndex::DoorIndex(const physics::StaticGeometry& geometry) {
  for (const physics::Door& door : geometry.doors) leaves_.push_back(leaf_of(geometry, door));
  if (leaves_.empty()) return;
  lay_grid();
  give_pages();
  fill_cells();
}

void DoorIndex::lay_grid() {
  physics::Bounds all;
  for (const physics::Bounds& leaf : leaves_) all.add(leaf);
  all.grow(kHoldReach_m);
  low_ = math::flat(all.low);
  const math::Vec2 size = math::flat(all.high) - low_;
  float cell_m = kCell_m;
  while (std::max(size.x, size.z) > cell_m * kSide * kBlocksAlongMax) cell_m *= 2;
  cells_per_metre_ = 1 / cell_m;
  const auto blocks = [&](float length) {
    return static_cast<std::uint32_t>(length * cells_per_metre_ / kSide) + 1;
  };
  block_columns_ = blocks(size.x);
  columns_ = static_cast<float>(block_columns_ * kSide);
  rows_ = static_cast<float>(blocks(size.z) * kSide);
  pages_.assign(std::size_t{block_columns_} * blocks(size.z), kNoPage);
}

DoorIndex::CellRange DoorIndex::cells_of(std::size_t door) const {
  physics::Bounds reach = leaves_[door];
  reach.grow(kHoldReach_m + 0.01f);  // and what near() may round otherwise
  const auto cell = [&](float from_low, float count) {
    return static_cast<std::uint32_t>(std::clamp(from_low * cells_per_metre_, 0.0f, count - 1));
  };
  return {cell(reach.low.x - low_.x, columns_), cell(reach.high.x - low_.x, columns_),
          cell(reach.low.z - low_.z, rows_), cell(reach.high.z - low_.z, rows_)};
}

void DoorIndex::give_pages() {
  for (std::size_t door = 0; door < leaves_.size(); ++door) {
    const CellRange cells = cells_of(door);
    for (std::uint32_t row = cells.first_row; row <= cells.last_row; ++row) {
      for (std::uint32_t column = cells.first_column; column <= cells.last_column; ++column) {
        std::uint32_t& page = page_of(column, row);
        if (page == kNoPage) page = page_count_++;
      }
    }
  }
}

// Doors are counted into the cells, then put there in the order of their numbers.
void DoorIndex::fill_cells() {
  const auto each_cell = [this](std::size_t door, auto&& visit) {
    const CellRange cells = cells_of(door);
    for (std::uint32_t row = cells.first_row; row <= cells.last_row; ++row) {
      for (std::uint32_t column = cells.first_column; column <= cells.last_column; ++column) {
        visit(page_of(column, row) * kSide * kSide + row % kSide * kSide + column % kSide);
      }
    }
  };
  starts_.assign(std::size_t{page_count_} * kSide * kSide + 1, 0);
  for (std::size_t door = 0; door < leaves_.size(); ++door) {
    each_cell(door, [&](std::uint32_t cell) { ++starts_[cell + 1]; });
  }
  for (std::size_t cell = 1; cell < starts_.size(); ++cell) starts_[cell] += starts_[cell - 1];
  members_.resize(starts_.back());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t door = 0; door < leaves_.size(); ++door) {
    each_cell(door, [&](std::uint32_t cell) {
      members_[next[cell]++] = static_cast<std::uint16_t>(door);
    });
  }
}

}  // namespace tessera::doors
