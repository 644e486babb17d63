// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Encode once, fan out: the body of a page update depends on the page and on the tick since when a
// viewer must be told, so viewers that were served together share it. Bodies live for one tick.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "protocol/snapshot.h"
#include "world/replication/mirror/mirror.h"

namespace tessera::replication {

/// The largest body: states with heights and as many components as then fit.
inline constexpr std::size_t kBodyBytesMax = 800;

/// A state with a height, and what writing it may touch.
inline constexpr std::size_t kSlotBytesMax = 8;

class PageCache {
 public:
  explicit PageCache(std::size_t pages_expected) {
    entries_.reserve(pages_expected);
    bytes_.reserve(std::size_t{256} * 1024);
  }

  /// Forgets the bodies of the last tick.
  void begin(std::uint32_t tick) {
    tick_ = tick;
    used_ = 0;
  }

  struct Body {
    std::uint64_t bitmap = 0;  ///< 0: nothing changed
    std::span<const std::byte> bytes;
  };

  /// What changed in a page after `since`. The span holds until the next call,
  /// and protocol::kBodySlack bytes behind it may be read.
  Body body(Mirror& mirror, PageIndex page, std::uint32_t since) {
    if (page >= entries_.size()) entries_.resize(mirror.page_count());
    Entry& entry = entries_[page];
    if (entry.tick != tick_) {
      entry.tick = tick_;
      entry.used = 0;
    }
    for (unsigned i = 0; i < entry.used; ++i) {
      if (entry.since[i] == since) return view(entry, i);
    }
    return encode(mirror, page, since, entry);
  }

  /// A body of one slot alone: its state, and of its components that are newer than `since` those
  /// that fit into `room` bytes with it; at least kSlotBytesMax. The span is as that of body().
  Body slot_body(const Mirror& mirror, PageIndex page, std::uint8_t slot, std::uint32_t since,
                 std::size_t room);

  std::uint64_t encoded() const { return encoded_; }

 private:
  /// Four histories a page: the three rates and one that lost something. More replace the last.
  static constexpr unsigned kHistories = 4;
  struct Entry {
    std::uint32_t tick = 0;
    std::uint8_t used = 0;
    std::array<std::uint16_t, kHistories> sizes{};
    std::array<std::uint32_t, kHistories> since{};
    std::array<std::uint32_t, kHistories> offsets{};
    std::array<std::uint64_t, kHistories> bitmaps{};
  };

  Body view(const Entry& entry, unsigned i) const {
    return {entry.bitmaps[i], std::span(bytes_).subspan(entry.offsets[i], entry.sizes[i])};
  }
  Body encode(Mirror& mirror, PageIndex page, std::uint32_t since, Entry& entry);

  std::uint32_t tick_ = 0;
  std::size_t used_ = 0;
  std::uint64_t encoded_ = 0;
  std::vector<Entry> entries_;  ///< by page
  std::vector<std::byte> bytes_;
  std::array<std::byte, kBodyBytesMax + protocol::kBodySlack> slot_bytes_{};
};

}  // namespace tessera::replication
