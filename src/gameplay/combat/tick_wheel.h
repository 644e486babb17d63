// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who has something to do in which tick, so that no rule looks at everybody in every tick. A memory
// beside the world's state: it can be made anew from the components at any time, and says the same
// then, because it answers in the order of ids.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/ids.h"
#include "engine/core/tick.h"

namespace tessera::combat {

class TickWheel {
 public:
  /// 17 s: what is due later is looked at once a round.
  static constexpr std::size_t kBuckets = 1024;

  TickWheel() { clear(); }
  void clear() {
    first_.fill(kNone);
    entries_.clear();
    free_ = kNone;
  }
  /// An entity may be in it several times, and for ticks that are no longer true: whoever takes it
  /// out looks at what the entity says itself. `at` is later than the tick that was taken last.
  void push(TickNumber at, EntityId entity) {
    std::uint32_t place = free_;
    if (place == kNone) {
      place = static_cast<std::uint32_t>(entries_.size());
      entries_.emplace_back();
    } else {
      free_ = entries_[place].next;
    }
    std::uint32_t& first = first_[at % kBuckets];
    entries_[place] = {at, entity, first};
    first = place;
  }
  /// Those due in `now`, each once, growing.
  void take(TickNumber now, std::vector<EntityId>& due) {
    due.clear();
    std::uint32_t* link = &first_[now % kBuckets];
    while (*link != kNone) {
      Entry& entry = entries_[*link];
      if (entry.at > now) {
        link = &entry.next;
        continue;
      }
      due.push_back(entry.entity);
      const std::uint32_t place = *link;
      *link = entry.next;
      entry.next = free_;
      free_ = place;
    }
    std::ranges::sort(due);
    due.erase(std::ranges::unique(due).begin(), due.end());
  }

 private:
  static constexpr std::uint32_t kNone = ~0u;
  struct Entry {
    TickNumber at = 0;
    EntityId entity{};
    std::uint32_t next = kNone;  ///< of its bucket, or of those that are free
  };
  // All buckets share one memory, which has soon grown to what a battle needs.
  std::array<std::uint32_t, kBuckets> first_{};
  std::vector<Entry> entries_;
  std::uint32_t free_ = kNone;
};

}  // namespace tessera::combat
