// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a tick of movement costs: one step of a character on open ground and among houses, the
// credit rule, and the whole system for thousands of players as their clients send (20 batches of
// three frames a second, a third of them in each tick). Prints the hash of the last state, so that
// runs can be compared.
#include <benchmark/benchmark.h>

#include "engine/core/random.h"
#include "gameplay/testing/test_world.h"

namespace tessera::movement {
namespace {

/// Hills of 2 km with a town of boxes in the middle.
ZoneDefinition hilly_zone() {
  ZoneDefinition zone = test_zone();
  zone.bounds = {{0, 0}, {2048, 2048}};
  zone.spawn_points = {{{1024, 1024}, 0}};
  zone.players_max = 10'000;
  RandomStream random(4);
  std::vector<std::uint16_t> samples(257 * 257);
  for (auto& sample : samples) sample = static_cast<std::uint16_t>(1000 + random.below(300));
  zone.terrain = physics::HeightField(
      {.columns = 257, .rows = 257, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
  for (int z = 0; z < 10; ++z) {
    for (int x = 0; x < 10; ++x) {
      zone.boxes.push_back(
          {{920 + static_cast<float>(x) * 20, 14, 920 + static_cast<float>(z) * 20},
           {5, 8, 4},
           random.between(-0.2f, 0.2f)});
    }
  }
  return zone;
}

InputFrame random_frame(RandomStream& random) {
  return {.aim = static_cast<std::uint16_t>(random.next()),
          .move_x = static_cast<std::int8_t>(random.below(256)),
          .move_z = static_cast<std::int8_t>(random.below(256))};
}

void step_one_character(benchmark::State& state, math::Vec2 low, math::Vec2 high) {
  const ZoneDefinition zone = hilly_zone();
  const physics::CollisionWorld world = make_collision_world(zone);
  RandomStream random(5);
  std::vector<MotionState> characters;
  std::vector<InputFrame> frames;
  while (characters.size() < 1000) {
    const math::Vec2 place{random.between(low.x, high.x), random.between(low.z, high.z)};
    const math::Vec3 position{place.x, zone.terrain.height_at(place), place.z};
    if (!world.is_free(position, {})) continue;
    characters.push_back({.position = position});
    frames.push_back(random_frame(random));
  }
  std::size_t i = 0;
  for (auto _ : state) {
    step_character(world, characters[i], frames[i]);
    if (++i == characters.size()) {
      i = 0;
      state.PauseTiming();
      for (InputFrame& frame : frames) {
        if (random.chance(0.02f)) frame = random_frame(random);
      }
      state.ResumeTiming();
    }
  }
}
void step_on_open_ground(benchmark::State& state) {
  step_one_character(state, {100, 100}, {800, 800});
}
BENCHMARK(step_on_open_ground);
void step_among_houses(benchmark::State& state) {
  step_one_character(state, {920, 920}, {1110, 1110});
}
BENCHMARK(step_among_houses);

void receive_and_take_frames(benchmark::State& state) {
  InputQueue queue;
  std::uint32_t next = 1;
  const std::array<InputFrame, 3> batch{};
  for (auto _ : state) {
    receive_frames(queue, next, batch);
    next += 3;
    for (int tick = 0; tick < 3; ++tick) benchmark::DoNotOptimize(take_frames(queue, {}));
  }
}
BENCHMARK(receive_and_take_frames);

/// One iteration is one tick of all rules, with everybody running.
void tick_of_running_players(benchmark::State& state) {
  TestWorld world(hilly_zone());
  const auto count = static_cast<std::uint64_t>(state.range(0));
  RandomStream random(6);
  std::vector<EntityId> players;
  std::vector<InputFrame> frames;
  while (players.size() < count) {
    for (int i = 0; i < 500; ++i) {
      const std::uint64_t number = players.size() + static_cast<std::uint64_t>(i) + 1;
      world.intend(presence::EnterWorld{
          .session = {number},
          .character = {number},
          .position = {random.between(400, 1650), 100, random.between(400, 1650)},
          .flags = presence::kHasSavedPosition});
    }
    world.step();
    for (const auto& entered : world.events<presence::EnteredWorld>()) {
      players.push_back(entered.entity);
      frames.push_back(random_frame(random));
    }
  }
  std::uint32_t tick = 0;
  for (auto _ : state) {
    state.PauseTiming();
    ++tick;
    for (std::size_t i = 0; i < players.size(); ++i) {
      if ((tick + i) % 3 != 0) continue;
      if (random.chance(0.05f)) frames[i] = random_frame(random);
      MoveInputs intent{.entity = players[i], .first_frame = tick, .count = 3};
      intent.frames.fill(frames[i]);
      world.intend(intent);
    }
    state.ResumeTiming();
    world.step();
  }
  state.counters["per_player"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(players.size()),
      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.SetLabel("hash " + std::to_string(world.registry.hash()));
}
BENCHMARK(tick_of_running_players)->Arg(2000)->Arg(5000)->Iterations(300);

}  // namespace
}  // namespace tessera::movement
