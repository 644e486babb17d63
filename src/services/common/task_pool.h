// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A few threads and a bounded queue of things to do. A full queue refuses: whoever asks learns at
// once, instead of waiting for an answer that comes too late.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tessera::services {

struct TaskPoolOptions {
  std::string name{};  ///< of the threads, at most 15 bytes
  unsigned threads = 1;
  std::size_t queue_max = 1024;
  /// 0 to 19; 19 gets what nobody else wants.
  int nice = 0;
  /// SCHED_BATCH: never preempts another thread when it wakes up. For work that takes milliseconds.
  bool batch = false;
};

class TaskPool {
 public:
  using Task = std::move_only_function<void()>;

  explicit TaskPool(const TaskPoolOptions& options);
  /// Does all that is queued, then ends.
  ~TaskPool();
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  /// False when the queue is full; the task is dropped then. From any thread.
  bool try_run(Task task);
  std::size_t queued() const;

 private:
  void work();

  TaskPoolOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tessera::services
