// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <benchmark/benchmark.h>

#include <vector>

#include "engine/core/random.h"
#include "engine/ecs/registry.h"
#include "gameplay/lag_compensation/position_history.h"

namespace tessera::lag_compensation {
namespace {

/// All of a crowd, at the end of a tick. Items are entities.
void record_positions_of_10000(benchmark::State& state) {
  constexpr std::int64_t kCrowd = 10'000;
  ecs::Registry registry(1);
  RandomStream random(1);
  for (std::int64_t i = 0; i < kCrowd; ++i) {
    registry.create(Position{{random.between(0, 4096), 0, random.between(0, 4096)}},
                    PositionHistory{});
  }
  TickNumber tick = 0;
  for (auto _ : state) {
    ++tick;
    registry.view<PositionHistory, const Position>().each(
        [&](PositionHistory& history, const Position& position) {
          record(history, tick, position.metres);
        });
  }
  state.SetItemsProcessed(state.iterations() * kCrowd);
}
BENCHMARK(record_positions_of_10000);

void position_in_the_past(benchmark::State& state) {
  RandomStream random(2);
  std::vector<PositionHistory> crowd(1000);
  for (PositionHistory& history : crowd) {
    for (TickNumber tick = 1; tick <= 40; ++tick) {
      record(history, tick, {random.between(0, 1), 0, static_cast<float>(tick)});
    }
  }
  std::uint32_t i = 0;
  for (auto _ : state) {
    ++i;
    benchmark::DoNotOptimize(position_at(crowd[i % 1000], 41, {i * 37 % kRewindMax.parts}));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(position_in_the_past);

}  // namespace
}  // namespace tessera::lag_compensation
