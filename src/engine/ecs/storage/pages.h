// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Memory for tables and records. Large pieces lie on huge pages where the system has them: random
// access to a million entities spends most of its time finding pages otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace tessera::ecs::storage {

inline constexpr std::size_t kHugePageBytes = 2 * 1024 * 1024;

/// Huge: one first touch brings in 2 MiB and takes a millisecond; for memory taken before the ticks
/// begin. Pieces smaller than a huge page lie on small ones.
enum class PageSize : std::uint8_t { Small, Huge };

/// `bytes`, aligned to cache lines.
std::byte* allocate_pages(std::size_t bytes, PageSize size);
void free_pages(std::byte* memory, std::size_t bytes);

struct FreePages {
  std::size_t bytes = 0;
  void operator()(std::byte* memory) const { free_pages(memory, bytes); }
};
using Pages = std::unique_ptr<std::byte, FreePages>;

inline Pages make_pages(std::size_t bytes, PageSize size) {
  return {allocate_pages(bytes, size), FreePages{bytes}};
}

/// For std::vector.
template <class T>
struct PageAllocator {
  using value_type = T;
  PageAllocator() = default;
  template <class U>
  explicit PageAllocator(const PageAllocator<U>&) {}
  T* allocate(std::size_t count) {
    return reinterpret_cast<T*>(allocate_pages(count * sizeof(T), PageSize::Huge));
  }
  void deallocate(T* memory, std::size_t count) {
    free_pages(reinterpret_cast<std::byte*>(memory), count * sizeof(T));
  }
  bool operator==(const PageAllocator&) const = default;
};

}  // namespace tessera::ecs::storage
