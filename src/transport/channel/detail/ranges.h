// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Parts of a stream as disjoint, sorted, half-open ranges of offsets. There are few at a time: a
// range ends only where a packet got lost.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tessera::channel::detail {

struct Range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool operator==(const Range&) const = default;
};

class Ranges {
 public:
  bool empty() const { return ranges_.empty(); }
  std::size_t count() const { return ranges_.size(); }
  const Range& first() const { return ranges_.front(); }
  const std::vector<Range>& all() const { return ranges_; }

  /// Adds a range; those it overlaps or touches become one.
  void add(Range added) {
    if (added.begin >= added.end) return;
    const auto from = std::ranges::lower_bound(ranges_, added.begin, {}, &Range::end);
    auto to = from;
    for (; to != ranges_.end() && to->begin <= added.end; ++to) {
      added.begin = std::min(added.begin, to->begin);
      added.end = std::max(added.end, to->end);
    }
    if (from == to) {
      ranges_.insert(from, added);
    } else {
      *from = added;
      ranges_.erase(from + 1, to);
    }
  }

  /// Takes away all that is below `offset`.
  void remove_below(std::uint64_t offset) {
    auto keep = ranges_.begin();
    while (keep != ranges_.end() && keep->end <= offset) ++keep;
    ranges_.erase(ranges_.begin(), keep);
    if (!ranges_.empty()) ranges_.front().begin = std::max(ranges_.front().begin, offset);
    if (ranges_.empty() && ranges_.capacity() > kKeptRanges) ranges_.shrink_to_fit();
  }

  std::size_t memory_bytes() const { return ranges_.capacity() * sizeof(Range); }

 private:
  static constexpr std::size_t kKeptRanges = 8;

  std::vector<Range> ranges_;
};

}  // namespace tessera::channel::detail
