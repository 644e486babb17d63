// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where each entity is: id -> (table, row). One 64-bit record an index: table in the top 16 bits,
// then 24 bits of generation and 24 bits of row, the generation in the same place as in EntityId.
// A dead record holds the generation its next entity gets.
//
// Freed indexes are reused last in, first out; the free list is state: hashed and in checkpoints.
// An index whose generations are used up is retired, so an id names one entity for ever.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/assert.h"
#include "engine/core/ids.h"
#include "engine/ecs/storage/pages.h"

namespace tessera::ecs::storage {

inline constexpr std::uint16_t kNoTable = 0xffff;

class EntityIndex {
 public:
  struct Place {
    std::uint16_t table = kNoTable;
    std::uint32_t row = 0;
    explicit operator bool() const { return table != kNoTable; }
  };

  explicit EntityIndex(std::uint16_t zone) : zone_(zone) {}

  std::uint16_t zone() const { return zone_; }
  std::size_t alive_count() const { return alive_; }

  /// The place of a living entity; no place for any other id.
  Place find(EntityId id) const {
    const std::uint32_t index = id.index();
    if (index >= records_.size()) [[unlikely]]
      return {};
    const std::uint64_t record = records_[index];
    if (((record ^ id.value) & kGenerationMask) != 0 || id.zone() != zone_) [[unlikely]]
      return {};
    return {static_cast<std::uint16_t>(record >> kTableShift),
            static_cast<std::uint32_t>(record) & EntityId::kIndexMax};
  }

  /// A new id; the caller places it at once.
  EntityId create() {
    ++alive_;
    if (!free_.empty()) {
      const std::uint32_t index = free_.back();
      free_.pop_back();
      return id_at(index);
    }
    return create_fresh();
  }
  void place(EntityId id, std::uint16_t table, std::uint32_t row) {
    std::uint64_t& record = records_[id.index()];
    record = (record & kGenerationMask) | std::uint64_t{table} << kTableShift | row;
  }
  /// The id must be alive.
  void destroy(EntityId id);

  /// The id that the k-th create() from now would return (k = 0: the next). Reads only, so systems
  /// running side by side can reserve ids when each uses its own numbers k.
  EntityId peek(std::size_t k) const;
  /// Creates exactly the peeked ids of these numbers (sorted, no duplicates), unplaced.
  /// Skipped ones stay free, in their order.
  void create_peeked(std::span<const std::uint32_t> numbers);

  void reserve(std::size_t count);

  std::uint64_t hash() const;

  /// For checkpoints: the generation of each index, and the free indexes, next one last.
  std::size_t index_count() const { return records_.size(); }
  std::uint32_t generation(std::size_t index) const {
    return static_cast<std::uint32_t>(records_[index] >> EntityId::kIndexBits) &
           EntityId::kGenerationMax;
  }
  std::span<const std::uint32_t> free_list() const { return free_; }
  /// Replaces all; afterwards every index is dead until revive() places its entity.
  /// False, changing nothing, when the free list names an index twice or one that does not exist.
  bool restore(std::span<const std::uint32_t> generations, std::span<const std::uint32_t> free);
  /// Places an entity of a checkpoint. False when the id is foreign, free, or placed already.
  bool revive(EntityId id, std::uint16_t table, std::uint32_t row);
  /// After all revives: every index is alive, free, or retired.
  bool complete() const;

 private:
  static constexpr unsigned kTableShift = EntityId::kIndexBits + EntityId::kGenerationBits;
  static constexpr std::uint64_t kGenerationMask = std::uint64_t{EntityId::kGenerationMax}
                                                   << EntityId::kIndexBits;
  static constexpr std::uint64_t dead(std::uint32_t generation) {
    return std::uint64_t{kNoTable} << kTableShift | std::uint64_t{generation}
                                                        << EntityId::kIndexBits;
  }

  EntityId id_at(std::uint32_t index) const {
    return {std::uint64_t{zone_} << kTableShift | (records_[index] & kGenerationMask) | index};
  }
  EntityId create_fresh();

  std::vector<std::uint64_t, PageAllocator<std::uint64_t>> records_;
  std::vector<std::uint32_t> free_;
  std::size_t alive_ = 0;
  std::uint16_t zone_;
};

}  // namespace tessera::ecs::storage
