// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the rules of this folder cost in a tick of 5,000 players of whom a thousand act in a second,
// half of them shoving, half throwing: in the open (1,600 a square kilometre) and in a crowd (all
// within 50 m). Only these rules run; so bodies do not move, and everybody who is touched is
// touched again. The row without actions is what they cost a world in which nobody acts.
#include <benchmark/benchmark.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/ecs/schedule.h"
#include "engine/math/angles.h"
#include "gameplay/lag_compensation/position_history.h"
#include "gameplay/skirmish/rules.h"
#include "gameplay/testing/test_world.h"

namespace tessera::skirmish {
namespace {

constexpr std::uint64_t kPlayers = 5000;
constexpr math::Vec2 kMiddle{1024, 1024};

ZoneDefinition wide_zone() {
  ZoneDefinition zone = test_zone();
  zone.bounds = {{0, 0}, {2048, 2048}};
  zone.spawn_points = {{kMiddle, 0}};
  zone.players_max = 10'000;
  RandomStream random(4);
  std::vector<std::uint16_t> samples(257 * 257);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(1000 + random.below(30));
  zone.terrain = physics::HeightField(
      {.columns = 257, .rows = 257, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
  return zone;
}

std::vector<EntityId> gather(TestWorld& world, float radius_m) {
  RandomStream random(6);
  std::vector<EntityId> players;
  for (std::uint64_t number = 1; number <= kPlayers; ++number) {
    const float turn = random.between(-math::kPi, math::kPi);
    const math::Vec2 place =
        kMiddle + math::direction_of_heading(turn) * (radius_m * std::sqrt(random.unit()));
    world.intend(
        presence::EnterWorld{.session = {number},
                             .character = {number},
                             .position = {place.x, world.zone.terrain.height_at(place), place.z},
                             .flags = presence::kHasSavedPosition});
    if (number % 500 != 0) continue;
    world.step();
    for (const auto& entered : world.events<presence::EnteredWorld>()) {
      players.push_back(entered.entity);
    }
  }
  world.step(30);  // until all have a history
  return players;
}

/// One iteration is one tick.
void tick_of(benchmark::State& state, float radius_m, float actions_per_s) {
  TestWorld world(wide_zone());
  const std::vector<EntityId> players = gather(world, radius_m);
  ecs::Schedule schedule;
  schedule.register_system<ShoveAhead>(ecs::Phase::Act);
  schedule.add<throw_stones>(ecs::Phase::Act);
  schedule.register_system<FlyStones>(ecs::Phase::Move);
  schedule.add<lag_compensation::record_positions>(ecs::Phase::Index);
  schedule.set_resource(std::as_const(world.zone));
  schedule.set_resource(std::as_const(world.statics));
  schedule.set_resource(std::as_const(world.area_index));
  jobs::Pool pool(0);
  ecs::Queues intents;
  ecs::Queues events;
  RandomStream random(7);
  double due = 0;
  std::uint64_t acted = 0;
  std::uint64_t shoved = 0;
  std::uint64_t struck = 0;
  std::uint64_t in_air = 0;
  for (auto _ : state) {
    state.PauseTiming();
    for (due += actions_per_s / kTicksPerSecond; due >= 1; due -= 1, ++acted) {
      const EntityId actor = players[random.below(static_cast<std::uint32_t>(players.size()))];
      const std::uint32_t aim = random.below(65'536);
      if (acted % 2 == 0) {
        intents.of<Shove>().push_back(
            {.entity = actor, .rewind = lag_compensation::rewind_of_ticks(17), .aim = aim});
      } else {
        intents.of<ThrowStone>().push_back(
            {.entity = actor, .aim = aim, .pitch = random.below(8000)});
      }
    }
    events.clear();
    ++world.now;
    const ecs::Step step{.now = world.now, .seed = 1, .jobs = pool};
    state.ResumeTiming();
    for (const auto phase : {ecs::Phase::Act, ecs::Phase::Move}) {
      schedule.run_phase(phase, step, world.registry, intents, events);
    }
    state.PauseTiming();
    schedule.run_phase(ecs::Phase::Index, step, world.registry, intents, events);
    intents.clear();
    shoved += events.read<Shoved>().size();
    struck += events.read<StoneHit>().size();
    in_air += std::as_const(world.registry).view<const Stone>().size();
    state.ResumeTiming();
  }
  const auto average = [](std::uint64_t count) {
    return benchmark::Counter(static_cast<double>(count), benchmark::Counter::kAvgIterations);
  };
  state.counters["actions"] = average(acted);
  state.counters["shoved"] = average(shoved);
  state.counters["struck"] = average(struck);
  state.counters["stones"] = average(in_air);
  state.SetLabel("hash " + std::to_string(world.registry.hash()));
}

void skirmish_open(benchmark::State& state) { tick_of(state, 1000, 1000); }
BENCHMARK(skirmish_open)->Iterations(600)->Unit(benchmark::kMicrosecond);
void skirmish_crowd(benchmark::State& state) { tick_of(state, 50, 1000); }
BENCHMARK(skirmish_crowd)->Iterations(600)->Unit(benchmark::kMicrosecond);
void skirmish_nobody_acts(benchmark::State& state) { tick_of(state, 50, 0); }
BENCHMARK(skirmish_nobody_acts)->Iterations(600)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tessera::skirmish
