// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A bounded queue from any number of writing threads to one reading thread. No lock, no allocation
// after the constructor; messages of one writer arrive in the order in which it wrote them.
//
// Each slot has a turn number that says whose it is (D. Vyukov's bounded queue, 2010): equal to the
// position: free for the writer that claims this position; position + 1: written, for the reader.
// A writer that sleeps between claim and write holds back those behind it, so try_pop() may find
// nothing although size() is above zero; it does not spin for it.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include "engine/core/assert.h"

namespace tessera {

template <class T>
class MpscQueue {
 public:
  static_assert(std::is_nothrow_move_assignable_v<T> && std::is_default_constructible_v<T>);

  /// Holds `capacity` messages, a power of two.
  explicit MpscQueue(std::size_t capacity)
      : mask_(capacity - 1), slots_(std::make_unique<Slot[]>(capacity)) {
    TESSERA_ASSERT(std::has_single_bit(capacity), "MpscQueue: capacity must be a power of two");
    for (std::size_t i = 0; i < capacity; ++i) slots_[i].turn.store(i, std::memory_order_relaxed);
  }
  MpscQueue(const MpscQueue&) = delete;
  MpscQueue& operator=(const MpscQueue&) = delete;

  /// Any writer: false, leaving `message` as it was, when the queue is full.
  bool try_push(T&& message) {
    std::size_t tail = tail_.load(std::memory_order_relaxed);
    for (;;) {
      Slot& slot = slots_[tail & mask_];
      const std::size_t turn = slot.turn.load(std::memory_order_acquire);
      const auto ahead = static_cast<std::ptrdiff_t>(turn - tail);
      if (ahead < 0) return false;
      if (ahead > 0) {
        tail = tail_.load(std::memory_order_relaxed);
      } else if (tail_.compare_exchange_weak(tail, tail + 1, std::memory_order_relaxed)) {
        slot.message = std::move(message);
        slot.turn.store(tail + 1, std::memory_order_release);
        return true;
      }
    }
  }
  bool try_push(const T& message) { return try_push(T(message)); }

  /// Reader: false when nothing waits.
  bool try_pop(T& message) {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    Slot& slot = slots_[head & mask_];
    if (slot.turn.load(std::memory_order_acquire) != head + 1) return false;
    message = std::move(slot.message);
    slot.turn.store(head + mask_ + 1, std::memory_order_release);
    head_.store(head + 1, std::memory_order_release);
    return true;
  }
  /// Reader: fn(T&) for each message, until nothing waits or `count_max` were taken. Returns how
  /// many.
  template <class F>
  std::size_t drain(F&& fn, std::size_t count_max) {
    std::size_t count = 0;
    T message;
    for (; count < count_max && try_pop(message); ++count) fn(message);
    return count;
  }

  std::size_t capacity() const { return mask_ + 1; }
  /// Any thread; claimed slots count. Exact only when all sides rest.
  std::size_t size() const {
    const std::size_t head = head_.load(std::memory_order_acquire);
    return tail_.load(std::memory_order_acquire) - head;
  }

 private:
  struct Slot {
    std::atomic<std::size_t> turn{0};
    T message{};
  };

  const std::size_t mask_;
  const std::unique_ptr<Slot[]> slots_;
  alignas(64) std::atomic<std::size_t> tail_{0};
  alignas(64) std::atomic<std::size_t> head_{0};
};

}  // namespace tessera
