// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/core/queues/byte_ring.h"

#include <gtest/gtest.h>

#include <deque>
#include <thread>
#include <vector>

#include "engine/core/random.h"

namespace tessera {
namespace {

struct Header {
  std::uint32_t number;
  std::uint32_t kind;
};

std::vector<std::byte> bytes_for(std::uint32_t number, std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(number + i);
  return bytes;
}

void expect_record(std::span<const std::byte> record, std::uint32_t number, std::size_t size) {
  ASSERT_EQ(record.size(), sizeof(Header) + size);
  Header header{};
  std::memcpy(&header, record.data(), sizeof header);
  ASSERT_EQ(header.number, number);
  const auto expected = bytes_for(number, size);
  ASSERT_TRUE(std::ranges::equal(record.subspan(sizeof header), expected));
}

TEST(ByteRing, GivesBackHeadersAndBytesAcrossTheWrap) {
  constexpr std::uint64_t kSeed = 7;
  RandomStream random(kSeed);
  ByteRing ring(1024);
  std::deque<std::pair<std::uint32_t, std::size_t>> sent;
  for (std::uint32_t number = 0; number < 20'000; ++number) {
    const std::size_t size = random.below(300);
    if (ring.try_push(Header{number, 1}, bytes_for(number, size))) {
      sent.emplace_back(number, size);
    }
    while (!sent.empty() && random.chance(0.6f)) {
      const auto record = ring.front();
      expect_record(record, sent.front().first, sent.front().second);
      ring.pop(record.size());
      ring.release();
      sent.pop_front();
    }
  }
}

TEST(ByteRing, RefusesWhatDoesNotFitAndTakesItAfterRelease) {
  ByteRing ring(64);
  EXPECT_TRUE(ring.empty());
  EXPECT_EQ(ring.front().data(), nullptr);
  EXPECT_TRUE(ring.try_push(Header{1, 0}, bytes_for(1, 40)));
  EXPECT_FALSE(ring.empty());
  EXPECT_FALSE(ring.try_push(Header{2, 0}, bytes_for(2, 0)));
  ring.pop(ring.front().size());
  EXPECT_FALSE(ring.try_push(Header{2, 0}, bytes_for(2, 0)));
  ring.release();
  EXPECT_TRUE(ring.try_push(Header{2, 0}, bytes_for(2, 0)));
  expect_record(ring.front(), 2, 0);
}

TEST(ByteRing, KeepsTheSpareRoomFree) {
  ByteRing ring(64);
  EXPECT_FALSE(ring.try_push(Header{1, 0}, {}, 56));
  EXPECT_TRUE(ring.try_push(Header{1, 0}, {}, 48));
}

TEST(ByteRing, PassesRecordsBetweenThreads) {
  constexpr std::uint32_t kCount = 50'000;
  ByteRing ring(4096);
  std::jthread writer([&] {
    for (std::uint32_t number = 0; number < kCount;) {
      if (ring.try_push(Header{number, 0}, bytes_for(number, number % 200))) {
        ++number;
      } else {
        std::this_thread::yield();
      }
    }
  });
  for (std::uint32_t number = 0; number < kCount;) {
    const auto record = ring.front();
    if (record.data() == nullptr) {
      std::this_thread::yield();
      continue;
    }
    expect_record(record, number, number % 200);
    ring.pop(record.size());
    ring.release();
    ++number;
  }
}

}  // namespace
}  // namespace tessera
