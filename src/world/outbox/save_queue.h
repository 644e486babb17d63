// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Character states on their way out of the zone. The simulation thread pushes and never waits; a
// thread of the queue keeps the newest state of each character, hands them to the saver in batches,
// and asks again, ever slower, when the saver fails. A state leaves the queue only when it is
// stored.
//
// Bound: `backlog_max` states. Beyond it, states of characters that stay are refused and counted
// (the next ones will come); last states of sessions are taken up to twice the bound.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "engine/core/error.h"
#include "world/outbox/character_saver.h"

namespace tessera::outbox {

struct SaveQueueOptions {
  std::size_t backlog_max = 65'536;
  std::size_t batch_max = 2'048;
  /// How long states gather before a batch is sent.
  std::chrono::milliseconds gather{1'000};
  /// The first pause after a failure; each further one is twice as long, up to the maximum.
  std::chrono::milliseconds retry_first{250};
  std::chrono::milliseconds retry_max{10'000};
};

struct SaveQueueStatus {
  std::size_t backlog = 0;  ///< states that are not stored yet
  std::uint64_t saved = 0;
  std::uint64_t batches = 0;
  std::uint64_t failures = 0;  ///< batches that must be tried again
  std::uint64_t refused = 0;   ///< by the saver, for good
  std::uint64_t shed = 0;      ///< not taken because the queue was full
  bool failing = false;        ///< the last batch was not stored
  bool fenced = false;         ///< another process owns the zone: nothing will be stored any more
  std::string error;           ///< of the last failure
};

class SaveQueue {
 public:
  /// `saver` must outlive the queue.
  SaveQueue(const SaveQueueOptions& options, CharacterSaver& saver);
  ~SaveQueue();
  SaveQueue(const SaveQueue&) = delete;
  SaveQueue& operator=(const SaveQueue&) = delete;

  /// False: shed, see above.
  bool push(const CharacterState& state);
  /// The newest state of a character that is not stored yet. One who comes back before it is stored
  /// must go on from here, not from the database.
  std::optional<CharacterState> find(CharacterId character) const;
  SaveQueueStatus status() const;
  /// Sends what there is at once and waits until all is stored or given up, at most `timeout`.
  /// Fails with the saver's last answer when something is left.
  Result<void> drain(std::chrono::milliseconds timeout);

 private:
  void run();
  void gather();
  std::chrono::milliseconds send();
  void note_outcome(const std::vector<CharacterState>& batch,
                    const Result<std::vector<CharacterId>>& outcome);

  const SaveQueueOptions options_;
  CharacterSaver& saver_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable stored_;
  std::vector<CharacterState> pushed_;
  /// The newest of each character; what is being sent stays until the saver has said yes.
  std::unordered_map<CharacterId, CharacterState> newest_;
  std::chrono::milliseconds retry_{0};  ///< 0: the last batch was stored
  bool hurry_ = false;
  bool stopping_ = false;
  SaveQueueStatus status_;
  std::thread thread_;
};

}  // namespace tessera::outbox
