// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A battle in its steady state takes no memory: all lists have grown to what they need.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "gameplay/testing/battlefield.h"

namespace {

std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t size, std::size_t alignment) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): this is what new is made of
  void* const memory =
      std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace tessera {
namespace {

TEST(Fighting, TakesNoMemoryInItsSteadyState) {
  Battlefield field({.players = 200});
  for (int i = 0; i < 30 * kTicksPerSecond; ++i) {  // a wilder battle, for the lists to grow
    field.press(4.0f / kTicksPerSecond);
    field.arena.world.step();
  }
  std::uint64_t in_ticks = 0;
  for (int i = 0; i < 10 * kTicksPerSecond; ++i) {
    field.press(1.0f / kTicksPerSecond);
    const std::uint64_t before = allocations.load(std::memory_order_relaxed);
    field.arena.world.step();
    in_ticks += allocations.load(std::memory_order_relaxed) - before;
  }
  EXPECT_EQ(in_ticks, 0u);
}

}  // namespace
}  // namespace tessera
