// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What fighting costs by itself. One iteration is a tick; `us` is what its rules took, bodies and
// ways left out (they have benchmarks of their own).
//
//   battle      2,500 players and 2,500 creatures, each one ability a second, five effects each
//   abilities   so many abilities in a tick that they are all it does: `per_s` is the goal's figure
//   effects     25,000 effects that are due in every tick
//   minds       25,000 creatures fight, and think once in six ticks
#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <string_view>

#include "gameplay/testing/battlefield.h"

namespace tessera {
namespace {

using Clock = std::chrono::steady_clock;

/// Time of the systems whose names have one of these words.
class Stopwatch : public ecs::SystemProbe {
 public:
  Stopwatch(ecs::Schedule& schedule, bool with, std::vector<std::string_view> words)
      : schedule_(schedule) {
    for (const std::string& name : schedule.names()) {
      const bool has = std::ranges::any_of(
          words, [&](std::string_view word) { return name.find(word) != std::string::npos; });
      counts_.push_back(has == with);
    }
    schedule.set_probe(this);
  }
  ~Stopwatch() override { schedule_.set_probe(nullptr); }
  void system_begins(std::size_t) override { began_ = Clock::now(); }
  void system_ends(std::size_t system) override {
    if (counts_[system]) seconds_ += std::chrono::duration<double>(Clock::now() - began_).count();
  }
  double seconds() const { return seconds_; }

 private:
  ecs::Schedule& schedule_;
  std::vector<bool> counts_;
  Clock::time_point began_;
  double seconds_ = 0;
};

struct Counts {
  std::uint64_t used = 0;
  std::uint64_t events = 0;
};

Counts run(benchmark::State& state, Battlefield& field, Stopwatch& watch, float press_chance) {
  Counts counts;
  for (auto _ : state) {
    field.press(press_chance);
    const double before = watch.seconds();
    field.arena.world.step();
    state.SetIterationTime(watch.seconds() - before);
    counts.used += field.arena.world.events<abilities::AbilityStarted>().size();
    counts.events += field.arena.world.events<combat::CombatEvent>().size();
  }
  state.counters["used"] =
      benchmark::Counter(static_cast<double>(counts.used), benchmark::Counter::kAvgIterations);
  state.counters["events"] =
      benchmark::Counter(static_cast<double>(counts.events), benchmark::Counter::kAvgIterations);
  state.SetLabel("hash " + std::to_string(field.arena.world.registry.hash()));
  return counts;
}

void battle(benchmark::State& state) {
  Battlefield field({.players = 2500});
  field.arena.world.step(60);
  Stopwatch watch(field.arena.world.schedule(), false,
                  {"movement::", "wander", "crowd", "find_paths", "record_positions"});
  run(state, field, watch, 1.0f / kTicksPerSecond);
}
BENCHMARK(battle)->Iterations(300)->Unit(benchmark::kMicrosecond)->UseManualTime();

void abilities_used(benchmark::State& state) {
  Battlefield field({.players = 2500, .effects = 0, .creatures_use_s = 3600});
  field.arena.world.step(60);
  Stopwatch watch(field.arena.world.schedule(), true, {"UseAbilities", "FlyMissiles", "Resolve"});
  const Counts counts = run(state, field, watch, 1);
  state.counters["per_s"] = static_cast<double>(counts.used) / watch.seconds();
}
BENCHMARK(abilities_used)->Iterations(60)->Unit(benchmark::kMicrosecond)->UseManualTime();

void effects_due(benchmark::State& state) {
  Battlefield field({.players = 2500, .effect_period_s = 0, .creatures_use_s = 3600});
  field.arena.world.step(240);
  Stopwatch watch(field.arena.world.schedule(), true, {"Resolve"});
  const Counts counts = run(state, field, watch, 0);
  state.counters["per_s"] = static_cast<double>(counts.events) / watch.seconds();
}
BENCHMARK(effects_due)->Iterations(60)->Unit(benchmark::kMicrosecond)->UseManualTime();

void minds(benchmark::State& state) {
  Battlefield field({.creatures_each = 10, .effects = 0});
  field.arena.world.step(60);
  Stopwatch watch(field.arena.world.schedule(), true, {"Think"});
  run(state, field, watch, 0);
  const double turns =
      static_cast<double>(field.creatures.size()) * static_cast<double>(state.iterations()) / 6;
  state.counters["per_s"] = turns / watch.seconds();
}
BENCHMARK(minds)->Iterations(300)->Unit(benchmark::kMicrosecond)->UseManualTime();

}  // namespace
}  // namespace tessera
