// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Brings changed content into a running zone. A watcher compiles it, a thread of its own makes from
// it what the zone stands on, and the simulation thread takes that between two ticks; so a change
// costs the tick nothing but the exchange. What does not check is told, line by line, and the old
// content stays.
#pragma once

#include <future>
#include <memory>

#include "world/content/watcher.h"
#include "world/zone/zone_content.h"

namespace tessera::tick {

class ContentReloader {
 public:
  /// The watcher outlives it.
  ContentReloader(content::Watcher& watcher, const zone::ZoneOptions& options)
      : watcher_(watcher), options_(options) {}
  /// Waits for what is being made.
  ~ContentReloader() = default;
  ContentReloader(const ContentReloader&) = delete;
  ContentReloader& operator=(const ContentReloader&) = delete;

  /// New content that is ready, or null. Call it between ticks; it never waits.
  std::unique_ptr<zone::ZoneContent> take();
  /// Destroys replaced content on another thread.
  void dispose(std::unique_ptr<zone::ZoneContent> content);

 private:
  content::Watcher& watcher_;
  const zone::ZoneOptions options_;
  std::future<std::unique_ptr<zone::ZoneContent>> making_;
  std::future<void> disposing_;
};

}  // namespace tessera::tick
