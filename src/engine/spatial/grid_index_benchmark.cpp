// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <benchmark/benchmark.h>

#include "engine/core/random.h"
#include "engine/spatial/grid_index.h"

namespace tessera::spatial {
namespace {

struct Crowd {
  explicit Crowd(std::uint32_t count) {
    RandomStream random(3);
    for (std::uint32_t i = 0; i < count; ++i) {
      ids.push_back(EntityId::make(1, 1, i));
      places.push_back({random.between(1000, 3000), random.between(1000, 3000)});
    }
  }
  void add_to(GridIndex& index) const {
    index.begin();
    for (std::size_t i = 0; i < ids.size(); ++i) index.add(ids[i], places[i]);
    index.finish();
  }
  std::vector<EntityId> ids;
  std::vector<math::Vec2> places;
};

void grid_rebuild(benchmark::State& state) {
  const Crowd crowd(static_cast<std::uint32_t>(state.range(0)));
  GridIndex index({.margin_m = 0});
  for (auto _ : state) crowd.add_to(index);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(grid_rebuild)->Arg(2000)->Arg(5000)->Arg(20000);

void grid_query_30m(benchmark::State& state) {
  const Crowd crowd(5000);
  GridIndex index({.margin_m = 0});
  crowd.add_to(index);
  std::size_t who = 0;
  std::size_t found = 0;
  for (auto _ : state) {
    index.for_each_within(crowd.places[who++ % 5000], 30,
                          [&](EntityId, math::Vec2, float) { ++found; });
  }
  state.counters["found"] = static_cast<double>(found) / static_cast<double>(state.iterations());
}
BENCHMARK(grid_query_30m);

}  // namespace
}  // namespace tessera::spatial
