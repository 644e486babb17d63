// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/outbox/save_queue.h"

#include <algorithm>

#include "engine/platform/process.h"

namespace tessera::outbox {

SaveQueue::SaveQueue(const SaveQueueOptions& options, CharacterSaver& saver)
    : options_(options), saver_(saver) {
  pushed_.reserve(std::min<std::size_t>(options.backlog_max, 4096));
  thread_ = std::thread([this] { run(); });
}

SaveQueue::~SaveQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool SaveQueue::push(const CharacterState& state) {
  const std::lock_guard lock(mutex_);
  const std::size_t bound = state.leaving ? 2 * options_.backlog_max : options_.backlog_max;
  if (status_.fenced || pushed_.size() + newest_.size() >= bound) {
    ++status_.shed;
    return false;
  }
  pushed_.push_back(state);
  return true;
}

std::optional<CharacterState> SaveQueue::find(CharacterId character) const {
  const std::lock_guard lock(mutex_);
  for (auto state = pushed_.rbegin(); state != pushed_.rend(); ++state) {
    if (state->character == character) return *state;
  }
  const auto found = newest_.find(character);
  if (found == newest_.end()) return std::nullopt;
  return found->second;
}

SaveQueueStatus SaveQueue::status() const {
  const std::lock_guard lock(mutex_);
  SaveQueueStatus status = status_;
  status.backlog = pushed_.size() + newest_.size();
  return status;
}

Result<void> SaveQueue::drain(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  hurry_ = true;
  wake_.notify_all();
  const bool empty = stored_.wait_for(
      lock, timeout, [this] { return (pushed_.empty() && newest_.empty()) || status_.fenced; });
  hurry_ = false;
  if (empty && !status_.fenced) return {};
  return failure(
      ErrorKind::Unavailable,
      std::to_string(pushed_.size() + newest_.size()) + " characters are not saved: " +
          (status_.error.empty() ? "the service did not answer in time" : status_.error));
}

void SaveQueue::gather() {
  for (const CharacterState& state : pushed_) {
    CharacterState& newest = newest_[state.character];
    if (newest.id <= state.id) newest = state;
  }
  pushed_.clear();
}

void SaveQueue::note_outcome(const std::vector<CharacterState>& batch,
                             const Result<std::vector<CharacterId>>& outcome) {
  ++status_.batches;
  if (!outcome) {
    ++status_.failures;
    status_.failing = true;
    status_.fenced = outcome.error().kind == ErrorKind::PermissionDenied;
    status_.error = outcome.error().message;
    retry_ = std::clamp(2 * retry_, options_.retry_first, options_.retry_max);
    return;
  }
  status_.failing = false;
  retry_ = {};
  status_.refused += outcome->size();
  status_.saved += batch.size() - outcome->size();
  for (const CharacterState& state : batch) {
    const auto kept = newest_.find(state.character);
    if (kept != newest_.end() && kept->second.id == state.id) newest_.erase(kept);
  }
}

void SaveQueue::run() {
  platform::name_thread("saves");
  (void)platform::set_thread_nice(platform::kNiceBesideSimulation);
  std::vector<CharacterState> batch;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    // In a hurry there is no gathering, but a pause after a failure all the same.
    const auto pause = retry_.count() > 0 ? retry_ : options_.gather;
    wake_.wait_for(lock, pause, [this] { return stopping_ || (hurry_ && retry_.count() == 0); });
    gather();
    while (!newest_.empty() && !stopping_ && !status_.fenced) {
      batch.clear();
      for (const auto& [character, state] : newest_) {
        if (batch.size() == options_.batch_max) break;
        batch.push_back(state);
      }
      lock.unlock();
      const auto outcome = saver_.save(batch);
      lock.lock();
      note_outcome(batch, outcome);
      if (!outcome) break;
      if (hurry_) gather();
    }
    stored_.notify_all();
    if (hurry_ && newest_.empty() && pushed_.empty()) hurry_ = false;
  }
}

}  // namespace tessera::outbox
