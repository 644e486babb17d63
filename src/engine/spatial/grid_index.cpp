// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/spatial/grid_index.h"

#include <algorithm>

#include "engine/core/assert.h"

namespace tessera::spatial {
namespace {

/// 4 million cells: 65 km by 65 km. Every rebuild walks over all of them.
constexpr std::uint32_t kCellsPerSideMax = 2048;

}  // namespace

GridIndex::GridIndex(const GridCells& cells) : cells_(cells) {
  TESSERA_ASSERT(cells.columns >= 1 && cells.columns <= kCellsPerSideMax && cells.rows >= 1 &&
                     cells.rows <= kCellsPerSideMax,
                 "grid index: number of cells out of limits");
  TESSERA_ASSERT(cells.cell_m > 0 && cells.margin_m >= 0, "grid index: sizes must be positive");
  starts_.assign(std::size_t{cells.count()} + 1, 0);
}

void GridIndex::begin() {
  ++rebuild_;
  added_.clear();
}

void GridIndex::add(EntityId entity, math::Vec2 place) {
  const std::uint32_t index = entity.index();
  if (index >= members_.size())
    members_.resize(std::max<std::size_t>(index + 1, members_.size() * 2));
  Member& member = members_[index];
  // Only who was there in the previous rebuild has a past; an older one has been forgotten.
  const bool has_past = member.entity == entity && member.rebuild + 1 == rebuild_;
  TESSERA_ASSERT(member.entity != entity || member.rebuild != rebuild_, "grid index: added twice");
  member = {entity, cells_.cell_after(has_past ? member.cell : kNoCell, place), rebuild_};
  added_.push_back({entity, place, member.cell});
}

void GridIndex::finish() {
  std::fill(starts_.begin(), starts_.end(), 0u);
  for (const Added& added : added_) ++starts_[added.cell + 1];
  for (std::size_t cell = 1; cell < starts_.size(); ++cell) starts_[cell] += starts_[cell - 1];
  entities_.resize(added_.size());
  x_.resize(added_.size());
  z_.resize(added_.size());
  // Fill every cell from its start; starts_[cell] ends where the next cell starts, so shift back.
  for (const Added& added : added_) {
    const std::uint32_t place = starts_[added.cell]++;
    entities_[place] = added.entity;
    x_[place] = added.place.x;
    z_[place] = added.place.z;
  }
  std::copy_backward(starts_.begin(), starts_.end() - 1, starts_.end());
  starts_[0] = 0;
}

}  // namespace tessera::spatial
