// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The log thread's half of the intent log: turns records into blocks, writes and syncs them, starts
// new files and removes the oldest. After a failure it holds no file until the next start().
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/error.h"
#include "world/log/intent_log.h"
#include "world/log/log_format.h"
#include "world/log/log_storage.h"

namespace tessera::log::detail {

class SegmentWriter {
 public:
  SegmentWriter(const LogOptions& options, LogStorage& storage, LogHeader header);

  /// Closes the current file in order and starts the next with a checkpoint of the state after
  /// `tick`, made with this content.
  Result<void> start(TickNumber tick, std::uint64_t content_hash,
                     std::span<const std::byte> checkpoint);
  /// Writes whole records and syncs them.
  Result<void> write(std::span<const std::byte> records);
  /// Writes the end record, syncs and closes.
  Result<void> finish();

  bool open() const { return file_ != nullptr; }
  /// Bytes of the current file.
  std::size_t size() const { return size_; }
  /// The last tick whose hash was written and synced.
  TickNumber durable_tick() const { return durable_tick_; }

 private:
  Result<void> put(std::vector<std::byte>& bytes);
  Result<void> remove_oldest();

  const LogOptions& options_;
  LogStorage& storage_;
  LogHeader header_;
  BlockCompressor compressor_;
  std::unique_ptr<LogFile> file_;
  std::vector<std::byte> encoded_;
  std::size_t size_ = 0;
  TickNumber written_tick_ = 0;
  TickNumber durable_tick_ = 0;
};

}  // namespace tessera::log::detail
