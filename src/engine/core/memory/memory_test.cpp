// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "engine/core/memory/arena.h"
#include "engine/core/memory/object_pool.h"

namespace tessera {
namespace {

TEST(Arena, HandsOutAlignedMemoryThatDoesNotOverlap) {
  Arena arena(256);
  std::byte* const first = arena.allocate(3, 1);
  std::byte* const second = arena.allocate(8, 8);
  EXPECT_GE(second, first + 3);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(second) % 8, 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.allocate(1, 64)) % 64, 0u);
}

TEST(Arena, ReusesItsBlocksAfterReset) {
  Arena arena(128);
  std::byte* const first = arena.allocate(100);
  arena.allocate(100);
  arena.allocate(1000);  // larger than a block: gets its own
  const std::size_t capacity = arena.capacity();
  EXPECT_EQ(capacity, 128u + 128u + 1000u);
  for (int round = 0; round < 10; ++round) {
    arena.reset();
    EXPECT_EQ(arena.allocate(100), first);
    arena.allocate(100);
    arena.allocate(1000);
  }
  EXPECT_EQ(arena.capacity(), capacity);
}

TEST(Arena, SkipsBlocksThatAreTooSmall) {
  Arena arena(64);
  arena.allocate(64);
  arena.allocate(64);
  arena.reset();
  arena.allocate(200);
  EXPECT_EQ(arena.capacity(), 64u + 64u + 200u);
}

TEST(Arena, MakesValuesAndSpans) {
  struct Point {
    int x = 1;
    int y = 2;
  };
  Arena arena;
  EXPECT_EQ(arena.make<Point>(5, 6).y, 6);
  const std::span<Point> points = arena.make_span<Point>(100);
  ASSERT_EQ(points.size(), 100u);
  EXPECT_EQ(points[99].x, 1);
}

TEST(ObjectPool, GivesPlacesBackAndKeepsObjectsWhereTheyAre) {
  ObjectPool<std::string> pool(2);
  std::string* const first = pool.create("one");
  std::string* const second = pool.create("two");
  std::string* const third = pool.create("three");  // a second block
  EXPECT_EQ(*first + *second + *third, "onetwothree");
  EXPECT_EQ(pool.capacity(), 4u);
  pool.destroy(second);
  std::string* const again = pool.create("four");
  EXPECT_EQ(again, second);
  EXPECT_EQ(pool.in_use(), 3u);
  pool.destroy(first);
  pool.destroy(third);
  pool.destroy(again);
  EXPECT_EQ(pool.in_use(), 0u);
}

TEST(ObjectPool, RefusesBeyondItsLimit) {
  ObjectPool<int> pool(4, 2);
  int* const one = pool.create(1);
  int* const two = pool.create(2);
  EXPECT_EQ(pool.create(3), nullptr);
  pool.destroy(one);
  int* const three = pool.create(3);
  EXPECT_NE(three, nullptr);
  pool.destroy(two);
  pool.destroy(three);
}

TEST(ObjectPool, HandlesGiveBackByThemselves) {
  ObjectPool<std::string> pool;
  {
    const auto handle = pool.make("a string that is too long for the small buffer");
    EXPECT_EQ(handle->substr(0, 8), "a string");
    EXPECT_EQ(pool.in_use(), 1u);
  }
  EXPECT_EQ(pool.in_use(), 0u);
}

}  // namespace
}  // namespace tessera
