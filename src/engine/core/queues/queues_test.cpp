// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <thread>
#include <vector>

#include "engine/core/queues/mpsc_queue.h"
#include "engine/core/queues/spsc_queue.h"

namespace tessera {
namespace {

TEST(SpscQueue, KeepsOrderAndRefusesWhenFull) {
  SpscQueue<int> queue(4);
  EXPECT_EQ(queue.capacity(), 4u);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(queue.try_push(i));
  EXPECT_FALSE(queue.try_push(4));
  EXPECT_EQ(queue.size(), 4u);
  int value = -1;
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(queue.try_pop(value));
    EXPECT_EQ(value, i);
  }
  EXPECT_FALSE(queue.try_pop(value));
  EXPECT_TRUE(queue.empty());
}

TEST(SpscQueue, LeavesARefusedMessageWithItsWriter) {
  SpscQueue<std::unique_ptr<int>> queue(1);
  EXPECT_TRUE(queue.try_push(std::make_unique<int>(1)));
  auto refused = std::make_unique<int>(2);
  EXPECT_FALSE(queue.try_push(std::move(refused)));
  ASSERT_NE(refused, nullptr);
  EXPECT_EQ(*refused, 2);  // NOLINT(bugprone-use-after-move): that is the point
}

TEST(SpscQueue, DrainsAtMostWhatWasAskedFor) {
  SpscQueue<int> queue(8);
  for (int i = 0; i < 6; ++i) queue.try_push(i);
  std::vector<int> seen;
  EXPECT_EQ(queue.drain([&](int value) { seen.push_back(value); }, 4), 4u);
  EXPECT_EQ(queue.drain([&](int value) { seen.push_back(value); }), 2u);
  EXPECT_EQ(queue.drain([&](int value) { seen.push_back(value); }), 0u);
  EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4, 5}));
}

TEST(SpscQueue, PassesEveryMessageOnceAndInOrderBetweenThreads) {
  constexpr std::uint64_t kCount = 200'000;
  SpscQueue<std::uint64_t> queue(64);
  std::jthread writer([&] {
    for (std::uint64_t i = 0; i < kCount;) {
      if (queue.try_push(i)) {
        ++i;
      } else {
        std::this_thread::yield();
      }
    }
  });
  for (std::uint64_t expected = 0; expected < kCount;) {
    std::uint64_t value = 0;
    if (queue.try_pop(value)) {
      ASSERT_EQ(value, expected++);
    } else {
      std::this_thread::yield();
    }
  }
}

TEST(MpscQueue, KeepsOrderAndRefusesWhenFull) {
  MpscQueue<int> queue(2);
  EXPECT_EQ(queue.capacity(), 2u);
  EXPECT_TRUE(queue.try_push(1));
  EXPECT_TRUE(queue.try_push(2));
  EXPECT_FALSE(queue.try_push(3));
  EXPECT_EQ(queue.size(), 2u);
  int value = 0;
  EXPECT_TRUE(queue.try_pop(value));
  EXPECT_EQ(value, 1);
  EXPECT_TRUE(queue.try_push(3));
  std::vector<int> seen;
  EXPECT_EQ(queue.drain([&](int v) { seen.push_back(v); }, 10), 2u);
  EXPECT_EQ(seen, (std::vector<int>{2, 3}));
  EXPECT_FALSE(queue.try_pop(value));
}

TEST(MpscQueue, PassesEveryMessageOnceAndKeepsTheOrderOfEachWriter) {
  constexpr std::uint32_t kWriters = 3;
  constexpr std::uint32_t kEach = 50'000;
  struct Message {
    std::uint32_t writer;
    std::uint32_t number;
  };
  MpscQueue<Message> queue(128);
  std::vector<std::jthread> writers;
  for (std::uint32_t w = 0; w < kWriters; ++w) {
    writers.emplace_back([&queue, w] {
      for (std::uint32_t i = 0; i < kEach;) {
        if (queue.try_push({w, i})) {
          ++i;
        } else {
          std::this_thread::yield();
        }
      }
    });
  }
  std::array<std::uint32_t, kWriters> next{};
  for (std::uint32_t received = 0; received < kWriters * kEach;) {
    Message message{};
    if (queue.try_pop(message)) {
      ASSERT_LT(message.writer, kWriters);
      ASSERT_EQ(message.number, next[message.writer]++);
      ++received;
    } else {
      std::this_thread::yield();
    }
  }
}

}  // namespace
}  // namespace tessera
