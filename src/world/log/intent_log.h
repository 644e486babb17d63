// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The intent log: what entered the zone in each tick, and the hash of the state it led to. The
// simulation thread appends to a bounded buffer and never waits; the log thread takes all that has
// gathered, compresses it, writes it and syncs it (group commit), several times a second.
//
// A log that missed a tick is worthless from there on. So when the buffer is full or the disk
// refuses, what follows is dropped, counted and told, until the tick answers wants_checkpoint()
// with a checkpoint that starts a new segment. The world goes on meanwhile, or stops
// (`stop_on_failure`); the tick decides that from status(). A recording into one file ends with its
// first failure.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/tick.h"
#include "world/log/log_format.h"
#include "world/log/log_storage.h"

namespace tessera::log {

namespace detail {
class SegmentWriter;
}

inline constexpr std::string_view kSegmentExtension = ".tlog";
/// Segments sort by name as they do by run, then by tick.
std::string segment_name(std::uint64_t run, TickNumber tick);

struct LogOptions {
  std::filesystem::path folder;  ///< segments go here; nobody else writes to it
  /// Not empty: the whole run goes into this one file, and `folder` stays untouched.
  std::filesystem::path record_file;
  /// Part of the segments' names: each run of the zone has a greater number than the one before.
  std::uint64_t run = 1;
  std::size_t segment_bytes_max = 64u << 20;
  std::size_t segments_max = 16;
  /// What may wait for the log thread. At 5,000 players this is more than two seconds.
  std::size_t buffer_bytes_max = 32u << 20;
  /// How long ticks gather before they are written together.
  std::chrono::milliseconds group_interval{50};
  /// After a failure, when to try a new segment.
  std::chrono::milliseconds retry_interval{5000};
};

struct LogStatus {
  bool failed = false;  ///< nothing is being written now
  std::string error;    ///< the last failure, as a sentence; empty: none so far
  std::uint64_t failures = 0;
  std::uint64_t ticks_dropped = 0;
  std::uint64_t bytes_written = 0;
  std::uint64_t syncs = 0;
};

class IntentLog {
 public:
  /// Starts the log with a checkpoint of the state after header.tick (empty: an empty world). The
  /// storage must outlive the log. Fails when the first segment cannot be written.
  static Result<std::unique_ptr<IntentLog>> open(LogOptions options, LogStorage& storage,
                                                 LogHeader header,
                                                 std::span<const std::byte> checkpoint);
  ~IntentLog();
  IntentLog(const IntentLog&) = delete;
  IntentLog& operator=(const IntentLog&) = delete;

  // The simulation thread.
  /// The intents of the tick that is about to run.
  void append(TickNumber tick, std::span<const std::byte> intents);
  /// The hash of the state after it.
  void seal(TickNumber tick, std::uint64_t hash);
  /// True: the segment is full, or the log broke and may be tried again.
  bool wants_checkpoint() const { return wants_checkpoint_.load(std::memory_order_relaxed); }
  /// Segments that start from here on name this content.
  void set_content_hash(std::uint64_t content_hash);
  /// Starts a new segment with the state after `tick`. Call it between two ticks.
  void begin_segment(TickNumber tick, std::vector<std::byte> checkpoint);

  // Any thread.
  /// Every tick up to this one is on disk, with its hash.
  TickNumber durable_tick() const { return durable_tick_.load(std::memory_order_acquire); }
  LogStatus status() const;
  /// Waits until all that was appended is on disk or dropped.
  void flush();
  /// Flushes, writes the end record, stops the log thread. Returns the last failure, if there is
  /// one.
  Result<void> close();

 private:
  struct SegmentStart {
    std::size_t offset = 0;  ///< in the records gathered so far
    TickNumber tick = 0;
    std::uint64_t content_hash = 0;
    std::vector<std::byte> checkpoint;
  };
  struct Gathered {
    std::vector<std::byte> records;
    std::vector<SegmentStart> starts;
  };

  explicit IntentLog(LogOptions options);
  /// True when `size` more bytes may be gathered; otherwise the log is broken from here on.
  bool may_gather(std::size_t size);
  void run();
  Result<void> write(const Gathered& taken);
  void note_failure(const std::string& error);
  void ask_for_checkpoint(std::chrono::steady_clock::time_point now);

  const LogOptions options_;
  std::unique_ptr<detail::SegmentWriter> writer_;  ///< the log thread's, once it runs
  std::atomic<TickNumber> durable_tick_{0};
  std::atomic<bool> wants_checkpoint_{false};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Gathered gathered_;
  std::uint64_t content_hash_ = 0;
  bool broken_ = false;  ///< records are dropped until the next segment starts
  bool flush_wanted_ = false;
  bool stopping_ = false;
  LogStatus status_;
  std::chrono::steady_clock::time_point retry_at_;
  std::thread thread_;
};

}  // namespace tessera::log
