// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Telling 5,000 players of doors, in a world like the vale: 100 doors in a town of 230 m, 40 on
// farms all over 4 km. `half_m`: all within so many metres of the middle; `changes`: doors that
// open or close in a pass.
#include <benchmark/benchmark.h>

#include "engine/core/random.h"
#include "engine/physics/box.h"
#include "world/tick/door_news.h"

namespace tessera::tick {
namespace {

constexpr std::uint64_t kPlayers = 5'000;

std::shared_ptr<const physics::StaticGeometry> doors_like_the_vale() {
  RandomStream random(1);
  std::vector<physics::BoxShape> leaves;
  for (int i = 0; i < 140; ++i) {
    const float half = i < 100 ? 115.0f : 1900.0f;
    leaves.push_back(
        {{2048 + random.between(-half, half), 1.2f, 2048 + random.between(-half, half)},
         {0.8f, 1.2f, 0.1f},
         random.between(-3, 3)});
  }
  return physics::geometry_of_boxes({{0, 0}, {4096, 4096}}, {}, {}, leaves);
}

void tell_doors_to_5000(benchmark::State& state) {
  const auto half = static_cast<float>(state.range(0));
  RandomStream random(2);
  cluster::Link link;
  intake::SessionTable sessions;
  ecs::Registry registry(1);
  for (std::uint64_t id = 1; id <= kPlayers; ++id) {
    sessions.add({.id = {id}, .link = &link, .character = {id}, .account = {id}, .entity = {}});
    registry.create(
        Position{{2048 + random.between(-half, half), 0, 2048 + random.between(-half, half)}},
        PlayerControl{{id}, {id}, {id}});
  }
  DoorNews news{doors::DoorIndex(*doors_like_the_vale())};
  auto& open = registry.singleton<doors::Doors>().open;
  TickNumber now = 0;
  std::size_t messages = 0;
  std::size_t bytes_told = 0;
  const auto count = [&](const cluster::DownHeader&, std::span<const std::byte> bytes) {
    ++messages;
    bytes_told += bytes.size();
  };
  for (auto _ : state) {
    for (std::int64_t i = 0; i < state.range(1); ++i) {
      const std::uint32_t door = random.below(100);
      open[door / 64] ^= std::uint64_t{1} << (door % 64);
    }
    now += doors::kPassInterval;
    news.tell(now, registry, sessions);
    state.PauseTiming();
    link.drain_down(count);
    state.ResumeTiming();
  }
  const auto passes = static_cast<double>(state.iterations());
  state.counters["messages"] = static_cast<double>(messages) / passes;
  state.counters["bytes"] = static_cast<double>(bytes_told) / passes;
}
BENCHMARK(tell_doors_to_5000)
    ->ArgNames({"half_m", "changes"})
    ->Args({2000, 0})
    ->Args({115, 0})
    ->Args({2000, 1})
    ->Args({115, 1})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tessera::tick
