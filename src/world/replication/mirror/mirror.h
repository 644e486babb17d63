// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The world as clients may see it: a row per entity, and pages of 32 slots per cell in which
// entities stand. Everything is stamped with the tick of its last change, so "what is new since" is
// a comparison.
//
//   cell -> page 0 -> page 1 ...     slot: state, state tick | entity's row, roster tick |
//   component ticks
//
// Invariants: an entity has one slot, in the cell that holds it (protocol/cells.h); it keeps both
// until it leaves the cell's square of 64 m. The lowest free slot is taken, so bitmaps stay short.
// A slot that was freed stays empty for kSlotRestTicks, a row that was freed for kRowRestTicks.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <tuple>
#include <vector>

#include "engine/core/ids.h"
#include "protocol/cells.h"
#include "protocol/components/component_codec.h"
#include "protocol/components/replicated_components.h"
#include "protocol/limits.h"
#include "world/replication/mirror/held_value.h"

namespace tessera::replication {

using RowIndex = std::uint32_t;
using PageIndex = std::uint16_t;
inline constexpr RowIndex kNoRow = ~RowIndex{0};
inline constexpr PageIndex kNoPage = 0xffff;

/// Longer than a viewer takes to notice that it no longer sees an entity (kKnownSweepTicks).
inline constexpr std::uint32_t kRowRestTicks = 240;

/// What every viewer looks at for every page: kept small and together.
struct PageHead {
  std::uint32_t changed = 0;         ///< tick of the newest state or component
  std::uint32_t roster_changed = 0;  ///< tick in which a slot got or lost its entity
  std::uint32_t occupied = 0;        ///< slots
  std::uint32_t components_changed = 0;
  protocol::Cell cell;
  PageIndex next = kNoPage;  ///< of the same cell
  std::uint8_t number = 0;   ///< within the cell
};

/// Is a component of this kind told only when it is durable?
template <class C>
inline constexpr bool kIsHeld = ecs::kDescription<C>.options.told == ecs::Told::WhenDurable;

struct PageSlots {
  std::array<protocol::EntityState, protocol::kPageSlots> states{};
  std::array<std::uint32_t, protocol::kPageSlots> state_ticks{};
  std::array<std::uint32_t, protocol::kPageSlots> roster_ticks{};
  std::array<RowIndex, protocol::kPageSlots> rows{};  ///< kNoRow: empty
  std::array<std::array<std::uint32_t, protocol::kPageSlots>, protocol::kReplicatedComponents>
      component_ticks{};
};

class Mirror {
 public:
  explicit Mirror(std::size_t entities_expected);

  // ---- filling, once a tick

  void begin(std::uint32_t tick) { tick_ = tick; }
  /// The row of an entity, made if there is none; it stays alive until a tick goes without this
  /// call.
  RowIndex touch(EntityId entity);
  /// True when place() was called with the same values before: nothing is to be done.
  bool stands_still(RowIndex row, protocol::GroundSteps at, float heading, float height) const {
    const Row& r = rows_[row];
    return r.page != kNoPage && r.at == at && r.heading == heading && r.height == height;
  }
  /// Places an entity. `height` is told when `off_ground`.
  void place(RowIndex row, protocol::GroundSteps at, float heading, bool off_ground, float height);
  /// Takes over a component's value. `durable`: the tick up to which the log is on disk; a
  /// component that is told WhenDurable must be passed in every tick. Call it for a new row before
  /// place().
  template <class C>
  void tell(RowIndex row, const C& value, std::uint32_t durable);
  /// Removes the rows that were not touched. Ends the tick.
  void end();

  // ---- asking

  std::uint32_t tick() const { return tick_; }
  RowIndex find(EntityId entity) const;
  /// Between ticks a row that is alive has a page.
  bool alive(RowIndex row) const { return rows_[row].entity.value != 0; }
  EntityId entity(RowIndex row) const { return rows_[row].entity; }
  PageIndex page_of(RowIndex row) const { return rows_[row].page; }
  std::uint8_t slot_of(RowIndex row) const { return rows_[row].slot; }
  protocol::GroundSteps ground_of(RowIndex row) const { return rows_[row].at; }
  /// Rows are below this number.
  std::size_t row_limit() const { return rows_.size(); }
  std::size_t alive_count() const { return alive_; }

  const PageHead& head(PageIndex page) const { return heads_[page]; }
  const PageSlots& slots(PageIndex page) const { return slots_[page]; }
  std::size_t page_count() const { return heads_.size(); }
  PageIndex first_page(protocol::Cell cell) const { return first_pages_[cell.index()]; }

  /// Writes the components of an entity as an introduction has them.
  void write_introduction(RowIndex row, ByteWriter& out) const;
  /// Writes the fields of one component; the row must have it.
  void write_component(RowIndex row, std::size_t component, ByteWriter& out) const;

 private:
  template <class T>
  struct Values;
  template <class... C>
  struct Values<std::tuple<C...>> {
    std::tuple<C...> told{};
    std::tuple<std::conditional_t<kIsHeld<C>, HeldValue<C>, NotHeld>...> held{};
  };

  struct Row {
    EntityId entity;
    protocol::GroundSteps at;
    float heading = 0;
    float height = 0;
    std::uint32_t touched = 0;
    PageIndex page = kNoPage;
    std::uint8_t slot = 0;
    std::uint32_t told = 0;  ///< components that clients may see
    std::array<std::uint32_t, protocol::kReplicatedComponents>
        changed{};  ///< tick in which it was told
  };

  RowIndex add_row(EntityId entity);
  void remove_row(RowIndex row);
  void take_slot(RowIndex row, protocol::Cell cell);
  void free_slot(RowIndex row);
  PageIndex add_page(protocol::Cell cell, PageIndex last);
  void stamp_component(RowIndex row, std::size_t component);

  std::uint32_t tick_ = 0;
  std::size_t alive_ = 0;
  std::size_t touched_ = 0;
  std::vector<Row> rows_;
  std::vector<Values<protocol::ReplicatedComponents>> values_;  ///< by row
  std::vector<RowIndex> row_of_index_;                          ///< by EntityId::index()
  struct FreeRow {
    RowIndex row;
    std::uint32_t since;
  };
  std::deque<FreeRow> free_rows_;  ///< oldest first
  std::vector<PageHead> heads_;
  std::vector<PageSlots> slots_;
  std::vector<PageIndex> first_pages_;  ///< by Cell::index()
};

/// Described components have no padding, so those that cannot be compared are compared as bytes.
template <class C>
bool is_same(const C& one, const C& other) {
  if constexpr (std::equality_comparable<C>) {
    return one == other;
  } else {
    return std::memcmp(&one, &other, sizeof(C)) == 0;
  }
}

template <class C>
void Mirror::tell(RowIndex row, const C& value, std::uint32_t durable) {
  constexpr std::size_t kIndex = protocol::kComponentIndex<C>;
  static_assert(kIndex < protocol::kReplicatedComponents);
  const bool has_told = (rows_[row].told >> kIndex & 1) != 0;
  C& told = std::get<kIndex>(values_[row].told);
  if constexpr (kIsHeld<C>) {
    auto& held = std::get<kIndex>(values_[row].held);
    if (!held.update(value, tick_, durable, has_told, told)) return;
  } else {
    if (has_told && is_same(told, value)) return;
    told = value;
  }
  stamp_component(row, kIndex);
}

}  // namespace tessera::replication
