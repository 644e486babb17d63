// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
//   physics_benchmark [--mesh FILE.obj]... [flags of Google Benchmark]
//
// What physics costs: moves of characters and casts of rays on the default world and on meshes, and
// the same with Bullet, for comparison. Every query is a new one, from a fixed seed; the checksum
// of the results is printed, so that runs and builds can be compared.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>

#include "engine/core/hash.h"
#include "engine/math/angles.h"
#include "engine/physics/motion/body_motion.h"
#include "tools/benchmarks/grounds.h"

namespace tessera::benchmarks {
namespace {

constexpr float kRun_m = 5.5f / 60;
constexpr std::size_t kWalkers = 2048;
constexpr float kSight_m = 40;

struct Walker {
  physics::Body body;
  math::Vec2 way;
  float fall_m_per_s = 0;
};

math::Vec2 random_way(RandomStream& random) {
  return math::direction_of_heading(random.between(-math::kPi, math::kPi)) * kRun_m;
}

/// Characters run about, one tick an iteration: they turn now and then, sooner when something is in
/// their way, and fall where there is no floor.
void capsule_move(benchmark::State& state, const Ground& ground) {
  const physics::CollisionWorld world(ground.geometry);
  const physics::BodyShape shape;
  RandomStream random(11);
  std::vector<Walker> walkers(kWalkers);
  for (Walker& walker : walkers) {
    walker.body.position = free_place(ground, world, random);
    walker.way = random_way(random);
  }
  std::uint64_t contacts = 0;
  std::size_t i = 0;
  for (auto _ : state) {
    Walker& walker = walkers[i];
    i = (i + 1) % kWalkers;
    if (!walker.body.grounded) {
      walker.fall_m_per_s = std::min(walker.fall_m_per_s + 20.0f / 60, 50.0f);
      const auto fallen = physics::rise(world, shape, walker.body, -walker.fall_m_per_s / 60);
      if (fallen != physics::Rise::AsAsked) walker.fall_m_per_s = 0;
    }
    const bool free_way = physics::walk(world, shape, walker.body, walker.way);
    contacts += free_way ? 0 : 1;
    if (random.chance(free_way ? 0.005f : 0.02f)) walker.way = random_way(random);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  StateHash hash;
  for (const Walker& walker : walkers) hash.add(std::as_bytes(std::span(&walker.body.position, 1)));
  state.counters["contact"] =
      static_cast<double>(contacts) / static_cast<double>(state.iterations());
  state.SetLabel("checksum " + std::to_string(hash.value()));
}

/// Who sees whom: rays between the eyes of people who stand within 40 m of each other. Their
/// distances are shares of the way between.
std::vector<physics::Ray> make_rays(const Ground& ground, std::size_t count) {
  const physics::CollisionWorld world(ground.geometry);
  RandomStream random(12);
  std::vector<math::Vec3> eyes(8192);
  for (math::Vec3& place : eyes) {
    place = free_place(ground, world, random) + math::Vec3{0, 1.6f, 0};
  }
  std::vector<physics::Ray> rays;
  while (rays.size() < count) {
    const math::Vec3 from = eyes[random.below(static_cast<std::uint32_t>(eyes.size()))];
    const math::Vec3 to = eyes[random.below(static_cast<std::uint32_t>(eyes.size()))];
    if (distance(from, to) < kSight_m && !(from == to)) rays.push_back({from, to - from});
  }
  return rays;
}

void ray_cast(benchmark::State& state, const Ground& ground) {
  const auto rays = make_rays(ground, 1 << 18);
  std::size_t i = 0;
  std::uint64_t hits = 0;
  StateHash hash;
  for (auto _ : state) {
    const auto hit = ground.geometry->solids.cast_ray(rays[i++ % rays.size()], 1);
    if (hit) {
      ++hits;
      if (i <= rays.size()) hash.add(std::as_bytes(std::span(&*hit, 1)));
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  state.counters["hit"] = static_cast<double>(hits) / static_cast<double>(state.iterations());
  state.SetLabel("checksum " + std::to_string(hash.value()));
}

void add_rows(const std::vector<Ground>& grounds) {
  for (const Ground& ground : grounds) {
    benchmark::RegisterBenchmark(
        ("capsule_move/" + ground.name).c_str(),
        [&ground](benchmark::State& state) { capsule_move(state, ground); });
  }
  for (const Ground& ground : grounds) {
    benchmark::RegisterBenchmark(("ray_cast/" + ground.name).c_str(),
                                 [&ground](benchmark::State& state) { ray_cast(state, ground); });
  }
}

}  // namespace
}  // namespace tessera::benchmarks

int main(int argc, char** argv) {
  const auto grounds = tessera::benchmarks::load_grounds(argc, argv);
  if (!grounds) {
    std::fprintf(stderr, "physics_benchmark: %s\n", grounds.error().message.c_str());
    return 1;
  }
  tessera::benchmarks::add_rows(*grounds);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
