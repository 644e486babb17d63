// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who is near? The index is rebuilt every tick: entities are added in any fixed order, then sorted
// into cells by counting. So the members of a cell lie side by side, column by column, and so do
// all cells of a row: a question reads a few straight runs of memory. Order of answers: by row,
// then column of cells, then as they were added. With a margin of 0 it depends on nothing but the
// last rebuild, and a restored world answers as the first would; with a margin, cells depend on the
// past, and who wants that must save cell_of(). One thread rebuilds; then any number may ask.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/ids.h"
#include "engine/math/vec.h"
#include "engine/spatial/grid_cells.h"

namespace tessera::spatial {

class GridIndex {
 public:
  explicit GridIndex(const GridCells& cells);

  const GridCells& cells() const { return cells_; }

  /// A rebuild is begin, add for every entity (each once), finish. About 7 ns an entity, and 10 us
  /// for a grid of 128 x 128. Who is not added is forgotten, with its cell.
  void begin();
  void add(EntityId entity, math::Vec2 place);
  void finish();

  std::size_t size() const { return entities_.size(); }
  /// kNoCell for who was not added.
  std::uint32_t cell_of(EntityId entity) const {
    const std::uint32_t index = entity.index();
    return index < members_.size() && members_[index].entity == entity ? members_[index].cell
                                                                       : kNoCell;
  }
  std::span<const EntityId> entities_in(std::uint32_t cell) const {
    return std::span(entities_).subspan(starts_[cell], starts_[cell + 1] - starts_[cell]);
  }

  /// visit(EntityId, Vec2 place, float distance_squared) for all within the radius, its border
  /// included. The radius may be anything; a broken one finds nobody.
  template <class Visit>
  void for_each_within(math::Vec2 centre, float radius, Visit visit) const {
    if (!(radius >= 0) || entities_.empty()) return;
    const float reach = radius + cells_.margin_m;
    const std::uint32_t first_column = cells_.column_of(centre.x - reach);
    const std::uint32_t last_column = cells_.column_of(centre.x + reach);
    const std::uint32_t last_row = cells_.row_of(centre.z + reach);
    for (std::uint32_t row = cells_.row_of(centre.z - reach); row <= last_row; ++row) {
      const std::uint32_t end = starts_[row * cells_.columns + last_column + 1];
      for (std::uint32_t i = starts_[row * cells_.columns + first_column]; i < end; ++i) {
        const math::Vec2 offset{x_[i] - centre.x, z_[i] - centre.z};
        const float distance_squared = dot(offset, offset);
        if (distance_squared <= radius * radius) {
          visit(entities_[i], math::Vec2{x_[i], z_[i]}, distance_squared);
        }
      }
    }
  }

 private:
  struct Member {
    EntityId entity;
    std::uint32_t cell = kNoCell;
    std::uint32_t rebuild = 0;  ///< in which it was added last
  };
  struct Added {
    EntityId entity;
    math::Vec2 place;
    std::uint32_t cell = 0;
  };

  GridCells cells_;
  std::uint32_t rebuild_ = 1;
  std::vector<Member> members_;  ///< by index of the entity's id
  std::vector<Added> added_;
  std::vector<std::uint32_t> starts_;  ///< first place of each cell in the columns, and the end
  std::vector<EntityId> entities_;
  std::vector<float> x_;
  std::vector<float> z_;
};

}  // namespace tessera::spatial
