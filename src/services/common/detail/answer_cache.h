// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Remembers the answers of calls that change something, by the client's idempotency key, so that a
// call which is sent again (its answer was lost) is answered again and not done again. In memory:
// it covers a lost connection. What must be done once across a restart as well has its key in the
// database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

namespace tessera::services {

struct AnswerCacheOptions {
  /// The oldest answers go first. A client gives up after seconds; at 400 bytes an answer this is 2
  /// MB.
  std::size_t answers_max = 4096;
  std::int64_t keep_ms = 600'000;
};

class AnswerCache {
 public:
  enum class Found : std::uint8_t {
    New,       ///< do it, then finish() or forget()
    Running,   ///< another thread is doing it
    Answered,  ///< the answer is in `bytes`
    Mismatch,  ///< the same key came with another request: a bug of the client
  };
  struct Lookup {
    Found found = Found::New;
    std::string bytes{};
  };

  explicit AnswerCache(const AnswerCacheOptions& options = {}) : options_(options) {}

  Lookup begin(const std::string& key, std::uint64_t request_hash, std::int64_t now_ms);
  void finish(const std::string& key, std::string bytes);
  /// The call failed: the next with this key is done anew.
  void forget(const std::string& key);

 private:
  struct Entry {
    std::uint64_t request_hash = 0;
    std::uint64_t number = 0;  // tells this entry from a later one with the same key
    bool answered = false;
    std::string bytes{};
  };
  struct Age {
    std::string key;
    std::uint64_t number = 0;
    std::int64_t since_ms = 0;
  };
  void drop_old(std::int64_t now_ms);

  AnswerCacheOptions options_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
  std::deque<Age> ages_;
  std::uint64_t entries_made_ = 0;
};

}  // namespace tessera::services
