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
#include "tools/benchmarks/bullet_world.h"
#include "tools/benchmarks/grounds.h"
#include "tools/benchmarks/query_rows.h"

namespace tessera::benchmarks {
namespace {

constexpr float kRun_m = 5.5f / 60;
constexpr std::size_t kWalkers = 2048;
/// Until they have spread from where they started; the checksum is of their places then.
constexpr std::size_t kMovesBefore = 300 * kWalkers;

struct Walker {
  physics::Body body;
  math::Vec2 way;
  float fall_m_per_s = 0;
};

struct Way {
  math::Vec3 from;
  math::Vec3 to;
};

/// Characters run about, in a straight line for some seconds, along what is in their way, and fall
/// where there is no floor.
class Crowd {
 public:
  explicit Crowd(const Ground& ground) : world_(ground.geometry), walkers_(kWalkers) {
    const auto places = free_places(ground, kWalkers, random_);
    for (std::size_t i = 0; i < kWalkers; ++i) {
      walkers_[i].body.position = places[i];
      turn(walkers_[i]);
    }
  }

  /// The next one runs for a tick. False if something was in its way.
  bool move() {
    Walker& walker = walkers_[next_];
    next_ = (next_ + 1) % kWalkers;
    if (random_.chance(kTurnChance)) turn(walker);
    if (!walker.body.grounded) {
      walker.fall_m_per_s = std::min(walker.fall_m_per_s + 20.0f / 60, 50.0f);
      const auto fallen = physics::rise(world_, shape_, walker.body, -walker.fall_m_per_s / 60);
      if (fallen != physics::Rise::AsAsked) walker.fall_m_per_s = 0;
    }
    return physics::walk(world_, shape_, walker.body, walker.way);
  }

  /// A move as it would be on level ground without anything in its way; the move is made, too.
  Way next_way() {
    const Walker& walker = walkers_[next_];
    const Way way{walker.body.position,
                  walker.body.position + math::Vec3{walker.way.x, 0, walker.way.z}};
    move();
    return way;
  }

  std::uint64_t checksum() const {
    StateHash hash;
    for (const Walker& walker : walkers_) {
      hash.add(std::as_bytes(std::span(&walker.body.position, 1)));
    }
    return hash.value();
  }

 private:
  static constexpr float kTurnChance = 0.004f;

  void turn(Walker& walker) {
    walker.way = math::direction_of_heading(random_.between(-math::kPi, math::kPi)) * kRun_m;
  }

  physics::CollisionWorld world_;
  physics::BodyShape shape_;
  RandomStream random_{11};
  std::vector<Walker> walkers_;
  std::size_t next_ = 0;
};

void capsule_move(benchmark::State& state, const Ground& ground) {
  Crowd crowd(ground);
  for (std::size_t i = 0; i < kMovesBefore; ++i) crowd.move();
  state.SetLabel("checksum " + std::to_string(crowd.checksum()));
  std::uint64_t contacts = 0;
  for (auto _ : state) contacts += crowd.move() ? 0 : 1;
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  state.counters["contact"] =
      static_cast<double>(contacts) / static_cast<double>(state.iterations());
}

/// Bullet casts the capsule along the way of each move, once: a character controller made of it
/// needs several of these casts a move.
void bullet_capsule_sweep(benchmark::State& state, const Ground& ground) {
  const BulletWorld bullet(ground.geometry->solids);
  Crowd crowd(ground);
  for (std::size_t i = 0; i < kMovesBefore; ++i) crowd.move();
  std::vector<Way> ways;
  for (std::size_t i = 0; i < (1 << 16); ++i) ways.push_back(crowd.next_way());
  std::size_t i = 0;
  for (auto _ : state) {
    const Way& way = ways[i++ % ways.size()];
    benchmark::DoNotOptimize(bullet.sweep_player(way.from, way.to));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

/// Bullet has the triangles, and no terrain: compare where there is none.
void bullet_ray_cast(benchmark::State& state, const Ground& ground) {
  const BulletWorld bullet(ground.geometry->solids);
  const QueryGround queries = query_ground(ground);
  const auto make = [&](RandomStream& random) { return random_ray(queries, random); };
  run_row(state, 1, make, [&](const RayQuery& ray) {
    return bullet.cast_ray(ray.from, ray.from + ray.way) ? 1u : 0u;
  });
}

template <void (*kRow)(benchmark::State&, const QueryGround&)>
void query_row(benchmark::State& state, const Ground& ground) {
  kRow(state, query_ground(ground));
}

void add_rows(const Grounds& grounds) {
  using Row = void (*)(benchmark::State&, const Ground&);
  constexpr std::pair<const char*, Row> kRows[] = {
      {"capsule_move", capsule_move},          {"bullet_capsule_sweep", bullet_capsule_sweep},
      {"ray_cast", query_row<ray_cast>},       {"bullet_ray_cast", bullet_ray_cast},
      {"sphere_cast", query_row<sphere_cast>}, {"overlap_sphere", query_row<overlap_sphere>},
  };
  for (const auto& [name, row] : kRows) {
    for (const Ground* ground : grounds.all()) {
      benchmark::RegisterBenchmark(
          (std::string(name) + "/" + ground->name).c_str(),
          [row = row, ground](benchmark::State& state) { row(state, *ground); });
    }
  }
  benchmark::RegisterBenchmark("projectile_step", [&grounds](benchmark::State& state) {
    projectile_step(state, query_ground(grounds.town));
  });
  benchmark::RegisterBenchmark("overlap_crowd_sphere", overlap_crowd_sphere);
  benchmark::RegisterBenchmark("overlap_crowd_cone", overlap_crowd_cone);
  benchmark::RegisterBenchmark("overlap_crowd_box", overlap_crowd_box);
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
