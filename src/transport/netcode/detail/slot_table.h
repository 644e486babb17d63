// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From a hash to a slot number: open addressing with linear probing, at most half full, 8 bytes an
// entry, no allocation after construction. The keys stay in the slots; the caller compares them.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "engine/core/assert.h"

namespace tessera::netcode::detail {

class SlotTable {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  explicit SlotTable(std::size_t entries_max)
      : entries_(std::bit_ceil(entries_max * 2 + 2)), mask_(entries_.size() - 1) {}

  /// The slot with this hash for which `same(slot)` holds, or kNone.
  template <class Same>
  std::uint32_t find(std::uint64_t hash, Same&& same) const {
    const auto tag = static_cast<std::uint32_t>(hash);
    for (std::size_t i = tag & mask_; entries_[i].slot != kNone; i = (i + 1) & mask_) {
      if (entries_[i].tag == tag && same(entries_[i].slot)) return entries_[i].slot;
    }
    return kNone;
  }

  void insert(std::uint64_t hash, std::uint32_t slot) {
    ++size_;
    TESSERA_ASSERT(size_ * 2 <= entries_.size(), "SlotTable: more entries than announced");
    const auto tag = static_cast<std::uint32_t>(hash);
    std::size_t i = tag & mask_;
    while (entries_[i].slot != kNone) i = (i + 1) & mask_;
    entries_[i] = {tag, slot};
  }

  /// The entry must be there. Later entries of the same run move up, so that no tombstone remains.
  void erase(std::uint64_t hash, std::uint32_t slot) {
    std::size_t hole = static_cast<std::uint32_t>(hash) & mask_;
    while (entries_[hole].slot != slot) {
      TESSERA_ASSERT(entries_[hole].slot != kNone, "SlotTable: erased what is not there");
      hole = (hole + 1) & mask_;
    }
    --size_;
    for (std::size_t i = (hole + 1) & mask_; entries_[i].slot != kNone; i = (i + 1) & mask_) {
      const std::size_t home = entries_[i].tag & mask_;
      if (((i - home) & mask_) < ((i - hole) & mask_)) continue;  // it would move before its home
      entries_[hole] = entries_[i];
      hole = i;
    }
    entries_[hole] = {};
  }

  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::uint32_t tag = 0;
    std::uint32_t slot = kNone;
  };
  std::vector<Entry> entries_;
  std::size_t mask_;
  std::size_t size_ = 0;
};

}  // namespace tessera::netcode::detail
