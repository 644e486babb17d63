// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Sums, rates and maxima over the last seconds ("bytes a second", "worst overload level of the last
// minute"), for one writing thread and any number of readers, without a lock.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/platform/metrics/window.h"

namespace tessera::platform {

class ValueWindow {
 public:
  explicit ValueWindow(unsigned window_s = 60);

  /// For the one writing thread. `now_ns` is monotonic_ns().
  void add(std::int64_t now_ns, std::uint64_t value);

  /// The reading side, for any thread. All cover the second that runs and the `last_s` before
  /// it, at most the window, except per_second(), which leaves out the running second and, at
  /// first, the time before the first value.
  std::uint64_t sum(std::int64_t now_ns, unsigned last_s = kWholeWindow) const;
  std::uint64_t max(std::int64_t now_ns, unsigned last_s = kWholeWindow) const;
  double per_second(std::int64_t now_ns, unsigned last_s = kWholeWindow) const;

 private:
  struct Slot {
    std::atomic<std::int64_t> second{-1};
    std::atomic<std::uint64_t> sum{0};
    std::atomic<std::uint64_t> max{0};
  };

  /// How many seconds ago a slot may be, both included; 0 is the second that runs.
  struct Ages {
    std::int64_t youngest_s = 0;
    std::int64_t oldest_s = 0;
  };
  template <class F>
  void for_each_slot(std::int64_t now_s, Ages ages, F f) const;

  unsigned window_s_;
  std::atomic<std::int64_t> first_second_{-1};
  std::vector<Slot> slots_;
};

}  // namespace tessera::platform
