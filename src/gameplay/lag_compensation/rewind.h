// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How far back an action is judged. A client shows others as they were:
//
//   age of what is seen =  the way down      the snapshot's travel; the client's clock lags by it
//                        + interpolation     8 ticks, so that there is a next place to move to
//                        + the way up        until the action is here
//                       =  round trip + interpolation, and up to a tick until the next one begins
//
// At a round trip of 150 ms that is 283 ms, in which a runner is 1.6 m on. So the action is judged
// against where its targets were then. Who is aimed at is protected by bounds, whatever a client
// claims: 300 ms, and no more than the measured round trip explains.
//
// The rewind is decided at intake, from measurements, and travels in the action's intent; so a
// replay needs no round trips. In ticks of game time, which pass slower under time dilation.
#pragma once

#include <compare>
#include <cstdint>

#include "engine/core/tick.h"
#include "engine/ecs/component.h"

namespace tessera::lag_compensation {

/// A field of intents: how long ago was what the player saw, counted from the tick that runs the
/// intent, in parts of a tick.
struct Rewind {
  std::uint32_t parts = 0;
  auto operator<=>(const Rewind&) const = default;
};

inline constexpr std::uint32_t kPartsPerTick = 256;

constexpr Rewind rewind_of_ticks(std::uint32_t ticks) { return {ticks * kPartsPerTick}; }

/// 300 ms. Beyond it whoever hid behind a wall would be hit too long after. Shots of clients with
/// round trips above 167 ms must lead their targets, by the rest.
inline constexpr Rewind kRewindMax = rewind_of_ticks(18);

/// What clients show others behind their clock (client::Options::interpolation_ticks).
inline constexpr Rewind kInterpolation = rewind_of_ticks(8);

/// What a claim may be above the measured: the tick in which the action waits, jitter of one
/// packet against the smoothed round trip, and the rounding of both. 33 ms, in which a runner goes
/// 18 cm: half of his width.
inline constexpr Rewind kTolerance = rewind_of_ticks(2);

/// What is known of an actor's line.
struct Line {
  std::uint32_t round_trip_ms = 0;      ///< as the gateway measures it; 0: not yet
  std::uint32_t clock_permille = 1000;  ///< of real time at which the world runs (pace::Pace)
};

/// The most that this line explains: round trip, interpolation and tolerance, up to kRewindMax.
Rewind rewind_bound(const Line& line);

/// For a client that says which tick it showed when its player acted: `claimed` is how long ago
/// that was, the newest tick less the one it names, and is cut to the bound. A tick that is still
/// to come is a claim of 0.
Rewind granted_rewind(Rewind claimed, const Line& line);

/// A claim from ticks: `shown_parts` is the tick that was shown, in parts, as the message has it.
Rewind claimed_rewind(TickNumber now, std::uint64_t shown_parts);

/// For a client that says nothing: round trip, interpolation and half a tick, within the bound.
Rewind expected_rewind(const Line& line);

}  // namespace tessera::lag_compensation

namespace tessera::ecs {
template <>
inline constexpr bool kIsPlainField<lag_compensation::Rewind> = true;
}  // namespace tessera::ecs
