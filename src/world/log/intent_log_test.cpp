// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/log/intent_log.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "world/log/log_reader.h"

namespace tessera::log {
namespace {

using Bytes = std::vector<std::byte>;
using std::chrono::hours;
using std::chrono::milliseconds;

Bytes bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// A disk in memory that can be full.
class MemoryStorage final : public LogStorage {
 public:
  Result<std::unique_ptr<LogFile>> create(const std::filesystem::path& path) override {
    if (refuse_create)
      return failure(ErrorKind::PermissionDenied, "cannot create " + path.string());
    const std::lock_guard lock(mutex);
    files[path].clear();
    return std::make_unique<File>(*this, path);
  }
  Result<void> remove(const std::filesystem::path& path) override {
    const std::lock_guard lock(mutex);
    files.erase(path);
    return {};
  }
  Result<std::vector<std::filesystem::path>> list(const std::filesystem::path&) override {
    const std::lock_guard lock(mutex);
    std::vector<std::filesystem::path> paths;
    for (const auto& [path, bytes] : files) paths.push_back(path);
    return paths;
  }
  Bytes file(std::size_t index) {
    const std::lock_guard lock(mutex);
    return std::next(files.begin(), static_cast<std::ptrdiff_t>(index))->second;
  }

  std::atomic<bool> full{false};
  std::atomic<bool> refuse_sync{false};
  std::atomic<bool> refuse_create{false};
  std::mutex mutex;
  std::map<std::filesystem::path, Bytes> files;

 private:
  class File final : public LogFile {
   public:
    File(MemoryStorage& storage, std::filesystem::path path)
        : storage_(storage), path_(std::move(path)) {}
    Result<void> append(std::span<const std::byte> bytes) override {
      const std::lock_guard lock(storage_.mutex);
      Bytes& file = storage_.files[path_];
      const std::size_t fits = storage_.full ? bytes.size() / 2 : bytes.size();
      file.insert(file.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(fits));
      if (storage_.full) return failure(ErrorKind::ResourceExhausted, "No space left on device");
      return {};
    }
    Result<void> sync() override {
      if (storage_.refuse_sync) return failure(ErrorKind::Unavailable, "Input/output error");
      return {};
    }

   private:
    MemoryStorage& storage_;
    std::filesystem::path path_;
  };
};

LogHeader header() { return {.build = "test", .content_hash = 7, .seed = 42, .zone = 1}; }

/// Nothing is written before flush() or close(): tests decide when.
LogOptions options() {
  LogOptions options;
  options.folder = "log";
  options.group_interval = hours(1);
  options.retry_interval = milliseconds(0);
  return options;
}

std::unique_ptr<IntentLog> open(MemoryStorage& storage, LogOptions options) {
  auto log = IntentLog::open(std::move(options), storage, header(), {});
  EXPECT_TRUE(log) << log.error().message;
  return std::move(*log);
}

void run_tick(IntentLog& log, TickNumber tick) {
  log.append(tick, bytes_of("intents of " + std::to_string(tick)));
  log.seal(tick, tick * 1000);
}

/// Reads a file to its end and returns the ticks in it; `closed` tells whether it ended in order.
std::vector<TickNumber> ticks_in(const Bytes& file, bool closed = true) {
  std::vector<TickNumber> ticks;
  auto reader = LogReader::open(file);
  EXPECT_TRUE(reader) << reader.error().message;
  for (;;) {
    auto tick = reader->next();
    EXPECT_EQ(tick.has_value() || !closed, true) << tick.error().message();
    if (!tick || !*tick) return ticks;
    EXPECT_EQ((*tick)->hash, (*tick)->tick * 1000);
    const auto intents = (*tick)->intents;
    EXPECT_EQ(Bytes(intents.begin(), intents.end()),
              bytes_of("intents of " + std::to_string((*tick)->tick)));
    ticks.push_back((*tick)->tick);
  }
}

TEST(IntentLog, GivesBackEveryTickWithItsIntentsAndHash) {
  MemoryStorage storage;
  auto log = open(storage, options());
  for (TickNumber tick = 1; tick <= 5; ++tick) run_tick(*log, tick);
  EXPECT_TRUE(log->close());
  EXPECT_EQ(ticks_in(storage.file(0)), (std::vector<TickNumber>{1, 2, 3, 4, 5}));
  auto file = storage.file(0);
  EXPECT_EQ(LogReader::open(file)->header(), header());
}

TEST(IntentLog, ReportsATickAsDurableOnlyWhenItIsOnDisk) {
  MemoryStorage storage;
  auto log = open(storage, options());
  run_tick(*log, 1);
  EXPECT_EQ(log->durable_tick(), 0u);
  log->flush();
  EXPECT_EQ(log->durable_tick(), 1u);
  log->append(2, {});
  log->flush();
  EXPECT_EQ(log->durable_tick(), 1u) << "tick 2 has no hash yet";
  log->seal(2, 2000);
  log->flush();
  EXPECT_EQ(log->durable_tick(), 2u);
}

TEST(IntentLog, WritesByItselfAfterTheGroupInterval) {
  MemoryStorage storage;
  LogOptions quick = options();
  quick.group_interval = milliseconds(1);
  auto log = open(storage, quick);
  run_tick(*log, 1);
  while (log->durable_tick() < 1) std::this_thread::yield();
  EXPECT_EQ(log->status().syncs, 1u);
}

TEST(IntentLog, StartsANewSegmentWithACheckpointWhenOneIsFull) {
  MemoryStorage storage;
  LogOptions small = options();
  small.segment_bytes_max = 1;
  auto log = open(storage, small);
  run_tick(*log, 1);
  log->flush();
  ASSERT_TRUE(log->wants_checkpoint());
  const Bytes checkpoint = bytes_of("the world after tick 1");
  log->begin_segment(1, checkpoint);
  EXPECT_FALSE(log->wants_checkpoint());
  run_tick(*log, 2);
  EXPECT_TRUE(log->close());
  ASSERT_EQ(storage.files.size(), 2u);
  EXPECT_EQ(ticks_in(storage.file(0)), (std::vector<TickNumber>{1}));
  EXPECT_EQ(ticks_in(storage.file(1)), (std::vector<TickNumber>{2}));
  const Bytes second = storage.file(1);
  auto reader = LogReader::open(second);
  EXPECT_EQ(reader->header().tick, 1u);
  EXPECT_EQ(Bytes(reader->checkpoint().begin(), reader->checkpoint().end()), checkpoint);
}

TEST(IntentLog, KeepsOnlySoManySegmentsAndNobodyElsesFiles) {
  MemoryStorage storage;
  storage.files["log/notes.txt"] = bytes_of("mine");
  LogOptions few = options();
  few.segments_max = 2;
  auto log = open(storage, few);
  for (TickNumber tick = 1; tick <= 4; ++tick) {
    run_tick(*log, tick);
    log->begin_segment(tick, bytes_of("world"));
    log->flush();
  }
  EXPECT_TRUE(log->close());
  ASSERT_EQ(storage.files.size(), 3u);
  EXPECT_TRUE(storage.files.contains(std::filesystem::path("log") / segment_name(1, 3)));
  EXPECT_TRUE(storage.files.contains(std::filesystem::path("log") / segment_name(1, 4)));
  EXPECT_TRUE(storage.files.contains("log/notes.txt"));
}

TEST(IntentLog, CutsALargeCheckpointAndManyTicksIntoBlocks) {
  MemoryStorage storage;
  Bytes checkpoint(2 * kBlockBytesTarget + 100);
  for (std::size_t i = 0; i < checkpoint.size(); ++i) checkpoint[i] = static_cast<std::byte>(i / 7);
  auto opened = IntentLog::open(options(), storage, header(), checkpoint);
  ASSERT_TRUE(opened);
  const Bytes intents(kBlockBytesTarget / 3);
  for (TickNumber tick = 1; tick <= 10; ++tick) {
    (*opened)->append(tick, intents);
    (*opened)->seal(tick, tick);
  }
  EXPECT_TRUE((*opened)->close());
  const Bytes file = storage.file(0);
  auto reader = LogReader::open(file);
  ASSERT_TRUE(reader);
  EXPECT_TRUE(std::ranges::equal(reader->checkpoint(), checkpoint));
  reader->forget_checkpoint();
  for (TickNumber tick = 1; tick <= 10; ++tick) {
    auto read = reader->next();
    ASSERT_TRUE(read && *read);
    EXPECT_EQ((*read)->intents.size(), intents.size());
  }
  EXPECT_EQ(reader->next().value(), std::nullopt);
  EXPECT_EQ(reader->next().value(), std::nullopt);
}

TEST(IntentLog, SurvivesAFullDiskAndGoesOnInANewSegmentWhenThereIsRoomAgain) {
  MemoryStorage storage;
  auto log = open(storage, options());
  run_tick(*log, 1);
  log->flush();
  storage.full = true;
  run_tick(*log, 2);
  log->flush();
  EXPECT_TRUE(log->status().failed);
  EXPECT_EQ(log->status().error, "No space left on device");
  EXPECT_EQ(log->durable_tick(), 1u);

  ASSERT_TRUE(log->wants_checkpoint());
  log->begin_segment(2, bytes_of("world"));  // still full
  run_tick(*log, 3);
  log->flush();
  EXPECT_TRUE(log->status().failed);
  EXPECT_EQ(storage.files.size(), 1u) << "the beginning of a segment was left behind";
  run_tick(*log, 4);
  EXPECT_GE(log->status().ticks_dropped, 1u);

  storage.full = false;
  ASSERT_TRUE(log->wants_checkpoint());
  log->begin_segment(4, bytes_of("world"));
  run_tick(*log, 5);
  log->flush();
  EXPECT_FALSE(log->status().failed);
  EXPECT_EQ(log->status().failures, 2u);
  EXPECT_EQ(log->durable_tick(), 5u);
  EXPECT_TRUE(log->close());
  EXPECT_EQ(ticks_in(storage.file(0), false), (std::vector<TickNumber>{1}));
  EXPECT_EQ(ticks_in(storage.file(1)), (std::vector<TickNumber>{5}));
}

TEST(IntentLog, TreatsAFailedSyncAsAFailedWrite) {
  MemoryStorage storage;
  auto log = open(storage, options());
  storage.refuse_sync = true;
  run_tick(*log, 1);
  log->flush();
  EXPECT_EQ(log->durable_tick(), 0u);
  auto closed = log->close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().message, "Input/output error");
}

TEST(IntentLog, ReportsAFailureOfTheLastWriteWhenItIsClosed) {
  MemoryStorage storage;
  auto log = open(storage, options());
  storage.full = true;
  EXPECT_FALSE(log->close()) << "the end record did not fit";
}

TEST(IntentLog, DropsTicksWhenItsBufferIsFullAndStartsAnewWithACheckpoint) {
  MemoryStorage storage;
  LogOptions tiny = options();
  tiny.buffer_bytes_max = 100;
  auto log = open(storage, tiny);
  for (TickNumber tick = 1; tick <= 10; ++tick) run_tick(*log, tick);
  EXPECT_TRUE(log->status().failed);
  EXPECT_GT(log->status().ticks_dropped, 0u);
  EXPECT_NE(log->status().error.find("log.buffer_mib"), std::string::npos);
  log->flush();
  ASSERT_TRUE(log->wants_checkpoint());
  log->begin_segment(10, bytes_of("world"));
  run_tick(*log, 11);
  log->flush();
  EXPECT_FALSE(log->status().failed);
  EXPECT_TRUE(log->close());
  EXPECT_EQ(ticks_in(storage.file(1)), (std::vector<TickNumber>{11}));
}

TEST(IntentLog, RecordsAWholeRunInOneFileAndEndsWithItsFirstFailure) {
  MemoryStorage storage;
  LogOptions record = options();
  record.record_file = "run.tlog";
  record.segment_bytes_max = 1;
  auto log = open(storage, record);
  run_tick(*log, 1);
  log->flush();
  EXPECT_FALSE(log->wants_checkpoint());
  storage.full = true;
  run_tick(*log, 2);
  log->flush();
  EXPECT_TRUE(log->status().failed);
  EXPECT_FALSE(log->wants_checkpoint());
  EXPECT_FALSE(log->close());
  ASSERT_EQ(storage.files.size(), 1u);
  EXPECT_EQ(storage.files.begin()->first, "run.tlog");
}

TEST(IntentLog, NeverRemovesWhatItWasToldToRecordInto) {
  MemoryStorage storage;
  storage.full = true;
  LogOptions record = options();
  record.record_file = "/dev/full";
  EXPECT_FALSE(IntentLog::open(record, storage, header(), {}));
  EXPECT_EQ(storage.files.size(), 1u) << "a device was unlinked";
}

TEST(IntentLog, DoesNotOpenWhereItCannotWrite) {
  MemoryStorage storage;
  storage.refuse_create = true;
  EXPECT_FALSE(IntentLog::open(options(), storage, header(), {}));
  storage.refuse_create = false;
  storage.full = true;
  EXPECT_FALSE(IntentLog::open(options(), storage, header(), {}));
}

}  // namespace
}  // namespace tessera::log
