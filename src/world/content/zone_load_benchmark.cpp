// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a server waits for before its first tick: the default zone, from the cache and from its
// sources.
#include <benchmark/benchmark.h>

#include "gameplay/navigation/navigation.h"
#include "world/content/cache/cache_folder.h"
#include "world/content/zone_loader.h"

namespace tessera::content {
namespace {

constexpr const char* kZone = "content/zones/vale";

void load_from_cache(benchmark::State& state) {
  if (!load_zone(kZone)) return state.SkipWithError("run it in the folder that has content/");
  std::uint64_t hash = 0;
  for (auto _ : state) {
    const auto zone = load_zone(kZone);
    hash = zone->content_hash;
    benchmark::DoNotOptimize(zone);
  }
  state.counters["content_hash_low"] = static_cast<double>(hash & 0xffff);
}
BENCHMARK(load_from_cache)->Unit(benchmark::kMillisecond);

/// What the loaded zone's meshes and portals take to become ready for searches.
void make_navigation(benchmark::State& state) {
  const auto zone = load_zone(kZone);
  if (!zone) return state.SkipWithError("run it in the folder that has content/");
  for (auto _ : state) {
    const navigation::Navigation navigation(*zone);
    if (navigation.refused_tiles() > 0) return state.SkipWithError("tiles that cannot be read");
  }
  state.counters["tiles"] = static_cast<double>(zone->navigation.tiles.size());
}
BENCHMARK(make_navigation)->Unit(benchmark::kMillisecond);

void compile_from_sources(benchmark::State& state) {
  jobs::Pool pool(compile_workers());
  std::size_t triangles = 0;
  for (auto _ : state) {
    const auto source = read_zone_source(kZone);
    if (!source) return state.SkipWithError("run it in the folder that has content/");
    const auto zone = compile_zone(*source, pool);
    if (!zone) return state.SkipWithError(to_error(zone.error()).message.c_str());
    triangles = zone->geometry->solids.size();
  }
  state.counters["triangles"] = static_cast<double>(triangles);
}
BENCHMARK(compile_from_sources)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tessera::content
