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
/// Of components in a body, but for those of one slot, which may be more: so where all fight the
/// states of many pages fit into a snapshot, and what changes otherwise follows.
inline constexpr std::size_t kComponentsBytes = 200;

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

  /// What a viewer has been told of a page.
  struct Since {
    std::uint32_t states = 0;      ///< tick up to which he was told states
    std::uint32_t components = 0;  ///< the same of components, which are told slot by slot ...
    std::uint8_t next_slot = 0;    ///< ... and of those before this one once more
    bool operator==(const Since&) const = default;
  };
  struct Body {
    std::uint64_t bitmap = 0;  ///< 0: nothing changed
    std::span<const std::byte> bytes;
    std::uint8_t next_slot = 0;  ///< from which on components wait; 0: none do
  };

  /// The states of a page that changed, and from `since.next_slot` on components that did, as many
  /// as have room. The span holds until the next call, and protocol::kBodySlack bytes behind it may
  /// be read.
  Body body(const Mirror& mirror, PageIndex page, const Since& since) {
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
  /// that fit into `room` bytes with it; at least kSlotBytesMax. The span is as that of body(), and
  /// next_slot is not 0 when some did not fit.
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
    std::array<Since, kHistories> since{};
    std::array<std::uint8_t, kHistories> next_slots{};
    std::array<std::uint32_t, kHistories> offsets{};
    std::array<std::uint64_t, kHistories> bitmaps{};
  };

  Body view(const Entry& entry, unsigned i) const {
    return {entry.bitmaps[i], std::span(bytes_).subspan(entry.offsets[i], entry.sizes[i]),
            entry.next_slots[i]};
  }
  Body encode(const Mirror& mirror, PageIndex page, const Since& since, Entry& entry);

  std::uint32_t tick_ = 0;
  std::size_t used_ = 0;
  std::uint64_t encoded_ = 0;
  std::vector<Entry> entries_;  ///< by page
  std::vector<std::byte> bytes_;
  std::array<std::byte, kBodyBytesMax + protocol::kBodySlack> slot_bytes_{};
};

}  // namespace tessera::replication
