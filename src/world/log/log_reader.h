// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Reads a log file from the front, tick by tick, and believes nothing: every block is checked,
// every tick must follow the one before. Where the file ends before it was closed, or is not what
// was written, it says so and where; what was read up to there is good.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "world/log/log_format.h"

namespace tessera::log {

struct LoggedTick {
  TickNumber tick = 0;
  std::span<const std::byte> intents;  ///< valid until the next call
  /// Of the state after the tick; none when the process died in it.
  std::optional<std::uint64_t> hash;
};

struct LogDamage {
  bool torn = false;       ///< the file just ends: the writer was killed. Otherwise bytes are wrong
  std::size_t offset = 0;  ///< of the block that cannot be used
  TickNumber last_tick = 0;  ///< the last tick that was read whole
  std::string what;

  /// A sentence for a person.
  std::string message() const;
};

class LogReader {
 public:
  /// Checks the header and reads the checkpoint. `file` must outlive the reader.
  static Result<LogReader> open(std::span<const std::byte> file);

  const LogHeader& header() const { return header_; }
  /// The serialised state after header().tick; empty: an empty world.
  std::span<const std::byte> checkpoint() const { return checkpoint_; }
  /// Drops the checkpoint's bytes when they are no longer needed.
  void forget_checkpoint() { checkpoint_ = {}; }

  /// The next tick; nullopt at the end of a file that was closed in order. After damage, the same
  /// damage again.
  std::expected<std::optional<LoggedTick>, LogDamage> next();

 private:
  LogReader() = default;
  Result<void> read_checkpoint();
  /// The next record, from the next block when this one is used up.
  std::expected<Record, LogDamage> next_record();
  std::unexpected<LogDamage> damage(bool torn, std::string what);

  std::span<const std::byte> file_;
  LogHeader header_;
  std::vector<std::byte> checkpoint_;
  std::size_t offset_ = 0;        ///< of the next block
  std::size_t block_offset_ = 0;  ///< of the block being read
  std::vector<std::byte> block_;
  ByteReader records_{{}};
  std::vector<std::byte> intents_;
  TickNumber last_tick_ = 0;
  bool ended_ = false;
  std::optional<LogDamage> damage_;
};

}  // namespace tessera::log
