// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Paths, long ways, flow fields and crowds, on a default world grown from a seed and on any mesh:
//   nav_benchmark [--mesh FILE.obj]... [flags of Google Benchmark]
// Every row has fresh queries from a seed and prints, as `checksum`, a hash of the first of its
// answers: equal checksums mean equal answers. bare_detour_* rows ask Detour itself the same, from
// polygons it already knows.
#include <benchmark/benchmark.h>
#include <recastnavigation/DetourNavMesh.h>
#include <recastnavigation/DetourNavMeshQuery.h>
#define TINYOBJLOADER_IMPLEMENTATION  // of the header in grounds.h

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/hash.h"
#include "engine/nav/build/tile_build.h"
#include "engine/nav/crowd/flow_field.h"
#include "engine/nav/crowd/steering.h"
#include "engine/nav/mesh/locate.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/testing/grounds.h"
#include "engine/nav/ways/portal_graph.h"

namespace tessera::nav {
namespace {

using testing::connected_pairs, testing::DefaultWorld, testing::Ground, testing::kCorners;
using testing::kNodes, testing::kQueries, testing::kSeed, testing::Query, testing::random_place;

constexpr std::size_t kChecked = 2048;  ///< answers in a checksum

double checksum(const StateHash& hash) { return static_cast<double>(hash.value() & 0xffffffffu); }

void add(StateHash& hash, std::span<const math::Vec3> places) { hash.add(std::as_bytes(places)); }

void path_short(benchmark::State& state, const Ground& ground) {
  PathFinder finder(*ground.mesh, {.nodes_max = kNodes});
  std::array<math::Vec3, kCorners> corners;
  StateHash hash;
  std::uint64_t nodes = 0;
  for (std::size_t i = 0; i < kChecked; ++i) {
    const Path path = finder.find_path(ground.queries[i].from, ground.queries[i].to, corners);
    add(hash, std::span(corners).first(path.corners));
    nodes += path.nodes;
  }
  std::size_t next = 0;
  for (auto _ : state) {
    const Query& query = ground.queries[next++ % ground.queries.size()];
    benchmark::DoNotOptimize(finder.find_path(query.from, query.to, corners));
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["nodes"] = static_cast<double>(nodes) / kChecked;
  state.counters["checksum"] = checksum(hash);
}

void bare_detour_path_short(benchmark::State& state, const Ground& ground) {
  dtNavMeshQuery query;
  if (dtStatusFailed(query.init(&ground.mesh->detour(), kNodes))) return;
  std::vector<std::pair<Location, Location>> ends;
  for (const Query& pair : ground.queries) {
    ends.emplace_back(locate(*ground.mesh, query, pair.from, 2),
                      locate(*ground.mesh, query, pair.to, 2));
  }
  const dtQueryFilter filter;
  std::array<dtPolyRef, 512> polygons;
  std::array<math::Vec3, kCorners> corners;
  const auto find = [&](const std::pair<Location, Location>& pair) {
    int count = 0;
    int written = 0;
    query.findPath(pair.first.polygon, pair.second.polygon, &pair.first.point.x,
                   &pair.second.point.x, &filter, polygons.data(), &count, 512);
    query.findStraightPath(&pair.first.point.x, &pair.second.point.x, polygons.data(), count,
                           &corners[0].x, nullptr, nullptr, &written, kCorners);
    return static_cast<std::size_t>(written);
  };
  StateHash hash;
  for (std::size_t i = 0; i < kChecked; ++i) add(hash, std::span(corners).first(find(ends[i])));
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(find(ends[next++ % ends.size()]));
  state.SetItemsProcessed(state.iterations());
  state.counters["checksum"] = checksum(hash);
}

void raycast(benchmark::State& state, const Ground& ground) {
  const PathFinder finder(*ground.mesh);
  std::size_t next = 0;
  for (auto _ : state) {
    const Query& query = ground.queries[next++ % ground.queries.size()];
    benchmark::DoNotOptimize(finder.raycast(query.from, query.to));
  }
  state.SetItemsProcessed(state.iterations());
}

void build_tiles(benchmark::State& state, const DefaultWorld& world, bool town) {
  std::vector<TilePlace> tiles;
  for (std::uint32_t i = 0; i < world.source.grid().count(); ++i) {
    const TilePlace tile = world.source.grid().at_index(i);
    if (world.source.detailed(tile, {}) == town) tiles.push_back(tile);
  }
  std::size_t next = 0;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto tile = build_tile(world.source, AgentSize::Small, tiles[next++ % tiles.size()]);
    bytes += tile ? tile->size() : 0;
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes_a_tile"] =
      static_cast<double>(bytes) / static_cast<double>(state.iterations());
}

void path_long(benchmark::State& state, const DefaultWorld& world) {
  const PathFinder places(*world.mesh);
  RandomStream random(kSeed);
  std::vector<Query> queries(kQueries);
  for (Query& query : queries) {
    query = {random_place(places, world.all, random), random_place(places, world.all, random)};
  }
  LongPathFinder finder(*world.mesh, world.graph);
  std::array<math::Vec3, 256> way;
  std::array<math::Vec3, kCorners> corners;
  StateHash hash;
  double complete = 0;
  double metres = 0;
  for (std::size_t i = 0; i < kChecked; ++i) {
    const LongPath path = finder.find_path(queries[i].from, queries[i].to, way, corners);
    add(hash, std::span(way).first(path.stops));
    add(hash, std::span(corners).first(path.corners));
    complete += path.outcome == PathOutcome::Complete ? 1 : 0;
    metres += static_cast<double>(path.length_m);
  }
  std::size_t next = 0;
  for (auto _ : state) {
    const Query& query = queries[next++ % queries.size()];
    benchmark::DoNotOptimize(finder.find_path(query.from, query.to, way, corners));
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["complete"] = complete / kChecked;
  state.counters["metres"] = metres / kChecked;
  state.counters["checksum"] = checksum(hash);
}

void flow_field_build(benchmark::State& state, const DefaultWorld& world) {
  const PathFinder places(*world.mesh);
  RandomStream random(kSeed);
  FlowField field;
  field.build(*world.mesh, random_place(places, world.town, random));
  const std::uint64_t hash = field.hash();
  const auto nodes = static_cast<double>(field.nodes());
  for (auto _ : state) {
    field.build(*world.mesh, random_place(places, world.town, random));
    benchmark::DoNotOptimize(field);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["nodes"] = nodes;
  state.counters["checksum"] = static_cast<double>(hash & 0xffffffffu);
}

/// A crowd on its way to one goal; who arrives starts again elsewhere. An iteration is a tick: ask
/// the field, steer, walk.
class Crowd {
 public:
  static constexpr std::size_t kWalkers = 2000;
  static constexpr float kTick_s = 1.0f / 60;

  explicit Crowd(const DefaultWorld& world) : world_(world), places_(*world.mesh) {
    field_.build(*world.mesh, random_place(places_, world.town, random_));
    for (std::size_t i = 0; i < kWalkers; ++i) start(i);
  }

  void tick(jobs::Pool& pool) {
    for (std::size_t i = 0; i < kWalkers; ++i) {
      const auto sample =
          field_.sample({walkers_[i].position.x, heights_[i], walkers_[i].position.z});
      walkers_[i].wish = sample ? sample->direction * kSpeed_m_s : math::Vec2{};
    }
    steering_.steer(pool, walkers_, velocities_);
  }

  /// Not part of what is measured: the body's motion is physics.
  void walk() {
    for (std::size_t i = 0; i < kWalkers; ++i) {
      Walker& walker = walkers_[i];
      walker.velocity = velocities_[i];
      walker.position = walker.position + velocities_[i] * kTick_s;
      const auto sample = field_.sample({walker.position.x, heights_[i], walker.position.z});
      if (!sample || sample->distance_m < 3) start(i);
    }
  }

  double hash() const {
    StateHash hash;
    hash.add(std::as_bytes(std::span(velocities_)));
    return checksum(hash);
  }

 private:
  static constexpr float kSpeed_m_s = 3;

  void start(std::size_t i) {
    for (;;) {
      const math::Vec3 place = random_place(places_, world_.town, random_);
      if (!field_.sample(place)) continue;
      walkers_[i] = {};
      walkers_[i].position = flat(place);
      heights_[i] = place.y;
      return;
    }
  }

  const DefaultWorld& world_;
  PathFinder places_;
  RandomStream random_{kSeed};
  FlowField field_;
  CrowdSteering steering_;
  std::array<Walker, kWalkers> walkers_{};
  std::array<float, kWalkers> heights_{};
  std::array<math::Vec2, kWalkers> velocities_{};
};

void steer_crowd(benchmark::State& state, const DefaultWorld& world) {
  jobs::Pool pool;
  auto crowd = std::make_unique<Crowd>(world);
  for (int i = 0; i < 300; ++i) {
    crowd->tick(pool);
    crowd->walk();
  }
  const double hash = crowd->hash();
  for (auto _ : state) {
    crowd->tick(pool);
    state.PauseTiming();
    crowd->walk();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(Crowd::kWalkers));
  state.counters["checksum"] = hash;
}

void register_ground(const std::shared_ptr<const Ground>& ground) {
  const auto row = [&](const char* name, void (*run)(benchmark::State&, const Ground&)) {
    benchmark::RegisterBenchmark((std::string(name) + "/" + ground->name).c_str(),
                                 [ground, run](benchmark::State& state) { run(state, *ground); });
  };
  row("path_short", path_short);
  row("bare_detour_path_short", bare_detour_path_short);
  row("walk_ray", raycast);
}

void register_world(const std::shared_ptr<const DefaultWorld>& world) {
  constexpr float kShort_m = 100;
  register_ground(std::make_shared<Ground>(Ground{
      "terrain", world->mesh, connected_pairs(*world->mesh, world->all, kShort_m, kQueries)}));
  register_ground(std::make_shared<Ground>(
      Ground{"town", world->mesh, connected_pairs(*world->mesh, world->town, kShort_m, kQueries)}));
  const auto row = [&](const char* name, auto run) {
    benchmark::RegisterBenchmark(name,
                                 [world, run](benchmark::State& state) { run(state, *world); });
  };
  row("path_long/vale", path_long);
  row("flow_field_build", flow_field_build);
  row("steer_crowd", steer_crowd);
  row("build_tile/terrain",
      [](benchmark::State& state, const DefaultWorld& w) { build_tiles(state, w, false); });
  row("build_tile/town",
      [](benchmark::State& state, const DefaultWorld& w) { build_tiles(state, w, true); });
}

}  // namespace
}  // namespace tessera::nav

int main(int argc, char** argv) {
  std::vector<std::string> files;
  int kept = 1;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--mesh") == 0 && i + 1 < argc) {
      files.emplace_back(argv[++i]);
    } else {
      argv[kept++] = argv[i];
    }
  }
  argc = kept;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  for (const std::string& file : files) {
    std::vector<tessera::physics::Triangle> triangles;
    if (!tessera::nav::testing::read_obj(file, triangles)) return 1;
    tessera::nav::register_ground(std::make_shared<tessera::nav::testing::Ground>(
        tessera::nav::testing::mesh_ground(file, triangles)));
  }
  tessera::nav::register_world(std::make_shared<tessera::nav::testing::DefaultWorld>());
  benchmark::RunSpecifiedBenchmarks();
}
