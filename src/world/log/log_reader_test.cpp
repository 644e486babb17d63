// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/log/log_reader.h"

#include <gtest/gtest.h>

#include "engine/core/hash.h"

namespace tessera::log {
namespace {

using Bytes = std::vector<std::byte>;

Bytes tick_records(TickNumber first, TickNumber last) {
  Bytes records;
  for (TickNumber tick = first; tick <= last; ++tick) {
    const Bytes intents(tick % 5);
    append_intents_record(tick, intents, records);
    append_hash_record(tick, tick, records);
  }
  return records;
}

/// A log of ticks 1..9 in three blocks, with a checkpoint.
struct SampleLog {
  Bytes file;
  std::vector<std::size_t> ends;  ///< of the header, the checkpoint and each block

  explicit SampleLog(bool closed = true) {
    BlockCompressor compressor;
    const Bytes checkpoint(1000, std::byte{9});
    file = encode_prologue({.build = "test", .checkpoint_bytes = checkpoint.size()});
    ends.push_back(file.size());
    compressor.append(BlockKind::Checkpoint, 0, checkpoint, file);
    ends.push_back(file.size());
    for (TickNumber first = 1; first <= 7; first += 3) {
      Bytes records = tick_records(first, first + 2);
      if (closed && first == 7) append_end_record(9, records);
      compressor.append(BlockKind::Ticks, first, records, file);
      ends.push_back(file.size());
    }
  }
};

struct Outcome {
  TickNumber last_tick = 0;
  std::optional<LogDamage> damage;
  bool opened = true;
};

Outcome read_all(std::span<const std::byte> file) {
  Outcome outcome;
  auto reader = LogReader::open(file);
  if (!reader) {
    outcome.opened = false;
    EXPECT_FALSE(reader.error().message.empty());
    return outcome;
  }
  for (;;) {
    auto tick = reader->next();
    if (!tick) {
      outcome.damage = tick.error();
      EXPECT_EQ(reader->next().error().offset, outcome.damage->offset);
      return outcome;
    }
    if (!*tick) return outcome;
    if ((*tick)->hash) outcome.last_tick = (*tick)->tick;
  }
}

Bytes log_of(std::span<const std::byte> records) {
  BlockCompressor compressor;
  Bytes file = encode_prologue({.build = "test"});
  compressor.append(BlockKind::Ticks, 1, records, file);
  return file;
}

TEST(LogReader, ReadsAClosedLogToItsEnd) {
  const SampleLog sample;
  const Outcome outcome = read_all(sample.file);
  EXPECT_EQ(outcome.last_tick, 9u);
  EXPECT_FALSE(outcome.damage);
}

TEST(LogReader, SaysThatALogWasNotClosed) {
  const SampleLog sample(false);
  const Outcome outcome = read_all(sample.file);
  EXPECT_EQ(outcome.last_tick, 9u);
  ASSERT_TRUE(outcome.damage);
  EXPECT_TRUE(outcome.damage->torn);
  EXPECT_EQ(outcome.damage->offset, sample.file.size());
  EXPECT_NE(outcome.damage->message().find("without having been closed"), std::string::npos);
}

TEST(LogReader, FindsATornEndWhereverTheFileWasCut) {
  const SampleLog sample;
  for (std::size_t size = 0; size < sample.file.size(); ++size) {
    const Outcome outcome = read_all(std::span(sample.file).first(size));
    if (size < sample.ends[1]) {
      EXPECT_FALSE(outcome.opened) << size;
      continue;
    }
    ASSERT_TRUE(outcome.damage) << size;
    EXPECT_TRUE(outcome.damage->torn) << size;
    const TickNumber whole = size < sample.ends[2] ? 0 : size < sample.ends[3] ? 3 : 6;
    EXPECT_EQ(outcome.last_tick, whole) << size;
    EXPECT_EQ(outcome.damage->last_tick, whole) << size;
  }
}

TEST(LogReader, NoticesEveryFlippedBit) {
  const SampleLog sample;
  for (std::size_t bit = 0; bit < sample.file.size() * 8; ++bit) {
    Bytes file = sample.file;
    file[bit / 8] ^= static_cast<std::byte>(1u << (bit % 8));
    const Outcome outcome = read_all(file);
    EXPECT_TRUE(!outcome.opened || outcome.damage) << "bit " << bit;
    if (outcome.damage && bit / 8 >= sample.ends[2]) {
      EXPECT_GE(outcome.last_tick, 3u) << "bit " << bit;
    }
  }
}

TEST(LogReader, GivesATickThatNeverEndedWithoutAHash) {
  Bytes records = tick_records(1, 1);
  append_intents_record(2, {}, records);
  const Bytes file = log_of(records);
  auto reader = LogReader::open(file);
  EXPECT_TRUE((**reader->next()).hash);
  auto second = reader->next();
  ASSERT_TRUE(second && *second);
  EXPECT_EQ((*second)->tick, 2u);
  EXPECT_FALSE((*second)->hash);
  EXPECT_EQ(reader->next().error().last_tick, 1u);
}

TEST(LogReader, RefusesRecordsInAWrongOrder) {
  Bytes gap = tick_records(1, 1);
  append_intents_record(3, {}, gap);
  Bytes no_hash;
  append_intents_record(1, {}, no_hash);
  append_intents_record(2, {}, no_hash);
  Bytes other_hash;
  append_intents_record(1, {}, other_hash);
  append_hash_record(2, 0, other_hash);
  Bytes hash_first;
  append_hash_record(1, 0, hash_first);
  Bytes after_end = tick_records(1, 1);
  append_end_record(1, after_end);
  append_intents_record(2, {}, after_end);
  Bytes unknown_kind(9, std::byte{77});
  Bytes half_block;
  append_intents_record(1, {}, half_block);
  half_block.push_back(std::byte{2});
  for (const Bytes& records :
       {gap, no_hash, other_hash, hash_first, after_end, unknown_kind, half_block}) {
    const Outcome outcome = read_all(log_of(records));
    ASSERT_TRUE(outcome.damage);
    EXPECT_FALSE(outcome.damage->torn);
  }
}

TEST(LogReader, RefusesACheckpointBlockAmongTicksAndTicksInPlaceOfACheckpoint) {
  BlockCompressor compressor;
  Bytes file = encode_prologue({.build = "test"});
  compressor.append(BlockKind::Checkpoint, 0, Bytes(10), file);
  EXPECT_FALSE(read_all(file).damage->torn);
  file = encode_prologue({.build = "test", .checkpoint_bytes = 10});
  compressor.append(BlockKind::Ticks, 0, Bytes(10), file);
  EXPECT_FALSE(read_all(file).opened);
  file = encode_prologue({.build = "test", .checkpoint_bytes = 10});
  compressor.append(BlockKind::Checkpoint, 0, Bytes(11), file);
  EXPECT_FALSE(read_all(file).opened);
}

TEST(LogReader, TellsAForeignFileFromAnotherFormat) {
  Bytes file = encode_prologue({.build = "test"});
  file[8] = std::byte{99};
  EXPECT_NE(LogReader::open(file).error().message.find("another format"), std::string::npos);
  file[0] = std::byte{0};
  EXPECT_NE(LogReader::open(file).error().message.find("not a Tessera log"), std::string::npos);
}

TEST(LogReader, RefusesAHeaderWhoseSizesCannotBe) {
  Bytes file = encode_prologue({.build = "test"});
  const std::uint32_t huge = kHeaderBytesMax + 1;
  std::memcpy(file.data() + 12, &huge, sizeof huge);
  EXPECT_NE(LogReader::open(file).error().message.find("damaged"), std::string::npos);
  file = encode_prologue({.build = "test", .checkpoint_bytes = kCheckpointBytesMax + 1});
  EXPECT_NE(LogReader::open(file).error().message.find("damaged"), std::string::npos);
}

}  // namespace
}  // namespace tessera::log
