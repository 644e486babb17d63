// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A bounded queue between one writing and one reading thread. No lock, no allocation after the
// constructor. A full queue refuses; the writer has a stated answer to that.
//
// Positions count up for ever and are masked on use. Each side keeps its own position and what it
// last saw of the other's on its own cache line, so that in a busy queue the threads touch each
// other's lines once a round and not once a message.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include "engine/core/assert.h"

namespace tessera {

template <class T>
class SpscQueue {
 public:
  static_assert(std::is_nothrow_move_assignable_v<T> && std::is_default_constructible_v<T>);

  /// Holds `capacity` messages, a power of two.
  explicit SpscQueue(std::size_t capacity)
      : mask_(capacity - 1), slots_(std::make_unique<T[]>(capacity)) {
    TESSERA_ASSERT(std::has_single_bit(capacity), "SpscQueue: capacity must be a power of two");
  }
  SpscQueue(const SpscQueue&) = delete;
  SpscQueue& operator=(const SpscQueue&) = delete;

  /// Writer: false, leaving `message` as it was, when the queue is full.
  bool try_push(T&& message) {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - known_head_ > mask_) {
      known_head_ = head_.load(std::memory_order_acquire);
      if (tail - known_head_ > mask_) return false;
    }
    slots_[tail & mask_] = std::move(message);
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }
  bool try_push(const T& message) { return try_push(T(message)); }

  /// Reader: false when nothing waits.
  bool try_pop(T& message) {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == known_tail_) {
      known_tail_ = tail_.load(std::memory_order_acquire);
      if (head == known_tail_) return false;
    }
    message = std::move(slots_[head & mask_]);
    head_.store(head + 1, std::memory_order_release);
    return true;
  }
  /// Reader: fn(T&) for what waits now, at most `count_max`; gives the room back once, at the end.
  /// Returns how many.
  template <class F>
  std::size_t drain(F&& fn, std::size_t count_max = static_cast<std::size_t>(-1)) {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    known_tail_ = tail_.load(std::memory_order_acquire);
    const std::size_t waiting = known_tail_ - head;
    const std::size_t count = waiting < count_max ? waiting : count_max;
    for (std::size_t i = 0; i < count; ++i) fn(slots_[(head + i) & mask_]);
    if (count > 0) head_.store(head + count, std::memory_order_release);
    return count;
  }

  std::size_t capacity() const { return mask_ + 1; }
  /// Any thread; exact only when both sides rest.
  std::size_t size() const {
    const std::size_t head = head_.load(std::memory_order_acquire);
    return tail_.load(std::memory_order_acquire) - head;
  }
  bool empty() const { return size() == 0; }

 private:
  const std::size_t mask_;
  const std::unique_ptr<T[]> slots_;
  alignas(64) std::atomic<std::size_t> tail_{0};  ///< the writer's line
  std::size_t known_head_ = 0;
  alignas(64) std::atomic<std::size_t> head_{0};  ///< the reader's line
  std::size_t known_tail_ = 0;
};

}  // namespace tessera
