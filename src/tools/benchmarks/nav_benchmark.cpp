// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Paths, long ways, flow fields and crowds, on the default world and on any mesh:
//   nav_benchmark [--mesh FILE.obj]... [flags of Google Benchmark]
// Every row has fresh queries from a seed and prints, as `checksum`, a hash of the first of its
// answers: equal checksums mean equal answers. bare_detour_* rows ask Detour itself the same, from
// polygons it already knows.
#include <benchmark/benchmark.h>
#include <recastnavigation/DetourNavMesh.h>
#include <recastnavigation/DetourNavMeshQuery.h>

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
#include "engine/nav/crowd/flow_field.h"
#include "engine/nav/crowd/steering.h"
#include "engine/nav/mesh/locate.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/testing/sample_world.h"
#include "engine/nav/ways/portal_graph.h"
#include "tools/benchmarks/grounds.h"

namespace tessera::benchmarks {
namespace {

using namespace nav;  // what is measured

constexpr std::uint64_t kSeed = 20;
constexpr std::size_t kQueries = 1 << 16;
constexpr std::size_t kCorners = 64;
constexpr std::uint32_t kNodes = 4096;

struct Query {
  math::Vec3 from;
  math::Vec3 to;
};

/// Where paths are asked for: a mesh and pairs of places with a way between them.
struct PathGround {
  std::string name;
  std::shared_ptr<const NavigationMesh> mesh;
  std::vector<Query> queries;
};

/// A random place on the mesh, within the box.
math::Vec3 random_place(const PathFinder& finder, const physics::Bounds& box,
                        RandomStream& random) {
  for (;;) {
    const math::Vec3 guess{random.between(box.low.x, box.high.x),
                           random.between(box.low.y, box.high.y),
                           random.between(box.low.z, box.high.z)};
    const auto place = finder.nearest_point(guess, box.high.y - box.low.y + 4);
    if (place) return *place;
  }
}

std::vector<Query> connected_pairs(const NavigationMesh& mesh, const physics::Bounds& box,
                                   float distance_max) {
  PathFinder finder(mesh, {.nodes_max = kNodes});
  RandomStream random(kSeed);
  std::array<math::Vec3, kCorners> corners;
  std::vector<Query> queries;
  while (queries.size() < kQueries) {
    const math::Vec3 from = random_place(finder, box, random);
    physics::Bounds near;
    near.add(from);
    near.grow(distance_max);
    near.low = {std::max(near.low.x, box.low.x), box.low.y, std::max(near.low.z, box.low.z)};
    near.high = {std::min(near.high.x, box.high.x), box.high.y, std::min(near.high.z, box.high.z)};
    const math::Vec3 to = random_place(finder, near, random);
    const Path path = finder.find_path(from, to, corners);
    if (path.outcome == PathOutcome::Complete && !path.truncated) queries.push_back({from, to});
  }
  return queries;
}

/// The default world as compiled content has it.
struct World {
  std::shared_ptr<const NavigationMesh> mesh;
  PortalGraph graph;
  physics::Bounds all{{8, 0, 8}, {4088, 60, 4088}};
  physics::Bounds town;
};

World world_of(const Grounds& grounds) {
  const NavigationData& compiled = grounds.vale->navigation;
  const physics::Rectangle& bounds = grounds.vale->bounds;
  NavigationMesh mesh(tile_grid({bounds.low, bounds.high}), AgentSize::Small);
  for (const NavigationTile& tile : compiled.tiles) {
    if (tile.agent == static_cast<std::uint32_t>(AgentSize::Small)) {
      (void)mesh.set_tile({tile.x, tile.z}, tile.bytes);
    }
  }
  World world{.mesh = std::make_shared<NavigationMesh>(std::move(mesh)),
              .graph = {},
              .town = grounds.town.region};
  world.graph = PortalGraph(*world.mesh);
  return world;
}

std::vector<physics::Triangle> triangles_of(const physics::TriangleTree& tree) {
  std::vector<physics::Triangle> triangles;
  for (std::uint32_t i = 0; i < tree.size(); ++i) triangles.push_back(tree.triangle(i));
  return triangles;
}

PathGround path_ground(const Ground& ground) {
  const auto triangles = triangles_of(ground.geometry->solids);
  NavigationGeometry geometry;
  geometry.bounds = {flat(ground.region.low), flat(ground.region.high)};
  geometry.triangles = triangles;
  const NavigationSource source(geometry);
  auto mesh = std::make_shared<NavigationMesh>(testing::build_mesh(source, AgentSize::Small));
  auto queries = connected_pairs(*mesh, ground.region, physics::Bounds::kFar / 4);
  return {ground.name, std::move(mesh), std::move(queries)};
}

constexpr std::size_t kChecked = 2048;  ///< answers in a checksum

double checksum(const StateHash& hash) { return static_cast<double>(hash.value() & 0xffffffffu); }

void add(StateHash& hash, std::span<const math::Vec3> places) { hash.add(std::as_bytes(places)); }

void path_short(benchmark::State& state, const PathGround& ground) {
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

void bare_detour_path_short(benchmark::State& state, const PathGround& ground) {
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

void raycast(benchmark::State& state, const PathGround& ground) {
  const PathFinder finder(*ground.mesh);
  std::size_t next = 0;
  for (auto _ : state) {
    const Query& query = ground.queries[next++ % ground.queries.size()];
    benchmark::DoNotOptimize(finder.raycast(query.from, query.to));
  }
  state.SetItemsProcessed(state.iterations());
}

void path_long(benchmark::State& state, const World& world) {
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

void flow_field_build(benchmark::State& state, const World& world) {
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

  explicit Crowd(const World& world) : world_(world), places_(*world.mesh) {
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

  const World& world_;
  PathFinder places_;
  RandomStream random_{kSeed};
  FlowField field_;
  CrowdSteering steering_;
  std::array<Walker, kWalkers> walkers_{};
  std::array<float, kWalkers> heights_{};
  std::array<math::Vec2, kWalkers> velocities_{};
};

void steer_crowd(benchmark::State& state, const World& world) {
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

void register_ground(const std::shared_ptr<const PathGround>& ground) {
  const auto row = [&](const char* name, void (*run)(benchmark::State&, const PathGround&)) {
    benchmark::RegisterBenchmark((std::string(name) + "/" + ground->name).c_str(),
                                 [ground, run](benchmark::State& state) { run(state, *ground); });
  };
  row("path_short", path_short);
  row("bare_detour_path_short", bare_detour_path_short);
  row("walk_ray", raycast);
}

void register_world(const std::shared_ptr<const World>& world) {
  constexpr float kShort_m = 100;
  register_ground(std::make_shared<PathGround>(
      PathGround{"terrain", world->mesh, connected_pairs(*world->mesh, world->all, kShort_m)}));
  register_ground(std::make_shared<PathGround>(
      PathGround{"town", world->mesh, connected_pairs(*world->mesh, world->town, kShort_m)}));
  const auto row = [&](const char* name, auto run) {
    benchmark::RegisterBenchmark(name,
                                 [world, run](benchmark::State& state) { run(state, *world); });
  };
  row("path_long/vale", path_long);
  row("flow_field_build", flow_field_build);
  row("steer_crowd", steer_crowd);
}

}  // namespace
}  // namespace tessera::benchmarks

int main(int argc, char** argv) {
  using namespace tessera::benchmarks;
  const auto grounds = load_grounds(argc, argv);
  if (!grounds) {
    std::fprintf(stderr, "nav_benchmark: %s\n", grounds.error().message.c_str());
    return 1;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  for (const Ground& mesh : grounds->meshes) {
    register_ground(std::make_shared<PathGround>(path_ground(mesh)));
  }
  register_world(std::make_shared<World>(world_of(*grounds)));
  benchmark::RunSpecifiedBenchmarks();
}
