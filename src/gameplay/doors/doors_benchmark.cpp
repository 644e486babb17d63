// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A pass of operate_doors over 10,000 characters, in a world like the vale: 100 doors in a town of
// 230 m, 40 on farms all over 4 km.
#include <benchmark/benchmark.h>

#include "engine/core/random.h"
#include "engine/physics/box.h"
#include "gameplay/testing/test_world.h"

namespace tessera::doors {
namespace {

constexpr std::int64_t kCharacters = 10'000;

ZoneDefinition vale_like() {
  RandomStream random(1);
  std::vector<physics::BoxShape> leaves;
  for (int i = 0; i < 140; ++i) {
    const float half = i < 100 ? 115.0f : 1900.0f;
    leaves.push_back(
        {{2048 + random.between(-half, half), 1.2f, 2048 + random.between(-half, half)},
         {0.8f, 1.2f, 0.1f},
         random.between(-3, 3)});
  }
  ZoneDefinition zone = test_zone();
  zone.bounds = {{0, 0}, {4096, 4096}};
  zone.geometry = physics::geometry_of_boxes(zone.bounds, {}, {}, leaves);
  return zone;
}

/// All within so many metres of the middle: all over the world, in the town, or in its market.
void operate_doors_of_10000(benchmark::State& state) {
  TestWorld world(vale_like());
  RandomStream random(2);
  const auto half = static_cast<float>(state.range(0));
  for (std::int64_t i = 0; i < kCharacters; ++i) {
    world.registry.create(
        Position{{2048 + random.between(-half, half), 0, 2048 + random.between(-half, half)}},
        Velocity{});
  }
  jobs::Pool pool(0);
  ecs::Schedule schedule;
  ecs::Queues intents;
  ecs::Queues events;
  schedule.add<operate_doors>(ecs::Phase::World);
  schedule.set_resource(std::as_const(world.door_index));
  for (auto _ : state) {
    events.clear();
    schedule.run_phase(ecs::Phase::World, {kPassInterval, 1, pool}, world.registry, intents,
                       events);
  }
  state.SetItemsProcessed(state.iterations() * kCharacters);
}
BENCHMARK(operate_doors_of_10000)
    ->ArgName("half_m")
    ->Arg(2000)
    ->Arg(115)
    ->Arg(20)
    ->Unit(benchmark::kMicrosecond);

void track_areas_of_5000(benchmark::State& state) {
  ZoneDefinition zone = vale_like();
  zone.areas = {{.name = "town", .centre = {2048, 2048}, .half_size = {115, 115}, .high_m = 50},
                {.name = "market", .centre = {2048, 2048}, .half_size = {36, 36}, .high_m = 40}};
  TestWorld world(zone);
  RandomStream random(3);
  for (int i = 0; i < 5000; ++i) {
    world.registry.create(
        Position{{2048 + random.between(-200, 200), 0, 2048 + random.between(-200, 200)}},
        areas::InAreas{});
  }
  jobs::Pool pool(0);
  ecs::Schedule schedule;
  ecs::Queues intents;
  ecs::Queues events;
  schedule.add<areas::track_areas>(ecs::Phase::World);
  schedule.set_resource(std::as_const(world.area_index));
  TickNumber now = 0;
  for (auto _ : state) {
    events.clear();
    schedule.run_phase(ecs::Phase::World, {++now, 1, pool}, world.registry, intents, events);
  }
}
BENCHMARK(track_areas_of_5000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tessera::doors
