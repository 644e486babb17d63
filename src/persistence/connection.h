// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// SOCI, wrapped: connections, transactions, and SQL failures as Error. Only the .cpp files of
// persistence include this; nothing of SOCI gets further.
//
// A file has one writer connection behind a mutex, because SQLite admits one writer anyway and
// waiting for a mutex is fair and cheap, waiting for its file lock is neither. Readers see the last
// committed state and wait for nobody (write-ahead log).
#pragma once

#include <soci.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.h"
#include "engine/platform/log.h"
#include "persistence/database.h"

namespace tessera::persistence {

/// What happened to `file`, as a sentence that says what to do.
Error translate(const std::exception& failed, const std::string& file);

/// Runs `f`, which returns a Result, and makes an Error of what SOCI throws; `on_failure` sees it.
template <class F, class OnFailure = decltype([](const Error&) {})>
std::invoke_result_t<F> guarded(const std::string& file, F f, OnFailure on_failure = {}) {
  try {
    return f();
  } catch (const std::exception& failed) {
    Error error = translate(failed, file);
    on_failure(error);
    return std::unexpected(std::move(error));
  }
}

/// Takes the write lock at once, so that it cannot fail halfway for another writer. Rolls back
/// unless committed.
class Transaction {
 public:
  explicit Transaction(soci::session& sql);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  soci::session& sql_;
  bool open_ = true;
};

class ConnectionPool {
 public:
  explicit ConnectionPool(std::string file) : file_(std::move(file)) {}

  const std::string& file() const { return file_; }
  void set_writer(std::unique_ptr<soci::session> connection) { writer_ = std::move(connection); }
  void add_reader(std::unique_ptr<soci::session> connection);

  /// Runs `f(session)` alone on the writer, in a transaction that is committed if `f` succeeds.
  template <class F>
  std::invoke_result_t<F, soci::session&> write(F f) {
    const std::scoped_lock lock(writer_mutex_);
    const auto run = [&]() -> std::invoke_result_t<F, soci::session&> {
      Transaction transaction(*writer_);
      auto result = f(*writer_);
      if (result) transaction.commit();
      return result;
    };
    return guarded(file_, run, [this](const Error& error) { note(error); });
  }

  /// Runs `f(session)`, one SELECT, on the next free reader.
  template <class F>
  std::invoke_result_t<F, soci::session&> read(F f) {
    auto reader = take_reader();
    auto result =
        guarded(file_, [&] { return f(*reader); }, [this](const Error& error) { note(error); });
    add_reader(std::move(reader));
    return result;
  }

  /// Reads and writes that failed: what SOCI threw, except for broken constraints. What a store
  /// refuses by a Result of its own is none.
  std::uint64_t failures() const { return failures_.load(std::memory_order_relaxed); }

 private:
  std::unique_ptr<soci::session> take_reader();
  /// Counts a failure and tells the operator, who may be the only one to mend it.
  void note(const Error& error);

  std::string file_;
  std::atomic<std::uint64_t> failures_{0};
  /// A full disk fails every login: a line in ten seconds is enough for who has to make room.
  platform::LogLimit failure_log_{10'000'000'000};
  std::mutex writer_mutex_;
  std::unique_ptr<soci::session> writer_;
  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<soci::session>> readers_;
};

/// The next id of a kind (a row of counters). Inside a transaction.
long long next_id(soci::session& sql, const std::string& kind);

}  // namespace tessera::persistence
