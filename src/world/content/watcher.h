// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Watches a zone's files while the zone runs, and compiles them again when they change. A thread of
// its own looks at their times twice a second, waits until writing has paused, and loads the zone;
// the simulation thread takes the outcome at a tick boundary. Content that does not check is
// reported, and the old stays in use.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "world/content/zone_loader.h"

namespace tessera::content {

/// What came of changed files: the new zone, or why there is none.
using Reload = Checked<ZoneDefinition>;

class Watcher {
 public:
  /// `content_hash` is of what is in use; files that give the same are no change.
  Watcher(std::string folder, std::uint64_t content_hash, LoadOptions options = {},
          std::chrono::milliseconds interval = std::chrono::milliseconds(500));
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  /// The newest outcome that was not taken yet. Takes no lock unless there is one, and then never
  /// waits for more than a move; for the simulation thread.
  std::optional<Reload> take();

 private:
  void watch();
  void reload();
  /// Returns false when it is time to stop.
  bool wait();

  const std::string folder_;
  const LoadOptions options_;
  const std::chrono::milliseconds interval_;
  std::uint64_t content_hash_;  ///< of the last outcome; the thread's own
  std::atomic<bool> has_outcome_{false};
  std::mutex mutex_;
  std::condition_variable stop_signal_;
  bool stopping_ = false;          ///< guarded by mutex_
  std::optional<Reload> outcome_;  ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace tessera::content
