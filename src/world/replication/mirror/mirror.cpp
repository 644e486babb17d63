// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/mirror/mirror.h"

#include <algorithm>
#include <bit>

namespace tessera::replication {

using protocol::EntityState;
using protocol::kPageSlots;
using protocol::kReplicatedComponents;

Mirror::Mirror(std::size_t entities_expected)
    : first_pages_(protocol::kCellsPerSide * protocol::kCellsPerSide, kNoPage) {
  rows_.reserve(entities_expected);
  values_.reserve(entities_expected);
  row_of_index_.reserve(entities_expected);
  heads_.reserve(entities_expected / 4);
  slots_.reserve(entities_expected / 4);
}

RowIndex Mirror::find(EntityId entity) const {
  const std::uint32_t index = entity.index();
  if (index >= row_of_index_.size()) return kNoRow;
  const RowIndex row = row_of_index_[index];
  return row != kNoRow && rows_[row].entity == entity ? row : kNoRow;
}

RowIndex Mirror::touch(EntityId entity) {
  RowIndex row = find(entity);
  if (row == kNoRow) row = add_row(entity);
  touched_ += rows_[row].touched != tick_ ? 1 : 0;
  rows_[row].touched = tick_;
  return row;
}

RowIndex Mirror::add_row(EntityId entity) {
  RowIndex row = 0;
  if (!free_rows_.empty() && tick_ - free_rows_.front().since >= kRowRestTicks) {
    row = free_rows_.front().row;
    free_rows_.pop_front();
  } else {
    row = static_cast<RowIndex>(rows_.size());
    rows_.emplace_back();
    values_.emplace_back();
  }
  rows_[row] = Row{};
  rows_[row].entity = entity;
  rows_[row].touched = tick_ - 1;
  const std::uint32_t index = entity.index();
  if (index >= row_of_index_.size()) row_of_index_.resize(index + 1, kNoRow);
  // An id with the same index but an older generation is dead: end() will take its row away.
  row_of_index_[index] = row;
  ++alive_;
  return row;
}

void Mirror::remove_row(RowIndex row) {
  Row& r = rows_[row];
  free_slot(row);
  RowIndex& known = row_of_index_[r.entity.index()];
  if (known == row) known = kNoRow;
  r.entity = {};
  free_rows_.push_back({row, tick_});
  --alive_;
}

void Mirror::place(RowIndex row, protocol::GroundSteps at, float heading, bool off_ground,
                   float height) {
  Row& r = rows_[row];
  r.at = at;
  r.heading = heading;
  r.height = height;
  if (r.page == kNoPage || !protocol::cell_holds(heads_[r.page].cell, at)) {
    free_slot(row);
    take_slot(row, protocol::cell_of(at));
  }
  PageHead& head = heads_[r.page];
  EntityState state = protocol::entity_state(head.cell, at, heading);
  if (off_ground) state = state.with_height(protocol::height_steps(height));
  PageSlots& slots = slots_[r.page];
  if (slots.states[r.slot] == state) return;
  slots.states[r.slot] = state;
  slots.state_ticks[r.slot] = tick_;
  head.changed = tick_;
}

void Mirror::end() {
  if (touched_ != alive_) {
    for (RowIndex row = 0; row < rows_.size(); ++row) {
      if (alive(row) && rows_[row].touched != tick_) remove_row(row);
    }
  }
  touched_ = 0;
}

void Mirror::free_slot(RowIndex row) {
  Row& r = rows_[row];
  if (r.page == kNoPage) return;
  PageHead& head = heads_[r.page];
  PageSlots& slots = slots_[r.page];
  head.occupied &= ~(1u << r.slot);
  head.roster_changed = tick_;
  slots.rows[r.slot] = kNoRow;
  slots.roster_ticks[r.slot] = tick_;
  r.page = kNoPage;
}

void Mirror::take_slot(RowIndex row, protocol::Cell cell) {
  PageIndex page = first_pages_[cell.index()];
  PageIndex last = kNoPage;
  unsigned slot = kPageSlots;
  for (; page != kNoPage; last = page, page = heads_[page].next) {
    for (std::uint32_t open = ~heads_[page].occupied; open != 0; open &= open - 1) {
      const auto candidate = static_cast<unsigned>(std::countr_zero(open));
      const std::uint32_t freed = slots_[page].roster_ticks[candidate];
      if (freed != 0 && tick_ - freed < protocol::kSlotRestTicks) continue;
      slot = candidate;
      break;
    }
    if (slot != kPageSlots) break;
  }
  if (page == kNoPage) {
    page = add_page(cell, last);
    slot = 0;
  }
  PageHead& head = heads_[page];
  PageSlots& slots = slots_[page];
  head.occupied |= 1u << slot;
  head.roster_changed = head.changed = tick_;
  slots.rows[slot] = row;
  slots.roster_ticks[slot] = slots.state_ticks[slot] = tick_;
  slots.states[slot] = {};
  Row& r = rows_[row];
  r.page = page;
  r.slot = static_cast<std::uint8_t>(slot);
  // A change that viewers may not have confirmed in the former slot is told again in this one.
  for (std::size_t i = 0; i < kReplicatedComponents; ++i) {
    const bool recent = r.changed[i] != 0 && tick_ - r.changed[i] < protocol::kSlotRestTicks;
    slots.component_ticks[i][slot] = 0;
    if (recent && (r.told >> i & 1) != 0 && r.changed[i] != tick_) stamp_component(row, i);
  }
}

PageIndex Mirror::add_page(protocol::Cell cell, PageIndex last) {
  const auto page = static_cast<PageIndex>(heads_.size());
  TESSERA_ASSERT(page != kNoPage, "replication: more than 65,534 pages");
  PageHead head;
  head.cell = cell;
  if (last == kNoPage) {
    first_pages_[cell.index()] = page;
  } else {
    TESSERA_ASSERT(heads_[last].number + 1u < protocol::kPagesPerCellMax,
                   "replication: more than 8,192 entities in one cell");
    head.number = static_cast<std::uint8_t>(heads_[last].number + 1);
    heads_[last].next = page;
  }
  heads_.push_back(head);
  slots_.emplace_back().rows.fill(kNoRow);
  return page;
}

void Mirror::stamp_component(RowIndex row, std::size_t component) {
  Row& r = rows_[row];
  r.changed[component] = tick_;
  r.told |= 1u << component;
  if (r.page == kNoPage) return;
  slots_[r.page].component_ticks[component][r.slot] = tick_;
  heads_[r.page].components_changed = heads_[r.page].changed = tick_;
}

void Mirror::write_component(RowIndex row, std::size_t component, ByteWriter& out) const {
  const auto write_one = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    if (component == I) protocol::write_component(out, std::get<I>(values_[row].told));
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (write_one(std::integral_constant<std::size_t, I>{}), ...);
  }(std::make_index_sequence<kReplicatedComponents>{});
}

void Mirror::write_introduction(RowIndex row, ByteWriter& out) const {
  for (std::uint32_t told = rows_[row].told; told != 0; told &= told - 1) {
    const auto component = static_cast<std::uint8_t>(std::countr_zero(told));
    out.number(component);
    const std::size_t length_at = out.size();
    out.number(std::uint8_t{0});
    write_component(row, component, out);
    const std::size_t size = out.size() - length_at - 1;
    TESSERA_ASSERT(size <= protocol::kComponentBytesMax, "replication: component too large");
    out.patch(length_at, static_cast<std::uint8_t>(size));
  }
}

}  // namespace tessera::replication
