// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which connect tokens were shown, from which address, and whether they made a session: a token is
// for one address and one session. A token is remembered by its 16-byte tag until it expires. The
// memory is a ring in order of arrival; tokens of one backend expire in about that order.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "engine/core/random.h"
#include "transport/netcode/detail/slot_table.h"
#include "transport/netcode/standard.h"
#include "transport/udp/address.h"

namespace tessera::netcode::detail {

class TokenHistory {
 public:
  struct Entry {
    Mac mac{};
    udp::Address address{};
    std::uint64_t expire_unix_s = 0;
    std::int64_t answered_at_us = INT64_MIN;
    bool made_session = false;
  };

  explicit TokenHistory(std::uint32_t entries_max)
      : table_(entries_max), entries_max_(entries_max) {
    entries_.reserve(entries_max);
  }

  Entry* find(const Mac& mac) {
    const std::uint32_t slot = table_.find(
        hash(mac), [&](std::uint32_t candidate) { return entries_[candidate].mac == mac; });
    return slot == SlotTable::kNone ? nullptr : &entries_[slot];
  }

  /// Remembers a new token; nullptr when there is no room.
  Entry* add(const Entry& entry, std::uint64_t now_unix_s) {
    while (count_ > 0 && entries_[first_].expire_unix_s <= now_unix_s) forget_first();
    if (count_ == entries_max_) return nullptr;
    const std::uint32_t slot = (first_ + count_) % entries_max_;
    if (slot == entries_.size()) entries_.emplace_back();
    entries_[slot] = entry;
    ++count_;
    table_.insert(hash(entry.mac), slot);
    return &entries_[slot];
  }

  std::uint32_t size() const { return count_; }

 private:
  /// A tag is a Poly1305 result under a key that no client knows: as good as random.
  static std::uint64_t hash(const Mac& mac) {
    std::uint64_t word = 0;
    std::memcpy(&word, mac.data(), sizeof(word));
    return mix64(word);
  }
  void forget_first() {
    table_.erase(hash(entries_[first_].mac), first_);
    first_ = (first_ + 1) % entries_max_;
    --count_;
  }

  SlotTable table_;
  std::vector<Entry> entries_;
  std::uint32_t entries_max_;
  std::uint32_t first_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace tessera::netcode::detail
