// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/log/intent_log.h"

#include <fmt/format.h>

#include <utility>

#include "engine/platform/process.h"
#include "world/log/detail/segment_writer.h"

namespace tessera::log {

std::string segment_name(std::uint64_t run, TickNumber tick) {
  return fmt::format("{:010}-{:015}{}", run, tick, kSegmentExtension);
}

Result<std::unique_ptr<IntentLog>> IntentLog::open(LogOptions options, LogStorage& storage,
                                                   LogHeader header,
                                                   std::span<const std::byte> checkpoint) {
  if (options.record_file.empty()) {
    if (auto files = storage.list(options.folder); !files) return std::unexpected(files.error());
  }
  const TickNumber tick = header.tick;
  std::unique_ptr<IntentLog> log(new IntentLog(std::move(options)));
  log->content_hash_ = header.content_hash;
  log->writer_ = std::make_unique<detail::SegmentWriter>(log->options_, storage, std::move(header));
  if (auto started = log->writer_->start(tick, log->content_hash_, checkpoint); !started) {
    return std::unexpected(started.error());
  }
  log->durable_tick_.store(tick);
  log->status_.bytes_written = log->writer_->size();
  log->thread_ = std::thread([raw = log.get()] { raw->run(); });
  return log;
}

IntentLog::IntentLog(LogOptions options) : options_(std::move(options)) {}

IntentLog::~IntentLog() { (void)close(); }

bool IntentLog::may_gather(std::size_t size) {
  if (!broken_ && gathered_.records.size() + size > options_.buffer_bytes_max) {
    note_failure(
        fmt::format("the log's buffer is full ({} MiB): the disk is slower than the world; give it "
                    "a faster disk or raise log.buffer_mib",
                    options_.buffer_bytes_max >> 20));
  }
  return !broken_;
}

void IntentLog::append(TickNumber tick, std::span<const std::byte> intents) {
  const std::lock_guard lock(mutex_);
  if (may_gather(intents.size())) append_intents_record(tick, intents, gathered_.records);
}

void IntentLog::seal(TickNumber tick, std::uint64_t hash) {
  const std::lock_guard lock(mutex_);
  if (broken_) {
    ++status_.ticks_dropped;
  } else {
    append_hash_record(tick, hash, gathered_.records);
  }
}

void IntentLog::set_content_hash(std::uint64_t content_hash) {
  const std::lock_guard lock(mutex_);
  content_hash_ = content_hash;
}

void IntentLog::begin_segment(TickNumber tick, std::vector<std::byte> checkpoint) {
  const std::lock_guard lock(mutex_);
  gathered_.starts.push_back(
      {gathered_.records.size(), tick, content_hash_, std::move(checkpoint)});
  broken_ = false;
  wants_checkpoint_.store(false, std::memory_order_relaxed);
}

LogStatus IntentLog::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void IntentLog::flush() {
  std::unique_lock lock(mutex_);
  if (stopping_) return;
  flush_wanted_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return !flush_wanted_; });
}

Result<void> IntentLog::close() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) {
    thread_.join();
    if (auto finished = writer_->finish(); !finished) {
      const std::lock_guard lock(mutex_);
      note_failure(finished.error().message);
    }
  }
  if (status_.failed) return failure(ErrorKind::Unavailable, status_.error);
  return {};
}

void IntentLog::note_failure(const std::string& error) {
  broken_ = true;
  status_.failed = true;
  status_.error = error;
  ++status_.failures;
  retry_at_ = std::chrono::steady_clock::now() + options_.retry_interval;
}

void IntentLog::ask_for_checkpoint(std::chrono::steady_clock::time_point now) {
  if (!options_.record_file.empty() || !gathered_.starts.empty()) return;
  const bool full = writer_->open() && writer_->size() >= options_.segment_bytes_max;
  if (full || (broken_ && now >= retry_at_)) {
    wants_checkpoint_.store(true, std::memory_order_relaxed);
  }
}

// What failed before a new segment starts is no reason to leave the new one out, so the last
// outcome counts.
Result<void> IntentLog::write(const Gathered& taken) {
  Result<void> outcome;
  std::span<const std::byte> records = taken.records;
  std::size_t at = 0;
  const auto write_up_to = [&](std::size_t end) {
    if (end == at || !writer_->open()) return;
    outcome = writer_->write(records.subspan(at, end - at));
    at = end;
  };
  for (const SegmentStart& start : taken.starts) {
    write_up_to(start.offset);
    at = start.offset;
    outcome = writer_->start(start.tick, start.content_hash, start.checkpoint);
  }
  write_up_to(records.size());
  return outcome;
}

void IntentLog::run() {
  platform::name_thread("log");
  (void)platform::set_thread_nice(platform::kNiceBesideSimulation);
  Gathered taken;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait_for(lock, options_.group_interval, [this] { return stopping_ || flush_wanted_; });
    const bool stop = stopping_;
    std::swap(taken, gathered_);
    const bool anything = !taken.records.empty() || !taken.starts.empty();
    Result<void> outcome;
    std::size_t size_before = 0;
    if (anything) {
      lock.unlock();
      size_before = taken.starts.empty() ? writer_->size() : 0;
      outcome = write(taken);
      durable_tick_.store(writer_->durable_tick(), std::memory_order_release);
      lock.lock();
      ++status_.syncs;
      status_.bytes_written += writer_->size() - size_before;
    }
    if (!outcome) {
      note_failure(outcome.error().message);
    } else if (anything && !taken.starts.empty() && !broken_) {
      status_.failed = false;
    }
    taken.records.clear();
    taken.starts.clear();
    ask_for_checkpoint(std::chrono::steady_clock::now());
    if (gathered_.records.empty() && gathered_.starts.empty()) {
      flush_wanted_ = false;
      changed_.notify_all();
      if (stop) return;
    }
  }
}

}  // namespace tessera::log
