// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/watcher.h"

#include <utility>

namespace tessera::content {

Watcher::Watcher(std::string folder, std::uint64_t content_hash, LoadOptions options,
                 std::chrono::milliseconds interval)
    : folder_(std::move(folder)),
      options_(std::move(options)),
      interval_(interval),
      content_hash_(content_hash),
      thread_([this] { watch(); }) {}

Watcher::~Watcher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_signal_.notify_all();
  thread_.join();
}

std::optional<Reload> Watcher::take() {
  if (!has_outcome_.load(std::memory_order_acquire)) return std::nullopt;
  const std::lock_guard lock(mutex_);
  has_outcome_.store(false, std::memory_order_relaxed);
  return std::exchange(outcome_, std::nullopt);
}

bool Watcher::wait() {
  std::unique_lock lock(mutex_);
  return !stop_signal_.wait_for(lock, interval_, [this] { return stopping_; });
}

void Watcher::watch() {
  std::uint64_t loaded = 0;  // files may have changed since the zone was loaded: look at once
  std::uint64_t last = 0;
  while (wait()) {
    const std::uint64_t now = fingerprint_of(folder_);
    // An editor writes in steps: twice the same means that it has paused.
    const bool settled = now == std::exchange(last, now);
    if (!settled || now == loaded) continue;
    loaded = now;
    reload();
  }
}

void Watcher::reload() {
  const auto source = read_zone_source(folder_);
  Reload outcome = std::unexpected(Faults{});
  if (!source) {
    outcome = std::unexpected(source.error());
  } else {
    if (source->content_hash == content_hash_) return;
    content_hash_ = source->content_hash;
    jobs::Pool alone;  // the other processors are the simulation's
    auto zone = load_zone(*source, options_, alone);
    if (zone) {
      outcome = std::move(zone->zone);
    } else {
      outcome = std::unexpected(std::move(zone.error()));
    }
  }
  const std::lock_guard lock(mutex_);
  outcome_ = std::move(outcome);
  has_outcome_.store(true, std::memory_order_release);
}

}  // namespace tessera::content
