// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/task_pool.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>

#include <atomic>
#include <latch>

namespace tessera::services {
namespace {

TEST(TaskPool, RunsWhatItIsGiven) {
  std::latch done(10);
  TaskPool pool({.name = "test", .threads = 3});
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(pool.try_run([&] { done.count_down(); }));
  done.wait();
}

TEST(TaskPool, RefusesWhenItsQueueIsFull) {
  std::latch running(1);
  std::latch go_on(1);
  TaskPool pool({.name = "test", .threads = 1, .queue_max = 2});
  ASSERT_TRUE(pool.try_run([&] {
    running.count_down();
    go_on.wait();
  }));
  running.wait();
  EXPECT_TRUE(pool.try_run([] {}));
  EXPECT_TRUE(pool.try_run([] {}));
  EXPECT_EQ(pool.queued(), 2u);
  EXPECT_FALSE(pool.try_run([] {}));
  go_on.count_down();
}

TEST(TaskPool, DoesAllThatIsQueuedBeforeItEnds) {
  std::atomic<int> done = 0;
  {
    TaskPool pool({.name = "test", .threads = 1});
    for (int i = 0; i < 50; ++i) pool.try_run([&] { ++done; });
  }
  EXPECT_EQ(done, 50);
}

TEST(TaskPool, LowersThePriorityOfItsThreadsOnly) {
  const int before = ::getpriority(PRIO_PROCESS, 0);
  int nice = 0;
  int policy = 0;
  {
    TaskPool pool({.name = "test", .threads = 1, .nice = 19, .batch = true});
    pool.try_run([&] {
      nice = ::getpriority(PRIO_PROCESS, 0);
      policy = ::sched_getscheduler(0);
    });
  }
  EXPECT_EQ(nice, 19);
  EXPECT_EQ(policy, SCHED_BATCH);
  EXPECT_EQ(::getpriority(PRIO_PROCESS, 0), before);
}

TEST(TaskPoolDeathTest, MakesNoSenseWithoutThreads) {
  EXPECT_DEATH(TaskPool({.name = "test", .threads = 0}), "nothing is ever done");
}

}  // namespace
}  // namespace tessera::services
