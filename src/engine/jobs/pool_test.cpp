// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/jobs/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "engine/core/random.h"

namespace tessera::jobs {
namespace {

class PoolOf : public testing::TestWithParam<unsigned> {};

TEST_P(PoolOf, RunsEveryPieceExactlyOnce) {
  Pool pool(GetParam());
  EXPECT_EQ(pool.workers(), GetParam());
  for (std::size_t count : {0u, 1u, 2u, 7u, 1000u}) {
    std::vector<int> runs(count, 0);
    pool.parallel_for(count, [&](std::size_t i) { ++runs[i]; });
    EXPECT_EQ(runs, std::vector<int>(count, 1));
  }
}

TEST_P(PoolOf, SurvivesManyShortLoops) {
  Pool pool(GetParam());
  std::atomic<std::size_t> sum{0};
  for (int round = 0; round < 3000; ++round) {
    pool.parallel_for(3, [&](std::size_t i) { sum.fetch_add(i, std::memory_order_relaxed); });
  }
  EXPECT_EQ(sum.load(), 9000u);
}

TEST_P(PoolOf, RunsLoopsInsideLoops) {
  Pool pool(GetParam());
  std::vector<std::vector<int>> runs(8, std::vector<int>(50, 0));
  for (int round = 0; round < 50; ++round) {
    pool.parallel_for(runs.size(), [&](std::size_t i) {
      pool.parallel_for(runs[i].size(), [&](std::size_t j) { ++runs[i][j]; });
    });
  }
  EXPECT_EQ(runs, std::vector(8, std::vector<int>(50, 50)));
}

TEST_P(PoolOf, AcceptsLoopsFromSeveralThreadsAtOnce) {
  Pool pool(GetParam());
  std::array<std::size_t, 3> sums{};
  {
    std::vector<std::jthread> callers;
    for (std::size_t& sum : sums) {
      callers.emplace_back([&pool, &sum] {
        for (int round = 0; round < 200; ++round) {
          std::array<std::size_t, 16> parts{};
          pool.parallel_for(parts.size(), [&](std::size_t i) { parts[i] = i; });
          for (const std::size_t part : parts) sum += part;
        }
      });
    }
  }
  for (const std::size_t sum : sums) EXPECT_EQ(sum, 200u * 120u);
}

TEST_P(PoolOf, ReducesFloatsToTheSameBits) {
  constexpr std::uint64_t kSeed = 11;
  RandomStream random(kSeed);
  std::vector<float> values(777);
  for (float& value : values) value = random.between(-1000, 1000);
  const auto sum_with = [&](Pool& pool) {
    std::vector<float> scratch(values.size());
    return pool.reduce<float>(
        values.size(), scratch, [&](std::size_t i) { return values[i]; },
        [](float a, float b) { return a + b; });
  };
  Pool alone;
  Pool pool(GetParam());
  EXPECT_EQ(sum_with(pool), sum_with(alone));
}

TEST(Pool, ReducesByAFixedTree) {
  Pool pool;
  std::array<std::string, 5> scratch;
  const std::string folded = pool.reduce<std::string>(
      5, scratch, [](std::size_t i) { return std::to_string(i); },
      [](const std::string& a, const std::string& b) { return "(" + a + b + ")"; });
  EXPECT_EQ(folded, "(((01)(23))4)");
}

INSTANTIATE_TEST_SUITE_P(Workers, PoolOf, testing::Values(0u, 1u, 2u, 8u));

}  // namespace
}  // namespace tessera::jobs
