// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/lag_compensation/position_history.h"

#include <algorithm>

namespace tessera::lag_compensation {
namespace {

math::Vec3 place_of(const PositionHistory& history, TickNumber tick) {
  return history.metres[tick % kHistoryTicks];
}

}  // namespace

void record(PositionHistory& history, TickNumber tick, math::Vec3 metres) {
  const bool follows = history.count > 0 && tick == history.newest + 1;
  history.count = follows ? std::min(history.count + 1, kHistoryTicks) : 1;
  history.newest = tick;
  history.metres[tick % kHistoryTicks] = metres;
}

std::optional<math::Vec3> position_at(const PositionHistory& history, TickNumber now,
                                      Rewind rewind) {
  if (history.count == 0) return std::nullopt;
  const TickNumber oldest = history.newest - (history.count - 1);
  const std::uint64_t now_parts = now * kPartsPerTick;
  const std::uint64_t parts = now_parts > rewind.parts ? now_parts - rewind.parts : 0;
  const TickNumber tick = parts / kPartsPerTick;
  if (tick < oldest) return place_of(history, oldest);
  if (tick >= history.newest) return place_of(history, history.newest);
  const math::Vec3 from = place_of(history, tick);
  const math::Vec3 way = place_of(history, tick + 1) - from;
  if (dot(way, way) > kJump_m * kJump_m) return from;
  const auto share = static_cast<float>(parts % kPartsPerTick) / static_cast<float>(kPartsPerTick);
  return from + way * share;
}

void record_positions(const Step& step, Query<PositionHistory, const Position> entities) {
  entities.par_each([&](PositionHistory& history, const Position& position) {
    record(history, step.now, position.metres);
  });
}

}  // namespace tessera::lag_compensation
