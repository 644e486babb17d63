// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A bounded ring of records between one writing and one reading thread. A record is a 32-bit length
// and its bytes, padded to 8; it never wraps, so the reader gets it as one span without a copy:
// what does not fit before the end is skipped with a marker. Capacity is all there ever is; a
// record of more than half of it may find no room even in an empty ring.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>

#include "engine/core/assert.h"

namespace tessera {

class ByteRing {
 public:
  /// `capacity` is a power of two, in bytes.
  explicit ByteRing(std::size_t capacity)
      : capacity_(capacity), bytes_(std::make_unique<std::byte[]>(capacity)) {
    TESSERA_ASSERT(std::has_single_bit(capacity) && capacity >= 64, "ByteRing: a power of two");
  }

  /// Writer: room for a record of `size` bytes while at least `spare` bytes stay free besides;
  /// empty when there is not. Visible to the reader after commit().
  std::span<std::byte> reserve(std::size_t size, std::size_t spare = 0) {
    const std::size_t need = padded(size);
    const std::size_t head = tail_ & (capacity_ - 1);
    const std::size_t skip = head + need > capacity_ ? capacity_ - head : 0;
    if (!has_room(skip + need + spare)) return {};
    if (skip > 0) {
      put_length(head, kSkip);
      tail_ += skip;
    }
    const std::size_t at = tail_ & (capacity_ - 1);
    put_length(at, static_cast<std::uint32_t>(size));
    reserved_ = need;
    return {bytes_.get() + at + kLengthBytes, size};
  }
  /// Writer: hands the reserved record over.
  void commit() {
    tail_ += reserved_;
    reserved_ = 0;
    shared_tail_.store(tail_, std::memory_order_release);
  }

  /// Writer: a record of a header and its bytes, handed over at once; false when there is no room.
  template <class Header>
  bool try_push(const Header& header, std::span<const std::byte> bytes, std::size_t spare = 0) {
    static_assert(std::is_trivially_copyable_v<Header>);
    const auto out = reserve(sizeof header + bytes.size(), spare);
    if (out.data() == nullptr) return false;
    std::memcpy(out.data(), &header, sizeof header);
    if (!bytes.empty()) std::memcpy(out.data() + sizeof header, bytes.data(), bytes.size());
    commit();
    return true;
  }

  /// Reader: the oldest record, valid until pop(); `data()` is null when there is none.
  std::span<const std::byte> front() {
    for (;;) {
      if (head_ == known_tail_) {
        known_tail_ = shared_tail_.load(std::memory_order_acquire);
        if (head_ == known_tail_) return {};
      }
      const std::size_t at = head_ & (capacity_ - 1);
      std::uint32_t size = 0;
      std::memcpy(&size, bytes_.get() + at, sizeof size);
      if (size != kSkip) return {bytes_.get() + at + kLengthBytes, size};
      head_ += capacity_ - at;
    }
  }
  /// Reader: done with front(). The writer sees the room after release().
  void pop(std::size_t size) { head_ += padded(size); }
  /// Reader: gives all popped records back to the writer; once per batch.
  void release() { shared_head_.store(head_, std::memory_order_release); }
  /// Reader: whether nothing waits.
  bool empty() const { return head_ == shared_tail_.load(std::memory_order_acquire); }

  std::size_t capacity() const { return capacity_; }

 private:
  static constexpr std::size_t kLengthBytes = 4;
  static constexpr std::uint32_t kSkip = 0xffffffff;

  static constexpr std::size_t padded(std::size_t size) {
    return (size + kLengthBytes + 7) & ~std::size_t{7};
  }
  bool has_room(std::size_t need) {
    if (capacity_ - (tail_ - known_head_) >= need) return true;
    known_head_ = shared_head_.load(std::memory_order_acquire);
    return capacity_ - (tail_ - known_head_) >= need;
  }
  void put_length(std::size_t at, std::uint32_t length) {
    std::memcpy(bytes_.get() + at, &length, sizeof length);
  }

  const std::size_t capacity_;
  const std::unique_ptr<std::byte[]> bytes_;
  // Positions count up for ever. Each side keeps its own and what it last saw of the other's, on
  // its own cache line.
  alignas(64) std::atomic<std::size_t> shared_tail_{0};
  alignas(64) std::atomic<std::size_t> shared_head_{0};
  alignas(64) std::size_t tail_ = 0;
  std::size_t known_head_ = 0;
  std::size_t reserved_ = 0;
  alignas(64) std::size_t head_ = 0;
  std::size_t known_tail_ = 0;
};

}  // namespace tessera
