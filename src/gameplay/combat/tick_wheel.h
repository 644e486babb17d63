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
#include <vector>

#include "engine/core/ids.h"
#include "engine/core/tick.h"

namespace tessera::combat {

class TickWheel {
 public:
  /// 17 s: what is due later is looked at once a round.
  static constexpr std::size_t kBuckets = 1024;

  void clear() {
    for (auto& bucket : buckets_) bucket.clear();
  }
  /// An entity may be in it several times, and for ticks that are no longer true: whoever takes it
  /// out looks at what the entity says itself. `at` is later than the tick that was taken last.
  void push(TickNumber at, EntityId entity) { buckets_[at % kBuckets].push_back({at, entity}); }
  /// Those due in `now`, each once, growing.
  void take(TickNumber now, std::vector<EntityId>& due) {
    due.clear();
    std::vector<Entry>& bucket = buckets_[now % kBuckets];
    std::size_t kept = 0;
    for (const Entry& entry : bucket) {
      if (entry.at <= now) {
        due.push_back(entry.entity);
      } else {
        bucket[kept++] = entry;
      }
    }
    bucket.resize(kept);
    std::ranges::sort(due);
    due.erase(std::ranges::unique(due).begin(), due.end());
  }

 private:
  struct Entry {
    TickNumber at = 0;
    EntityId entity;
  };
  std::array<std::vector<Entry>, kBuckets> buckets_;
};

}  // namespace tessera::combat
