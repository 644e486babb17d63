// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/outbox/save_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>

namespace tessera::outbox {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// Remembers what was stored; refuses and fails on request.
class MemorySaver final : public CharacterSaver {
 public:
  Result<std::vector<CharacterId>> save(std::span<const CharacterState> states) override {
    const std::lock_guard lock(mutex);
    ++calls;
    if (failures_left > 0) {
      --failures_left;
      return failure(kind, "the database is locked");
    }
    std::vector<CharacterId> refused;
    for (const CharacterState& state : states) {
      if (state.character == refuse) {
        refused.push_back(state.character);
      } else {
        stored[state.character] = state;
      }
    }
    largest_batch = std::max(largest_batch, states.size());
    return refused;
  }

  std::mutex mutex;
  int failures_left = 0;
  ErrorKind kind = ErrorKind::Unavailable;
  CharacterId refuse;
  std::map<CharacterId, CharacterState> stored;
  std::size_t largest_batch = 0;
  int calls = 0;
};

CharacterState state(std::uint64_t character, TickNumber tick, float x = 0) {
  return {.id = {.zone = 1, .epoch = 1, .tick = tick, .index = 0},
          .character = {character},
          .position_m = {x, 0, 0}};
}

/// Nothing is sent before drain(): tests decide when.
SaveQueueOptions patient() {
  SaveQueueOptions options;
  options.gather = hours(1);
  options.retry_first = milliseconds(1);
  options.retry_max = milliseconds(2);
  return options;
}

TEST(SaveQueue, StoresTheNewestStateOfEachCharacterOnce) {
  MemorySaver saver;
  SaveQueue queue(patient(), saver);
  EXPECT_TRUE(queue.push(state(1, 10, 1)));
  EXPECT_TRUE(queue.push(state(2, 10, 2)));
  EXPECT_TRUE(queue.push(state(1, 20, 3)));
  EXPECT_EQ(queue.find({1})->position_m.x, 3);
  EXPECT_EQ(queue.find({7}), std::nullopt);
  EXPECT_TRUE(queue.drain(minutes(1)));
  EXPECT_EQ(saver.stored.size(), 2u);
  EXPECT_EQ(saver.stored[CharacterId{1}].position_m.x, 3);
  EXPECT_EQ(queue.status().saved, 2u);
  EXPECT_EQ(queue.status().backlog, 0u);
  EXPECT_EQ(queue.find({1}), std::nullopt);
}

TEST(SaveQueue, SendsByItselfAfterGathering) {
  MemorySaver saver;
  SaveQueueOptions quick = patient();
  quick.gather = milliseconds(1);
  SaveQueue queue(quick, saver);
  queue.push(state(1, 10));
  while (queue.status().saved == 0) std::this_thread::yield();
  EXPECT_EQ(queue.status().backlog, 0u);
}

TEST(SaveQueue, CutsBatches) {
  MemorySaver saver;
  SaveQueueOptions options = patient();
  options.batch_max = 10;
  SaveQueue queue(options, saver);
  for (std::uint64_t character = 1; character <= 35; ++character) queue.push(state(character, 1));
  EXPECT_TRUE(queue.drain(minutes(1)));
  EXPECT_EQ(saver.stored.size(), 35u);
  EXPECT_EQ(saver.calls, 4);
  EXPECT_EQ(saver.largest_batch, 10u);
}

TEST(SaveQueue, TriesAgainUntilTheSaverAnswers) {
  MemorySaver saver;
  saver.failures_left = 3;
  SaveQueue queue(patient(), saver);
  queue.push(state(1, 10));
  EXPECT_TRUE(queue.drain(minutes(1)));
  EXPECT_EQ(saver.stored.size(), 1u);
  EXPECT_EQ(queue.status().failures, 3u);
  EXPECT_FALSE(queue.status().failing);
}

TEST(SaveQueue, DrainSaysHowManyAreLeftAndWhyWhenTimeIsUp) {
  MemorySaver saver;
  saver.failures_left = 1'000'000;
  SaveQueue queue(patient(), saver);
  queue.push(state(1, 10));
  auto drained = queue.drain(milliseconds(50));
  ASSERT_FALSE(drained);
  EXPECT_EQ(drained.error().message, "1 characters are not saved: the database is locked");
  EXPECT_TRUE(queue.find({1})) << "a failed state stays";
}

TEST(SaveQueue, DoesNotRetryWhatWasRefusedForGood) {
  MemorySaver saver;
  saver.refuse = {2};
  SaveQueue queue(patient(), saver);
  queue.push(state(1, 10));
  queue.push(state(2, 10));
  EXPECT_TRUE(queue.drain(minutes(1)));
  EXPECT_EQ(queue.status().refused, 1u);
  EXPECT_EQ(queue.status().saved, 1u);
}

TEST(SaveQueue, StopsForGoodWhenAnotherProcessOwnsTheZone) {
  MemorySaver saver;
  saver.failures_left = 1;
  saver.kind = ErrorKind::PermissionDenied;
  SaveQueue queue(patient(), saver);
  queue.push(state(1, 10));
  EXPECT_FALSE(queue.drain(minutes(1)));
  EXPECT_TRUE(queue.status().fenced);
  EXPECT_FALSE(queue.push(state(2, 10)));
  EXPECT_EQ(saver.calls, 1);
}

TEST(SaveQueue, ShedsStatesOfThoseWhoStayBeforeLastStates) {
  MemorySaver saver;
  SaveQueueOptions options = patient();
  options.backlog_max = 2;
  SaveQueue queue(options, saver);
  EXPECT_TRUE(queue.push(state(1, 10)));
  EXPECT_TRUE(queue.push(state(2, 10)));
  EXPECT_FALSE(queue.push(state(3, 10)));
  CharacterState last = state(4, 10);
  last.leaving = true;
  EXPECT_TRUE(queue.push(last));
  EXPECT_EQ(queue.status().shed, 1u);
  EXPECT_TRUE(queue.drain(minutes(1)));
  EXPECT_TRUE(saver.stored.contains(CharacterId{4}));
}

}  // namespace
}  // namespace tessera::outbox
