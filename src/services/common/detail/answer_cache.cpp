// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/detail/answer_cache.h"

#include <utility>

namespace tessera::services {

AnswerCache::Lookup AnswerCache::begin(const std::string& key, std::uint64_t request_hash,
                                       std::int64_t now_ms) {
  const std::scoped_lock lock(mutex_);
  drop_old(now_ms);
  const auto [position, added] = entries_.try_emplace(key, Entry{request_hash, entries_made_ + 1});
  if (added) {
    ages_.push_back({key, ++entries_made_, now_ms});
    return {Found::New};
  }
  const Entry& entry = position->second;
  if (entry.request_hash != request_hash) return {Found::Mismatch};
  if (!entry.answered) return {Found::Running};
  return {Found::Answered, entry.bytes};
}

void AnswerCache::finish(const std::string& key, std::string bytes) {
  const std::scoped_lock lock(mutex_);
  const auto position = entries_.find(key);
  if (position == entries_.end()) return;  // pushed out by newer ones meanwhile
  position->second.answered = true;
  position->second.bytes = std::move(bytes);
}

void AnswerCache::forget(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  entries_.erase(key);
}

void AnswerCache::drop_old(std::int64_t now_ms) {
  while (!ages_.empty() && (ages_.size() >= options_.answers_max ||
                            now_ms - ages_.front().since_ms >= options_.keep_ms)) {
    const auto position = entries_.find(ages_.front().key);
    if (position != entries_.end() && position->second.number == ages_.front().number) {
      entries_.erase(position);
    }
    ages_.pop_front();
  }
}

}  // namespace tessera::services
