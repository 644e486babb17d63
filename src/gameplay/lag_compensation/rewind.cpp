// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/lag_compensation/rewind.h"

#include <algorithm>

namespace tessera::lag_compensation {
namespace {

/// Longer ones are above every bound; it keeps the numbers small.
constexpr std::uint32_t kRoundTripMax_ms = 10'000;

Rewind sum(Rewind a, Rewind b) { return {a.parts + b.parts}; }

/// Milliseconds of real time in parts of the world's ticks.
Rewind age_of_line(const Line& line) {
  const std::uint64_t round_trip = std::min(line.round_trip_ms, kRoundTripMax_ms);
  const std::uint64_t clock = std::min(line.clock_permille, 1000u);
  return {
      static_cast<std::uint32_t>(round_trip * kTicksPerSecond * kPartsPerTick * clock / 1'000'000)};
}

}  // namespace

Rewind rewind_bound(const Line& line) {
  return std::min(kRewindMax, sum(age_of_line(line), sum(kInterpolation, kTolerance)));
}

Rewind granted_rewind(Rewind claimed, const Line& line) {
  return std::min(claimed, rewind_bound(line));
}

Rewind claimed_rewind(TickNumber now, std::uint64_t shown_parts) {
  const std::uint64_t now_parts = now * kPartsPerTick;
  if (shown_parts >= now_parts) return {};
  // A claim beyond 32 bits is as good as the largest.
  return {static_cast<std::uint32_t>(std::min<std::uint64_t>(now_parts - shown_parts, UINT32_MAX))};
}

Rewind expected_rewind(const Line& line) {
  return std::min(kRewindMax, sum(age_of_line(line), sum(kInterpolation, {kPartsPerTick / 2})));
}

}  // namespace tessera::lag_compensation
