// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the registry costs, and beside each figure what plain arrays would. ns_per_entity is the one
// to compare; performance.md has those of EnTT and flecs on the same machine.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/core/random.h"
#include "engine/ecs/registry.h"

namespace tessera::ecs {
namespace {

struct Position {
  float x = 0, y = 0, z = 0;
  friend constexpr auto describe(Described<Position>) {
    return component<Position>("position", {}, field("x", &Position::x), field("y", &Position::y),
                               field("z", &Position::z));
  }
};
struct Velocity {
  float x = 0, y = 0, z = 0;
  friend constexpr auto describe(Described<Velocity>) {
    return component<Velocity>("velocity", {}, field("x", &Velocity::x), field("y", &Velocity::y),
                               field("z", &Velocity::z));
  }
};
constexpr std::array kNames{"c0", "c1", "c2", "c3", "c4", "c5", "c6"};
template <std::size_t kNumber>
struct Value {
  float value = 0;
  friend constexpr auto describe(Described<Value>) {
    return component<Value>(kNames[kNumber], {}, field("value", &Value::value));
  }
};

constexpr std::size_t kEntities = 100'000;
constexpr float kSeconds = 1.0f / 60;

/// Reports time an entity besides the time a round: for people, and as a plain number for tools.
void per_entity(benchmark::State& state, std::size_t entities) {
  using benchmark::Counter;
  const auto all = static_cast<double>(state.iterations()) * static_cast<double>(entities);
  const auto seconds_each = Counter::kIsRate | Counter::kInvert;
  state.SetItemsProcessed(static_cast<std::int64_t>(all));
  state.counters["each"] = Counter(all, seconds_each);
  state.counters["ns_per_entity"] = Counter(all / 1e9, seconds_each);
}

std::vector<std::uint32_t> shuffled(std::size_t count) {
  RandomStream random(1);
  std::vector<std::uint32_t> order(count);
  for (std::uint32_t i = 0; i < count; ++i) order[i] = i;
  for (std::uint32_t i = static_cast<std::uint32_t>(count); i > 1; --i) {
    std::swap(order[i - 1], order[random.below(i)]);
  }
  return order;
}

std::vector<EntityId> populate(Registry& registry, std::size_t count) {
  std::vector<EntityId> entities;
  registry.reserve<Position, Velocity>(count);
  for (std::size_t i = 0; i < count; ++i) {
    entities.push_back(registry.create(Position{}, Velocity{1, 2, 3}));
  }
  return entities;
}

// ---- create -----------------------------------------------------------------------------------

void create_2(benchmark::State& state) {
  Registry registry;
  std::vector<EntityId> entities = populate(registry, kEntities);
  for (auto _ : state) {
    state.PauseTiming();
    for (const EntityId entity : entities) registry.destroy(entity);
    state.ResumeTiming();
    for (EntityId& entity : entities) entity = registry.create(Position{}, Velocity{1, 2, 3});
  }
  per_entity(state, kEntities);
}
BENCHMARK(create_2);

void baseline_create_2(benchmark::State& state) {
  std::vector<Position> positions(kEntities);
  std::vector<Velocity> velocities(kEntities);
  for (auto _ : state) {
    positions.clear();
    velocities.clear();
    for (std::size_t i = 0; i < kEntities; ++i) {
      positions.push_back({});
      velocities.push_back({1, 2, 3});
    }
    benchmark::ClobberMemory();
  }
  per_entity(state, kEntities);
}
BENCHMARK(baseline_create_2);

// ---- iterate ----------------------------------------------------------------------------------

constexpr std::size_t kMillion = 1'000'000;

void iterate_2_1M(benchmark::State& state) {
  Registry registry;
  populate(registry, kMillion);
  for (auto _ : state) {
    registry.view<Position, const Velocity>().each([](Position& p, const Velocity& v) {
      p.x += v.x * kSeconds;
      p.y += v.y * kSeconds;
      p.z += v.z * kSeconds;
    });
    benchmark::ClobberMemory();
  }
  per_entity(state, kMillion);
}
BENCHMARK(iterate_2_1M);

void baseline_iterate_2_1M(benchmark::State& state) {
  std::vector<Position> positions(kMillion);
  std::vector<Velocity> velocities(kMillion, {1, 2, 3});
  for (auto _ : state) {
    Position* const p = positions.data();
    const Velocity* const v = velocities.data();
    for (std::size_t i = 0; i < kMillion; ++i) {
      p[i].x += v[i].x * kSeconds;
      p[i].y += v[i].y * kSeconds;
      p[i].z += v[i].z * kSeconds;
    }
    benchmark::ClobberMemory();
  }
  per_entity(state, kMillion);
}
BENCHMARK(baseline_iterate_2_1M);

// 20 tables; every one has the three components that are asked for, and a different choice of the
// other four. (16 choices, and four of them once more with Position.)
template <std::size_t kChoice, class... Extra>
void fill_table(Registry& registry, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const EntityId entity = registry.create(Value<0>{1}, Value<1>{2}, Value<2>{3}, Extra{}...);
    if constexpr ((kChoice & 1) != 0) registry.add_component(entity, Value<3>{});
    if constexpr ((kChoice & 2) != 0) registry.add_component(entity, Value<4>{});
    if constexpr ((kChoice & 4) != 0) registry.add_component(entity, Value<5>{});
    if constexpr ((kChoice & 8) != 0) registry.add_component(entity, Value<6>{});
  }
}

void iterate_3_of_7_in_20_archetypes(benchmark::State& state) {
  constexpr std::size_t kEach = 5'000;
  constexpr std::size_t kTables = 20;
  Registry registry;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (fill_table<I>(registry, kEach), ...);
  }(std::make_index_sequence<16>{});
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (fill_table<I, Position>(registry, kEach), ...);
  }(std::make_index_sequence<4>{});
  for (auto _ : state) {
    registry.view<Value<0>, const Value<1>, const Value<2>>().each(
        [](Value<0>& a, const Value<1>& b, const Value<2>& c) { a.value += b.value * c.value; });
    benchmark::ClobberMemory();
  }
  per_entity(state, kEach * kTables);
}
BENCHMARK(iterate_3_of_7_in_20_archetypes);

void baseline_iterate_3_of_7_in_20_archetypes(benchmark::State& state) {
  constexpr std::size_t kEach = 5'000;
  constexpr std::size_t kTables = 20;
  struct Table {
    std::vector<Value<0>> a = std::vector<Value<0>>(kEach, {1});
    std::vector<Value<1>> b = std::vector<Value<1>>(kEach, {2});
    std::vector<Value<2>> c = std::vector<Value<2>>(kEach, {3});
  };
  std::vector<Table> tables(kTables);
  for (auto _ : state) {
    for (Table& table : tables) {
      Value<0>* const a = table.a.data();
      const Value<1>* const b = table.b.data();
      const Value<2>* const c = table.c.data();
      for (std::size_t i = 0; i < kEach; ++i) a[i].value += b[i].value * c[i].value;
    }
    benchmark::ClobberMemory();
  }
  per_entity(state, kEach * kTables);
}
BENCHMARK(baseline_iterate_3_of_7_in_20_archetypes);

// ---- structure --------------------------------------------------------------------------------

// One add and one remove for every entity.
void add_remove(benchmark::State& state) {
  Registry registry;
  const std::vector<EntityId> entities = populate(registry, kEntities);
  registry.reserve<Position, Velocity, Value<0>>(kEntities);
  for (auto _ : state) {
    for (const EntityId entity : entities) registry.add_component(entity, Value<0>{1});
    for (const EntityId entity : entities) registry.remove_component<Value<0>>(entity);
  }
  per_entity(state, kEntities);
}
BENCHMARK(add_remove);

// The same moves between two pairs of plain arrays, knowing all places.
void baseline_add_remove(benchmark::State& state) {
  std::vector<Position> positions(kEntities), more_positions(kEntities);
  std::vector<Velocity> velocities(kEntities), more_velocities(kEntities);
  std::vector<Value<0>> values(kEntities);
  for (auto _ : state) {
    for (std::size_t i = 0; i < kEntities; ++i) {
      more_positions[i] = positions[i];
      more_velocities[i] = velocities[i];
      values[i] = {1};
    }
    benchmark::ClobberMemory();
    for (std::size_t i = 0; i < kEntities; ++i) {
      positions[i] = more_positions[i];
      velocities[i] = more_velocities[i];
    }
    benchmark::ClobberMemory();
  }
  per_entity(state, kEntities);
}
BENCHMARK(baseline_add_remove);

void get_shuffled(benchmark::State& state, std::size_t count) {
  Registry registry;
  const std::vector<EntityId> entities = populate(registry, count);
  const Registry& reader = registry;
  std::vector<EntityId> asked;
  for (const std::uint32_t i : shuffled(count)) asked.push_back(entities[i]);
  for (auto _ : state) {
    float sum = 0;
    for (const EntityId entity : asked) sum += reader.get<Position>(entity)->x;
    benchmark::DoNotOptimize(sum);
  }
  per_entity(state, count);
}
void random_get(benchmark::State& state) { get_shuffled(state, kEntities); }
BENCHMARK(random_get);
void random_get_1M(benchmark::State& state) { get_shuffled(state, kMillion); }
BENCHMARK(random_get_1M);

void read_shuffled(benchmark::State& state, std::size_t count) {
  const std::vector<Position> positions(count);
  const std::vector<std::uint32_t> asked = shuffled(count);
  for (auto _ : state) {
    float sum = 0;
    for (const std::uint32_t i : asked) sum += positions[i].x;
    benchmark::DoNotOptimize(sum);
  }
  per_entity(state, count);
}
void baseline_random_get(benchmark::State& state) { read_shuffled(state, kEntities); }
BENCHMARK(baseline_random_get);
void baseline_random_get_1M(benchmark::State& state) { read_shuffled(state, kMillion); }
BENCHMARK(baseline_random_get_1M);

void destroy(benchmark::State& state) {
  Registry registry;
  std::vector<EntityId> entities = populate(registry, kEntities);
  const std::vector<std::uint32_t> order = shuffled(kEntities);
  for (auto _ : state) {
    for (const std::uint32_t i : order) registry.destroy(entities[i]);
    state.PauseTiming();
    for (EntityId& entity : entities) entity = registry.create(Position{}, Velocity{1, 2, 3});
    state.ResumeTiming();
  }
  per_entity(state, kEntities);
}
BENCHMARK(destroy);

// Filling the hole with the last element, in plain arrays, knowing all places.
void baseline_destroy(benchmark::State& state) {
  std::vector<Position> positions(kEntities);
  std::vector<Velocity> velocities(kEntities);
  RandomStream random(2);
  for (auto _ : state) {
    for (std::size_t left = kEntities; left > 0; --left) {
      const std::uint32_t hole = random.below(static_cast<std::uint32_t>(left));
      positions[hole] = positions[left - 1];
      velocities[hole] = velocities[left - 1];
    }
    benchmark::ClobberMemory();
  }
  per_entity(state, kEntities);
}
BENCHMARK(baseline_destroy);

// ---- state ------------------------------------------------------------------------------------

void hash_all_changed(benchmark::State& state) {
  Registry registry;
  populate(registry, kEntities);
  for (auto _ : state) {
    registry.advance_version();
    registry.view<Position, Velocity>().chunks([](auto&&...) {});
    benchmark::DoNotOptimize(registry.hash());
  }
  per_entity(state, kEntities);
}
BENCHMARK(hash_all_changed);

void hash_none_changed(benchmark::State& state) {
  Registry registry;
  populate(registry, kEntities);
  for (auto _ : state) {
    registry.advance_version();
    benchmark::DoNotOptimize(registry.hash());
  }
  per_entity(state, kEntities);
}
BENCHMARK(hash_none_changed);

void serialise(benchmark::State& state) {
  Registry registry;
  populate(registry, kEntities);
  std::vector<std::byte> checkpoint;
  for (auto _ : state) {
    checkpoint.clear();
    registry.serialise(checkpoint);
  }
  per_entity(state, kEntities);
}
BENCHMARK(serialise);

}  // namespace
}  // namespace tessera::ecs
