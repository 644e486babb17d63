// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/metrics/value_window.h"

#include <algorithm>

namespace tessera::platform {
namespace {
constexpr std::int64_t kNsPerSecond = 1'000'000'000;
}

ValueWindow::ValueWindow(unsigned window_s) : window_s_(window_s), slots_(window_s + 2) {}

void ValueWindow::add(std::int64_t now_ns, std::uint64_t value) {
  const std::int64_t second = now_ns / kNsPerSecond;
  if (first_second_.load(std::memory_order_relaxed) < 0) first_second_ = second;
  Slot& slot = slots_[static_cast<std::size_t>(second) % slots_.size()];
  if (slot.second.load(std::memory_order_relaxed) != second) {
    slot.second.store(-1, std::memory_order_release);
    slot.sum.store(0, std::memory_order_relaxed);
    slot.max.store(0, std::memory_order_relaxed);
    slot.second.store(second, std::memory_order_release);
  }
  slot.sum.store(slot.sum.load(std::memory_order_relaxed) + value, std::memory_order_relaxed);
  if (value > slot.max.load(std::memory_order_relaxed)) {
    slot.max.store(value, std::memory_order_relaxed);
  }
}

template <class F>
void ValueWindow::for_each_slot(std::int64_t now_s, Ages ages, F f) const {
  for (const Slot& slot : slots_) {
    const std::int64_t age_s = now_s - slot.second.load(std::memory_order_acquire);
    if (age_s >= ages.youngest_s && age_s <= ages.oldest_s) f(slot);
  }
}

std::uint64_t ValueWindow::sum(std::int64_t now_ns, unsigned last_s) const {
  std::uint64_t sum = 0;
  for_each_slot(now_ns / kNsPerSecond, {0, std::min(last_s, window_s_)},
                [&](const Slot& slot) { sum += slot.sum.load(std::memory_order_relaxed); });
  return sum;
}

std::uint64_t ValueWindow::max(std::int64_t now_ns, unsigned last_s) const {
  std::uint64_t max = 0;
  for_each_slot(now_ns / kNsPerSecond, {0, std::min(last_s, window_s_)}, [&](const Slot& slot) {
    max = std::max(max, slot.max.load(std::memory_order_relaxed));
  });
  return max;
}

double ValueWindow::per_second(std::int64_t now_ns, unsigned last_s) const {
  const std::int64_t window_s = std::min(last_s, window_s_);
  const std::int64_t second = now_ns / kNsPerSecond;
  const std::int64_t first = first_second_.load(std::memory_order_relaxed);
  if (first < 0 || first >= second) return 0;
  std::uint64_t sum = 0;
  for_each_slot(second, {1, window_s},
                [&](const Slot& slot) { sum += slot.sum.load(std::memory_order_relaxed); });
  return static_cast<double>(sum) / static_cast<double>(std::min(second - first, window_s));
}

}  // namespace tessera::platform
