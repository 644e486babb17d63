// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Memory that is handed out by moving a pointer and taken back all at once: scratch of a tick, of a
// packet, of a search. Blocks are kept on reset(), so a steady load stops allocating after the
// first rounds. Destructors do not run, hence trivially destructible types only. Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/core/assert.h"

namespace tessera {

class Arena {
 public:
  explicit Arena(std::size_t block_bytes = 64 * 1024) : block_bytes_(block_bytes) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Uninitialised bytes, valid until reset(). `alignment` is a power of two, at most
  /// kAlignmentMax.
  std::byte* allocate(std::size_t bytes, std::size_t alignment = alignof(std::max_align_t)) {
    TESSERA_ASSERT(alignment <= kAlignmentMax, "Arena: alignment too large");
    const std::size_t start = (used_ + alignment - 1) & ~(alignment - 1);
    if (current_ < blocks_.size() && start + bytes <= blocks_[current_].size) [[likely]] {
      used_ = start + bytes;
      return blocks_[current_].bytes.get() + start;
    }
    return allocate_in_next_block(bytes);
  }
  /// A value that lives until reset().
  template <class T, class... Args>
  T& make(Args&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T>);
    return *new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(arguments)...};
  }
  /// `count` values, each T{}.
  template <class T>
  std::span<T> make_span(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    T* const first = reinterpret_cast<T*>(allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_value_construct_n(first, count);
    return {first, count};
  }
  /// Takes everything back and keeps the memory.
  void reset() {
    current_ = 0;
    used_ = 0;
  }
  /// Bytes held, used or not.
  std::size_t capacity() const {
    std::size_t bytes = 0;
    for (const Block& block : blocks_) bytes += block.size;
    return bytes;
  }

  static constexpr std::size_t kAlignmentMax = 64;

 private:
  struct FreeBlock {
    void operator()(std::byte* bytes) const {
      ::operator delete(bytes, std::align_val_t{kAlignmentMax});
    }
  };
  struct Block {
    std::unique_ptr<std::byte, FreeBlock> bytes;
    std::size_t size = 0;
  };

  std::byte* allocate_in_next_block(std::size_t bytes) {
    // Blocks too small for a large request are skipped until the next reset().
    if (current_ < blocks_.size()) ++current_;
    while (current_ < blocks_.size() && blocks_[current_].size < bytes) ++current_;
    if (current_ == blocks_.size()) {
      const std::size_t size = bytes > block_bytes_ ? bytes : block_bytes_;
      auto* memory = static_cast<std::byte*>(::operator new(size, std::align_val_t{kAlignmentMax}));
      blocks_.push_back({std::unique_ptr<std::byte, FreeBlock>(memory), size});
    }
    used_ = bytes;
    return blocks_[current_].bytes.get();
  }

  std::vector<Block> blocks_;
  std::size_t block_bytes_;
  std::size_t current_ = 0;
  std::size_t used_ = 0;
};

}  // namespace tessera
