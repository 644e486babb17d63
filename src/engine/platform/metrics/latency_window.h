// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Percentiles of durations over the last seconds ("p99 over the last 60 s"), for one writing thread
// and any number of readers, without a lock.
//
// Each second has a slot with a histogram; slots form a ring of window + 1, so that the slot being
// cleared is never one that readers still want. Buckets are exact below 64 us and 64 to an octave
// above, so a percentile is at most 1.6 % too high; the maximum is exact. All memory is allocated
// and touched at construction: about 6 kB a second.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/platform/metrics/window.h"

namespace tessera::platform {

struct Percentiles {
  std::uint64_t count = 0;
  std::int64_t p50_ns = 0;
  std::int64_t p99_ns = 0;
  std::int64_t p999_ns = 0;
  std::int64_t max_ns = 0;
};

class LatencyWindow {
 public:
  explicit LatencyWindow(unsigned window_s = 60);

  /// For the one writing thread. `now_ns` is monotonic_ns(); durations below 0 count as 0.
  void add(std::int64_t now_ns, std::int64_t duration_ns);
  /// For any thread. The second that runs and the `last_s` before it, at most the window. What is
  /// written at the same moment may or may not be counted.
  Percentiles read(std::int64_t now_ns, unsigned last_s = kWholeWindow) const;

 private:
  static constexpr unsigned kSubBucketBits = 6;  // 64 buckets an octave: 1.6 %
  static constexpr unsigned kOctaves = 20;       // up to 64 us * 2^20 = 67 s; more counts as that
  static constexpr std::size_t kBuckets = std::size_t{kOctaves + 1} << kSubBucketBits;

  struct Slot {
    std::atomic<std::int64_t> second{-1};
    std::atomic<std::int64_t> max_ns{0};
    std::array<std::atomic<std::uint32_t>, kBuckets> buckets{};
  };
  static std::size_t bucket_of(std::int64_t duration_ns);
  static std::int64_t upper_edge_ns(std::size_t bucket);

  unsigned window_s_;
  std::vector<Slot> slots_;
};

}  // namespace tessera::platform
