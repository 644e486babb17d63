// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/platform/metrics/latency_window.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tessera::platform {
namespace {
constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::int64_t kNsPerUs = 1'000;
}  // namespace

LatencyWindow::LatencyWindow(unsigned window_s) : window_s_(window_s), slots_(window_s + 2) {}

std::size_t LatencyWindow::bucket_of(std::int64_t duration_ns) {
  const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(duration_ns, 0) / kNsPerUs);
  constexpr std::uint64_t kExact = std::uint64_t{1} << kSubBucketBits;
  if (us < kExact) return static_cast<std::size_t>(us);
  const auto octave = static_cast<unsigned>(std::bit_width(us)) - kSubBucketBits;  // from 1
  if (octave > kOctaves) return kBuckets - 1;
  const std::uint64_t sub = (us >> (octave - 1)) - kExact;
  return (std::size_t{octave} << kSubBucketBits) + static_cast<std::size_t>(sub);
}

std::int64_t LatencyWindow::upper_edge_ns(std::size_t bucket) {
  constexpr std::size_t kExact = std::size_t{1} << kSubBucketBits;
  if (bucket < kExact) return static_cast<std::int64_t>(bucket + 1) * kNsPerUs;
  const std::size_t octave = bucket >> kSubBucketBits;
  const std::size_t sub = bucket & (kExact - 1);
  return static_cast<std::int64_t>((kExact + sub + 1) << (octave - 1)) * kNsPerUs;
}

void LatencyWindow::add(std::int64_t now_ns, std::int64_t duration_ns) {
  const std::int64_t second = now_ns / kNsPerSecond;
  Slot& slot = slots_[static_cast<std::size_t>(second) % slots_.size()];
  if (slot.second.load(std::memory_order_relaxed) != second) {
    slot.second.store(-1, std::memory_order_release);  // readers pass it by until it is clean
    for (auto& bucket : slot.buckets) bucket.store(0, std::memory_order_relaxed);
    slot.max_ns.store(0, std::memory_order_relaxed);
    slot.second.store(second, std::memory_order_release);
  }
  auto& bucket = slot.buckets[bucket_of(duration_ns)];
  bucket.store(bucket.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  if (duration_ns > slot.max_ns.load(std::memory_order_relaxed)) {
    slot.max_ns.store(duration_ns, std::memory_order_relaxed);
  }
}

Percentiles LatencyWindow::read(std::int64_t now_ns, unsigned last_s) const {
  const std::int64_t window_s = std::min(last_s, window_s_);
  const std::int64_t second = now_ns / kNsPerSecond;
  std::array<std::uint64_t, kBuckets> sums{};
  Percentiles result;
  for (const Slot& slot : slots_) {
    const std::int64_t age_s = second - slot.second.load(std::memory_order_acquire);
    if (age_s < 0 || age_s > window_s) continue;
    for (std::size_t i = 0; i < kBuckets; ++i) {
      const std::uint32_t count = slot.buckets[i].load(std::memory_order_relaxed);
      sums[i] += count;
      result.count += count;
    }
    result.max_ns = std::max(result.max_ns, slot.max_ns.load(std::memory_order_relaxed));
  }
  auto percentile = [&](double share) -> std::int64_t {
    const auto rank =
        static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(result.count)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < kBuckets; ++i) {
      seen += sums[i];
      if (seen >= rank && seen > 0) return std::min(upper_edge_ns(i), result.max_ns);
    }
    return 0;
  };
  result.p50_ns = percentile(0.5);
  result.p99_ns = percentile(0.99);
  result.p999_ns = percentile(0.999);
  return result;
}

}  // namespace tessera::platform
