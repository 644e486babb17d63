// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/movement/input_queue.h"

#include <gtest/gtest.h>

#include <deque>

#include "engine/core/random.h"

namespace tessera::movement {
namespace {

constexpr InputFrame kEmpty{.aim = 777};

/// A frame that can be told from others by its aim.
InputFrame numbered(std::uint32_t number) {
  return {.aim = static_cast<std::uint16_t>(number), .move_x = 127};
}

void receive(InputQueue& queue, std::uint32_t first, std::uint32_t count) {
  std::vector<InputFrame> frames;
  for (std::uint32_t i = 0; i < count; ++i) frames.push_back(numbered(first + i));
  receive_frames(queue, first, frames);
}

std::vector<std::uint32_t> aims(const FramesToRun& run) {
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = 0; i < run.count; ++i) result.push_back(run.frames[i].aim);
  return result;
}

using Aims = std::vector<std::uint32_t>;

TEST(InputQueue, RunsOneFrameATickWhenOneArrivesATick) {
  InputQueue queue;
  for (std::uint32_t frame = 1; frame <= 100; ++frame) {
    receive(queue, frame, 1);
    EXPECT_EQ(aims(take_frames(queue, kEmpty)), Aims{frame});
    EXPECT_EQ(queue.last_applied, frame);
  }
}

TEST(InputQueue, ABatchOfThreeDoesNotWait) {
  InputQueue queue;
  for (std::uint32_t batch = 0; batch < 20; ++batch) {
    EXPECT_EQ(take_frames(queue, kEmpty).count, 0u);
    EXPECT_EQ(take_frames(queue, kEmpty).count, 0u);
    const std::uint32_t first = batch * 3 + 1;
    receive(queue, first, 3);
    EXPECT_EQ(aims(take_frames(queue, kEmpty)), (Aims{first, first + 1, first + 2}));
  }
}

TEST(InputQueue, RunsFourATickAtMostAndTheRestInTheNext) {
  InputQueue queue;
  for (int i = 0; i < 5; ++i) take_frames(queue, kEmpty);
  receive(queue, 1, 6);
  EXPECT_EQ(aims(take_frames(queue, kEmpty)), (Aims{1, 2, 3, 4}));
  EXPECT_EQ(aims(take_frames(queue, kEmpty)), (Aims{5, 6}));
}

TEST(InputQueue, SavesSixFramesOfCreditAtMost) {
  InputQueue queue;
  for (int i = 0; i < 6; ++i) take_frames(queue, kEmpty);
  EXPECT_EQ(queue.credit, 6);
  receive(queue, 1, 8);
  EXPECT_EQ(take_frames(queue, kEmpty).count, 4u);
  EXPECT_EQ(take_frames(queue, kEmpty).count, 3u);  // 6 - 4 + 1
  EXPECT_EQ(take_frames(queue, kEmpty).count, 1u);
}

TEST(InputQueue, RunsEmptyFramesAfterSixEmptyTicks) {
  InputQueue queue;
  receive(queue, 1, 1);
  take_frames(queue, kEmpty);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(take_frames(queue, kEmpty).count, 0u);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(aims(take_frames(queue, kEmpty)), Aims{777});
  EXPECT_EQ(queue.last_applied, 21u);
}

TEST(InputQueue, DropsTheFramesThatEmptyOnesReplaced) {
  InputQueue queue;
  receive(queue, 1, 1);
  take_frames(queue, kEmpty);
  for (int i = 0; i < 20; ++i)
    take_frames(queue, kEmpty);  // six waited, 14 empty frames run: 2..15
  for (std::uint32_t first = 2; first < 22; first += 5) receive(queue, first, 5);
  EXPECT_EQ(aims(take_frames(queue, kEmpty)), (Aims{16, 17, 18, 19}));
  EXPECT_EQ(aims(take_frames(queue, kEmpty)), (Aims{20, 21}));
}

TEST(InputQueue, DoesNotCountForAClientThatHasNotBegun) {
  InputQueue queue;
  for (int i = 0; i < 500; ++i) take_frames(queue, kEmpty);
  EXPECT_EQ(queue.last_applied, 0u);
  receive(queue, 1, 2);
  EXPECT_EQ(aims(take_frames(queue, kEmpty)), (Aims{1, 2}));
}

TEST(InputQueue, IgnoresRepeatedAndOldFrames) {
  InputQueue queue;
  for (int i = 0; i < 6; ++i) take_frames(queue, kEmpty);
  receive(queue, 1, 3);
  receive(queue, 1, 3);
  receive(queue, 2, 3);
  EXPECT_EQ(queue.count, 4);
  EXPECT_EQ(aims(take_frames(queue, kEmpty)), (Aims{1, 2, 3, 4}));
  receive(queue, 0, 4);
  EXPECT_EQ(queue.count, 0);
}

TEST(InputQueue, FillsAShortGapWithoutTheJump) {
  InputQueue queue;
  for (int i = 0; i < 6; ++i) take_frames(queue, kEmpty);
  receive(queue, 1, 1);
  InputFrame jump = numbered(4);
  jump.buttons = kButtonJump | kButtonWalk;
  receive_frames(queue, 4, std::span(&jump, 1));
  const FramesToRun run = take_frames(queue, kEmpty);
  EXPECT_EQ(aims(run), (Aims{1, 4, 4, 4}));
  EXPECT_EQ(run.frames[1].buttons, kButtonWalk);
  EXPECT_EQ(run.frames[3].buttons, kButtonJump | kButtonWalk);
  EXPECT_EQ(queue.last_applied, 4u);
}

TEST(InputQueue, StartsAnewAfterALongGap) {
  InputQueue queue;
  receive(queue, 1, 3);
  receive(queue, 1'000'000, 2);
  EXPECT_EQ(queue.count, 2);
  take_frames(queue, kEmpty);
  EXPECT_EQ(queue.last_applied, 1'000'000u);
}

TEST(InputQueue, DropsTheOldestWhenItIsFull) {
  InputQueue queue;
  receive(queue, 1, 8);
  receive(queue, 9, 2);
  EXPECT_EQ(queue.count, kQueuedFramesMax);
  EXPECT_EQ(queue.last_applied, 2u);
  EXPECT_EQ(aims(take_frames(queue, kEmpty)), Aims{3});
}

TEST(InputQueue, SurvivesTheLastFrameNumbers) {
  InputQueue queue;
  receive(queue, 0xfffffffe, 8);
  EXPECT_EQ(queue.count, 2);
  for (int i = 0; i < 30; ++i) take_frames(queue, kEmpty);
  SUCCEED();
}

TEST(InputQueue, UnusedFramesAreZeroSoThatEqualStatesAreEqualBytes) {
  InputQueue queue;
  receive(queue, 1, 8);
  for (int i = 0; i < 8; ++i) take_frames(queue, kEmpty);
  for (const InputFrame& frame : queue.frames) EXPECT_EQ(frame, InputFrame{});
}

// Whatever a client sends, in any order, with any numbers: the frames that run never exceed the
// ticks that have passed, and never run twice.
TEST(InputQueue, NobodyIsFasterThanTheClock) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    RandomStream random(seed);
    InputQueue queue;
    std::uint64_t ran = 0;
    std::uint32_t newest = 1;
    std::deque<std::uint64_t> ran_in_tick;
    for (std::uint64_t tick = 1; tick <= 2000; ++tick) {
      for (std::uint32_t packets = random.below(4); packets > 0; --packets) {
        const std::uint32_t first =
            random.chance(0.02f) ? static_cast<std::uint32_t>(random.next())
                                 : newest + random.below(6) - std::min(newest, random.below(6));
        const std::uint32_t count = random.below(9);
        receive(queue, first, count);
        if (random.chance(0.8f)) newest = first + count;
      }
      if (random.chance(0.01f)) {  // silence
        for (std::uint32_t silent = random.below(40); silent > 0; --silent, ++tick) {
          ran += take_frames(queue, kEmpty).count;
        }
      }
      const std::uint32_t before = queue.last_applied;
      const FramesToRun run = take_frames(queue, kEmpty);
      ran += run.count;
      ASSERT_LE(run.count, kFramesPerTickMax);
      ASSERT_LE(queue.credit, kFrameCreditMax);
      ASSERT_LE(queue.count, kQueuedFramesMax);
      ASSERT_LE(queue.last_applied - before, run.count);
      ASSERT_LE(ran, tick);
    }
  }
}

// Within any stretch of ticks nobody gains more than the saved credit.
TEST(InputQueue, NoStretchOfTicksRunsMoreThanItsLengthAndTheSavedCredit) {
  RandomStream random(99);
  InputQueue queue;
  std::vector<std::uint32_t> ran;
  std::uint32_t next = 1;
  for (int tick = 0; tick < 3000; ++tick) {
    if (random.chance(0.3f)) {
      const std::uint32_t count = random.below(9);
      receive(queue, next, count);
      next += count;
    }
    next = std::max(next, queue.last_applied + 1);
    ran.push_back(take_frames(queue, kEmpty).count);
  }
  for (const std::size_t stretch : {1u, 5u, 30u, 300u}) {
    for (std::size_t begin = 0; begin + stretch <= ran.size(); ++begin) {
      std::uint32_t sum = 0;
      for (std::size_t i = 0; i < stretch; ++i) sum += ran[begin + i];
      ASSERT_LE(sum, stretch + kFrameCreditMax);
    }
  }
}

}  // namespace
}  // namespace tessera::movement
