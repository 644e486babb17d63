// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/task_pool.h"

#include <pthread.h>
#include <sched.h>

#include <utility>

#include "engine/core/assert.h"
#include "engine/platform/process.h"

namespace tessera::services {

TaskPool::TaskPool(const TaskPoolOptions& options) : options_(options) {
  TESSERA_ASSERT(options.threads > 0, "TaskPool: without threads nothing is ever done");
  for (unsigned i = 0; i < options.threads; ++i) threads_.emplace_back([this] { work(); });
}

TaskPool::~TaskPool() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool TaskPool::try_run(Task task) {
  {
    const std::scoped_lock lock(mutex_);
    if (tasks_.size() >= options_.queue_max) return false;
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

std::size_t TaskPool::queued() const {
  const std::scoped_lock lock(mutex_);
  return tasks_.size();
}

void TaskPool::work() {
  platform::name_thread(options_.name);
  const sched_param priority{};
  if (options_.batch) ::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &priority);
  // Raising one's nice value needs no right, so it cannot fail.
  (void)platform::set_thread_nice(options_.nice);
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
  }
}

}  // namespace tessera::services
