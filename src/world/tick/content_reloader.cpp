// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/tick/content_reloader.h"

#include <chrono>
#include <utility>

#include "engine/platform/log.h"

namespace tessera::tick {
namespace {

template <class T>
bool is_busy(const std::future<T>& future) {
  return future.valid() && future.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
}

void tell(const content::Faults& faults) {
  for (const content::Fault& fault : faults) {
    platform::log_error("changed content has a fault; the old stays in use",
                        {{"fault", content::to_text(fault)}});
  }
}

}  // namespace

std::unique_ptr<zone::ZoneContent> ContentReloader::take() {
  if (is_busy(making_)) return nullptr;
  if (making_.valid()) return making_.get();
  auto reload = watcher_.take();
  if (!reload) return nullptr;
  if (!*reload) {
    tell(reload->error());
    return nullptr;
  }
  making_ = std::async(std::launch::async, [zone = std::move(**reload), this]() mutable {
    return std::make_unique<zone::ZoneContent>(std::move(zone), options_);
  });
  return nullptr;
}

void ContentReloader::dispose(std::unique_ptr<zone::ZoneContent> content) {
  if (content == nullptr || is_busy(disposing_)) return;  // at worst it costs this tick
  disposing_ = std::async(std::launch::async, [old = std::move(content)] {});
}

}  // namespace tessera::tick
