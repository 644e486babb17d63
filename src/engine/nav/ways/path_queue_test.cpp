// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/ways/path_queue.h"

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "engine/nav/testing/sample_world.h"

namespace tessera::nav {
namespace {

using testing::sample_town;

void ask(PathQueue& queue, RandomStream& random, int count) {
  for (int i = 0; i < count; ++i) {
    const math::Vec3 from = sample_town().random_place(random);
    const math::Vec3 to = sample_town().random_place(random);
    ASSERT_TRUE(queue.request(from, to));
  }
}

/// What is answered in which tick.
std::uint64_t tick(PathQueue& queue, jobs::Pool& pool) {
  StateHash hash;
  for (const PathAnswer& answer : queue.run(pool)) {
    hash.add(answer.id.value);
    hash.add(static_cast<std::uint64_t>(answer.path.outcome));
    hash.add(std::as_bytes(answer.corners));
  }
  return hash.value();
}

std::vector<std::uint64_t> busy_minute(unsigned workers) {
  jobs::Pool pool(workers);
  PathQueue queue(sample_town().mesh, {.nodes_per_tick = 300});
  RandomStream random(8);
  std::vector<std::uint64_t> ticks;
  for (int i = 0; i < 60; ++i) {
    if (i < 40) ask(queue, random, static_cast<int>(random.below(12)));
    ticks.push_back(tick(queue, pool));
  }
  return ticks;
}

TEST(PathQueue, AnswersAlikeWithAnyNumberOfWorkers) {
  const auto alone = busy_minute(0);
  EXPECT_EQ(busy_minute(1), alone);
  EXPECT_EQ(busy_minute(2), alone);
  EXPECT_EQ(busy_minute(8), alone);
}

TEST(PathQueue, AnswersAllInTheOrderTheyWereAsked) {
  jobs::Pool pool;
  PathQueue queue(sample_town().mesh, {.nodes_per_tick = 500});
  RandomStream random(1);
  ask(queue, random, 200);
  std::uint64_t last = 0;
  int ticks = 0;
  for (; queue.waiting() > 0; ++ticks) {
    for (const PathAnswer& answer : queue.run(pool)) {
      EXPECT_EQ(answer.id.value, last + 1);
      last = answer.id.value;
    }
    ASSERT_LT(ticks, 1000);
  }
  EXPECT_EQ(last, 200u);
  EXPECT_GT(ticks, 4);
}

TEST(PathQueue, AnswersAsThePathFinderDoes) {
  jobs::Pool pool;
  PathQueue queue(sample_town().mesh);
  PathFinder finder(sample_town().mesh);
  RandomStream random(2);
  ask(queue, random, 20);
  const PathQueue::State asked = queue.state();
  std::array<math::Vec3, 32> corners;
  const auto answers = queue.run(pool);
  ASSERT_EQ(answers.size(), 20u);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Path path = finder.find_path(asked.waiting[i].from, asked.waiting[i].to, corners);
    EXPECT_EQ(answers[i].path.outcome, path.outcome);
    EXPECT_TRUE(std::ranges::equal(answers[i].corners, std::span(corners).first(path.corners)));
  }
}

TEST(PathQueue, SpendsItsBudgetInTheLongRun) {
  constexpr std::uint32_t kNodes = 400;
  jobs::Pool pool;
  PathQueue queue(sample_town().mesh, {.nodes_per_tick = kNodes});
  RandomStream random(3);
  ask(queue, random, 1000);
  std::uint64_t spent = 0;
  for (std::uint64_t ticks = 1; queue.waiting() > 0; ++ticks) {
    for (const PathAnswer& answer : queue.run(pool)) spent += answer.path.nodes;
    EXPECT_LE(spent, ticks * kNodes + PathQueue::kBatch * SearchLimits{}.nodes_max);
    EXPECT_TRUE(queue.waiting() == 0 || spent + PathQueue::kBatch >= ticks * kNodes / 2);
  }
}

TEST(PathQueue, GoesOnAfterARestoreAsIfNothingHadHappened) {
  jobs::Pool pool;
  PathQueue queue(sample_town().mesh, {.nodes_per_tick = 300});
  RandomStream random(4);
  ask(queue, random, 100);
  for (int i = 0; i < 3; ++i) tick(queue, pool);
  PathQueue restored(sample_town().mesh, {.nodes_per_tick = 300});
  ASSERT_TRUE(restored.restore(queue.state()));
  EXPECT_EQ(restored.state(), queue.state());
  while (queue.waiting() > 0) EXPECT_EQ(tick(restored, pool), tick(queue, pool));
  EXPECT_EQ(restored.state(), queue.state());
}

TEST(PathQueue, RefusesAStateThatCannotBe) {
  PathQueue queue(sample_town().mesh, {.requests_max = 2});
  const PathRequest one{{1}, {}, {}};
  const PathRequest two{{2}, {}, {}};
  EXPECT_TRUE(queue.restore({2, 0, {one, two}}));
  EXPECT_FALSE(queue.restore({2, 0, {two, one}}));
  EXPECT_FALSE(queue.restore({2, 0, {one, one}}));
  EXPECT_FALSE(queue.restore({1, 0, {one, two}}));
  EXPECT_FALSE(queue.restore({9, 0, {one, two, {{3}, {}, {}}}}));
  EXPECT_FALSE(queue.restore({2, 0, {{{0}, {}, {}}}}));
  EXPECT_EQ(queue.waiting(), 2u);
}

TEST(PathQueue, RefusesRequestsWhenItIsFull) {
  jobs::Pool pool;
  PathQueue queue(sample_town().mesh, {.requests_max = 3});
  const math::Vec3 here = sample_town().on_ground(128, 128);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(queue.request(here, here));
  EXPECT_FALSE(queue.request(here, here));
  EXPECT_EQ(queue.run(pool).size(), 3u);
  EXPECT_EQ(queue.request(here, here), PathRequestId{4});
}

TEST(PathQueue, ForgetsACancelledRequest) {
  jobs::Pool pool;
  PathQueue queue(sample_town().mesh);
  const math::Vec3 here = sample_town().on_ground(128, 128);
  const auto first = queue.request(here, here);
  const auto second = queue.request(here, here);
  queue.cancel(*first);
  queue.cancel(PathRequestId{77});
  const auto answers = queue.run(pool);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].id, *second);
}

}  // namespace
}  // namespace tessera::nav
