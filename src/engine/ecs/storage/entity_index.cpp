// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/storage/entity_index.h"

#include <algorithm>

#include "engine/core/hash.h"

namespace tessera::ecs::storage {

EntityId EntityIndex::create_fresh() {
  TESSERA_ASSERT(records_.size() <= EntityId::kIndexMax, "a zone has at most 2^24 entities");
  records_.push_back(dead(1));
  return id_at(static_cast<std::uint32_t>(records_.size() - 1));
}

void EntityIndex::destroy(EntityId id) {
  const std::uint32_t index = id.index();
  const std::uint32_t next_generation = id.generation() + 1;
  --alive_;
  if (next_generation > EntityId::kGenerationMax) {
    records_[index] = dead(0);  // retired: no id has generation 0
    return;
  }
  records_[index] = dead(next_generation);
  free_.push_back(index);
}

EntityId EntityIndex::peek(std::size_t k) const {
  if (k < free_.size()) return id_at(free_[free_.size() - 1 - k]);
  const std::size_t index = records_.size() + (k - free_.size());
  TESSERA_ASSERT(index <= EntityId::kIndexMax, "a zone has at most 2^24 entities");
  return EntityId::make(zone_, 1, static_cast<std::uint32_t>(index));
}

void EntityIndex::create_peeked(std::span<const std::uint32_t> numbers) {
  if (numbers.empty()) return;
  alive_ += numbers.size();
  const std::size_t free_before = free_.size();
  // Numbers below free_before are free indexes, counted from the back; close the gaps they leave.
  const auto from_free =
      static_cast<std::size_t>(std::ranges::lower_bound(numbers, free_before) - numbers.begin());
  if (from_free > 0) {
    const std::size_t lowest = free_before - 1 - numbers[from_free - 1];
    std::size_t kept = lowest;
    std::size_t used = from_free;  // numbers ascend, positions descend
    for (std::size_t position = lowest; position < free_before; ++position) {
      if (used > 0 && position == free_before - 1 - numbers[used - 1]) {
        --used;
      } else {
        free_[kept++] = free_[position];
      }
    }
    free_.resize(kept);
  }
  // The rest are fresh indexes; those jumped over become free, the lowest next.
  const std::size_t first_fresh = records_.size();
  if (from_free == numbers.size()) return;
  const std::size_t fresh_count = numbers.back() - free_before + 1;
  records_.resize(first_fresh + fresh_count, dead(1));
  std::size_t used = numbers.size();
  for (std::size_t i = fresh_count; i-- > 0;) {
    if (used > from_free && numbers[used - 1] - free_before == i) {
      --used;
    } else {
      free_.push_back(static_cast<std::uint32_t>(first_fresh + i));
    }
  }
}

void EntityIndex::reserve(std::size_t count) {
  records_.reserve(count);
  free_.reserve(count);
}

std::uint64_t EntityIndex::hash() const {
  StateHash hash;
  hash.add(zone_);
  hash.add(std::as_bytes(std::span(records_)));
  hash.add(std::as_bytes(std::span(free_)));
  return hash.value();
}

bool EntityIndex::restore(std::span<const std::uint32_t> generations,
                          std::span<const std::uint32_t> free) {
  std::vector<bool> seen(generations.size(), false);
  for (const std::uint32_t index : free) {
    if (index >= generations.size() || seen[index] || generations[index] == 0) return false;
    seen[index] = true;
  }
  for (const std::uint32_t generation : generations) {
    if (generation > EntityId::kGenerationMax) return false;
  }
  records_.clear();
  for (const std::uint32_t generation : generations) records_.push_back(dead(generation));
  free_.assign(free.begin(), free.end());
  alive_ = 0;
  return true;
}

bool EntityIndex::revive(EntityId id, std::uint16_t table, std::uint32_t row) {
  const std::uint32_t index = id.index();
  if (id.zone() != zone_ || index >= records_.size() || id.generation() == 0) return false;
  if (records_[index] != dead(id.generation())) return false;
  place(id, table, row);
  ++alive_;
  return true;
}

bool EntityIndex::complete() const {
  std::vector<bool> is_free(records_.size(), false);
  for (const std::uint32_t index : free_) is_free[index] = true;
  for (std::size_t index = 0; index < records_.size(); ++index) {
    const bool lives = records_[index] >> kTableShift != kNoTable;
    const bool is_retired = records_[index] == dead(0);
    if (int{lives} + int{is_retired} + int{is_free[index]} != 1) return false;
  }
  return true;
}

}  // namespace tessera::ecs::storage
