// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a parallel loop costs besides its work: inline, with awake workers, and split by hand.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/core/random.h"
#include "engine/jobs/pool.h"

namespace tessera::jobs {
namespace {

constexpr std::size_t kPieces = 16;

/// About `rounds` times 2 ns.
std::uint64_t work(std::size_t piece, std::int64_t rounds) {
  std::uint64_t value = piece;
  for (std::int64_t i = 0; i < rounds; ++i) value = mix64(value);
  return value;
}

void parallel_for(benchmark::State& state) {
  Pool pool(static_cast<unsigned>(state.range(0)));
  std::array<std::uint64_t, kPieces> results{};
  benchmark::DoNotOptimize(results.data());
  for (auto _ : state) {
    pool.parallel_for(kPieces, [&](std::size_t i) { results[i] = work(i, state.range(1)); });
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kPieces));
}
BENCHMARK(parallel_for)
    ->ArgNames({"workers", "rounds"})
    ->ArgsProduct({{0, 1}, {0, 1000, 10'000}})
    ->UseRealTime();

void baseline_loop(benchmark::State& state) {
  std::array<std::uint64_t, kPieces> results{};
  benchmark::DoNotOptimize(results.data());
  for (auto _ : state) {
    for (std::size_t i = 0; i < kPieces; ++i) results[i] = work(i, state.range(0));
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kPieces));
}
BENCHMARK(baseline_loop)->ArgName("rounds")->Arg(0)->Arg(1000)->Arg(10'000)->UseRealTime();

}  // namespace
}  // namespace tessera::jobs
