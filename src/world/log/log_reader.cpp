// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/log/log_reader.h"

#include <fmt/format.h>

#include <utility>

namespace tessera::log {
namespace {

std::string describe(PrologueError error) {
  switch (error) {
    case PrologueError::NotALog:
      return "this is not a Tessera log: it does not begin like one";
    case PrologueError::OtherFormat:
      return fmt::format("the log has another format than {}: read it with the build that wrote it",
                         kLogFormatVersion);
    case PrologueError::Truncated:
      return "the log ends inside its header: nothing can be read";
    case PrologueError::Damaged:
      break;
  }
  return "the log's header is damaged: nothing can be read";
}

}  // namespace

std::string LogDamage::message() const {
  return fmt::format("{} at byte {}; the last whole tick is {}", what, offset, last_tick);
}

Result<LogReader> LogReader::open(std::span<const std::byte> file) {
  auto prologue = decode_prologue(file);
  if (!prologue) return failure(ErrorKind::Corrupt, describe(prologue.error()));
  LogReader reader;
  reader.file_ = file;
  reader.offset_ = prologue->size;
  reader.header_ = std::move(prologue->header);
  reader.last_tick_ = reader.header_.tick;
  if (auto read = reader.read_checkpoint(); !read) return std::unexpected(read.error());
  return reader;
}

Result<void> LogReader::read_checkpoint() {
  while (checkpoint_.size() < header_.checkpoint_bytes) {
    const auto block = read_block(file_.subspan(offset_), block_);
    if (!block || block->kind != BlockKind::Checkpoint || block_.empty()) {
      return failure(
          ErrorKind::Corrupt,
          fmt::format("the log's checkpoint is {} at byte {}: nothing can be replayed",
                      !block && block.error() == BlockError::Torn ? "cut off" : "damaged",
                      offset_));
    }
    checkpoint_.insert(checkpoint_.end(), block_.begin(), block_.end());
    offset_ += kBlockHeaderBytes + block->stored_size;
  }
  block_.clear();
  if (checkpoint_.size() > header_.checkpoint_bytes) {
    return failure(ErrorKind::Corrupt, "the log's checkpoint is larger than its header says");
  }
  return {};
}

std::unexpected<LogDamage> LogReader::damage(bool torn, std::string what) {
  damage_ = LogDamage{torn, block_offset_, last_tick_, std::move(what)};
  return std::unexpected(*damage_);
}

std::expected<Record, LogDamage> LogReader::next_record() {
  while (records_.left() == 0) {
    block_offset_ = offset_;
    if (offset_ == file_.size()) return damage(true, "the log ends without having been closed");
    const auto block = read_block(file_.subspan(offset_), block_);
    if (!block && block.error() == BlockError::Torn) {
      return damage(true, "the log ends inside a block");
    }
    if (!block) return damage(false, "a block of the log is damaged");
    if (block->kind != BlockKind::Ticks) return damage(false, "a block of the log is out of place");
    records_ = ByteReader(block_);
    offset_ += kBlockHeaderBytes + block->stored_size;
  }
  const Record record = read_record(records_);
  if (!records_.ok()) return damage(false, "a record of the log is malformed");
  return record;
}

std::expected<std::optional<LoggedTick>, LogDamage> LogReader::next() {
  if (damage_) return std::unexpected(*damage_);
  if (ended_) return std::nullopt;
  auto record = next_record();
  if (!record) return std::unexpected(record.error());
  if (record->kind == RecordKind::End) {
    if (records_.left() != 0 || offset_ != file_.size()) {
      return damage(false, "bytes follow the log's end");
    }
    ended_ = true;
    return std::nullopt;
  }
  if (record->kind != RecordKind::Intents || record->tick != last_tick_ + 1) {
    return damage(false, fmt::format("the log does not go on with tick {}", last_tick_ + 1));
  }
  intents_.assign(record->intents.begin(), record->intents.end());
  LoggedTick tick{record->tick, intents_, std::nullopt};
  auto hash = next_record();
  if (!hash) {
    if (!damage_->torn) return std::unexpected(hash.error());
    return tick;  // it never ended; the next call tells of the torn end
  }
  if (hash->kind != RecordKind::Hash || hash->tick != tick.tick) {
    return damage(false, fmt::format("the hash of tick {} is missing", tick.tick));
  }
  tick.hash = hash->hash;
  last_tick_ = tick.tick;
  return tick;
}

}  // namespace tessera::log
