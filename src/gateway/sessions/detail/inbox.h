// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Rare work for a network thread from other threads: characters that were loaded, sessions to
// close. Shared, so that whoever posts late reaches an inbox that nobody empties instead of freed
// memory.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "cluster/link/doorbell.h"

namespace tessera::gateway::detail {

class Inbox {
 public:
  using Work = std::move_only_function<void()>;

  void post(Work work) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(work));
    }
    bell.ring();
  }
  /// The network thread.
  void run_all() {
    {
      const std::lock_guard lock(mutex_);
      running_.swap(waiting_);
    }
    for (Work& work : running_) work();
    running_.clear();
  }
  bool empty() {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
  }

  cluster::Doorbell bell;

 private:
  std::mutex mutex_;
  std::vector<Work> waiting_;
  std::vector<Work> running_;
};

}  // namespace tessera::gateway::detail
