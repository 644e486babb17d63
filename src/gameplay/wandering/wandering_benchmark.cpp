// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <benchmark/benchmark.h>

#include "engine/core/random.h"
#include "gameplay/testing/test_world.h"

namespace tessera::wandering {
namespace {

/// One iteration is one tick of all rules in a zone of creatures; most of them pause.
void tick_of_wandering_creatures(benchmark::State& state) {
  ZoneDefinition zone = test_zone();
  zone.bounds = {{0, 0}, {2048, 2048}};
  RandomStream random(4);
  std::vector<std::uint16_t> samples(257 * 257);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(1000 + random.below(300));
  zone.terrain = physics::HeightField(
      {.columns = 257, .rows = 257, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
  zone.creatures = {{.id = 1, .name = "Deer", .pause_s_min = 1, .pause_s_max = 4}};
  zone.creature_count = static_cast<std::uint32_t>(state.range(0));
  TestWorld world(zone);
  const std::uint32_t placed = populate(world.registry, world.zone, world.collision, world.seed);
  world.step(300);
  for (auto _ : state) world.step();
  state.counters["per_creature"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * placed,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(tick_of_wandering_creatures)->Arg(300)->Arg(2000);

}  // namespace
}  // namespace tessera::wandering
