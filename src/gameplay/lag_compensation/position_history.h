// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where an entity was in the last 400 ms. Written at the end of each tick, by record_positions, for
// all that carry the component; asked by rules that judge an action against what its player saw:
//
//   const auto then = position_at(history, step.now, intent.rewind);
//   if (then && cast_at(physics::UprightCapsule{*then}, eye, way, 0)) ...
//
// The actor is where he is now, for he sees himself predicted; only those he aims at are rewound.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "gameplay/lag_compensation/rewind.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"

namespace tessera::lag_compensation {

/// 400 ms: the longest rewind and 100 ms more, for actions that look at a way and not a place.
inline constexpr std::uint32_t kHistoryTicks = 24;
static_assert(kHistoryTicks * kPartsPerTick > kRewindMax.parts);

/// Farther than this in a tick nobody moves (240 m/s): he was put elsewhere, and was nowhere in
/// between.
inline constexpr float kJump_m = 4;

/// The last places of an entity, those at the ends of ticks newest - count + 1 .. newest. The place
/// of tick t is metres[t % kHistoryTicks]. Written by record_positions.
struct PositionHistory {
  std::array<math::Vec3, kHistoryTicks> metres{};
  TickNumber newest = 0;
  std::uint32_t count = 0;
  std::uint32_t reserved = 0;
  friend constexpr auto describe(ecs::Described<PositionHistory>) {
    return ecs::component<PositionHistory>("position_history", {},
                                           ecs::field("metres", &PositionHistory::metres),
                                           ecs::field("newest", &PositionHistory::newest),
                                           ecs::field("count", &PositionHistory::count),
                                           ecs::field("reserved", &PositionHistory::reserved));
  }
};

/// Adds the place at the end of a tick. After a gap the history begins anew.
void record(PositionHistory& history, TickNumber tick, math::Vec3 metres);

/// Where it was, seen from tick `now`, between the ends of two ticks. Before the oldest place known
/// it is that one, after the newest that. None when nothing was recorded yet. About 5 ns.
std::optional<math::Vec3> position_at(const PositionHistory& history, TickNumber now,
                                      Rewind rewind);

/// Phase::Index: all have moved, and who entered in this tick is there.
void record_positions(const Step& step, Query<PositionHistory, const Position> entities);

}  // namespace tessera::lag_compensation
