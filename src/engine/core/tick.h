// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Time inside the world is a tick number. Nothing in the simulation knows another clock.
#pragma once

#include <cstdint>

namespace tessera {

/// Ticks since the zone was first created. Tick 0 is before the first step.
using TickNumber = std::uint64_t;

inline constexpr int kTicksPerSecond = 60;
inline constexpr float kTickSeconds = 1.0f / kTicksPerSecond;
/// The wall-clock length of a tick, in nanoseconds, rounded down.
inline constexpr std::int64_t kTickNanoseconds = 1'000'000'000 / kTicksPerSecond;

/// Seconds as ticks, rounded to the nearest.
constexpr TickNumber ticks_from_seconds(double seconds) {
  return static_cast<TickNumber>(seconds * kTicksPerSecond + 0.5);
}

}  // namespace tessera
