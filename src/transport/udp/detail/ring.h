// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The little of io_uring that we need, on the bare system calls (Debian's liburing would be one
// more dependency for a hundred lines): submissions, completions, and a ring of receive buffers.
#pragma once

#include <linux/io_uring.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "transport/udp/detail/descriptor.h"

namespace tessera::udp::detail {

/// Memory mapped from the kernel, or anonymous.
class Mapping {
 public:
  Mapping() = default;
  /// `descriptor` -1 maps fresh zero pages.
  Mapping(int descriptor, std::size_t size, std::uint64_t offset);
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  ~Mapping();
  template <class T>
  T* at(std::size_t offset) const {
    return reinterpret_cast<T*>(data_ + offset);
  }
  explicit operator bool() const { return data_ != nullptr; }

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

class Ring {
 public:
  static constexpr std::uint16_t kBufferGroup = 1;

  /// nullptr when the kernel refuses or is older than 6.1.
  static std::unique_ptr<Ring> open(unsigned submissions, unsigned completions);

  /// Gives the kernel `count` (a power of two) receive buffers of `size` bytes. False when it
  /// refuses.
  bool provide_buffers(std::uint16_t count, std::size_t size);
  std::span<std::byte> buffer(std::uint16_t id) {
    return std::span(buffers_).subspan(id * buffer_size_, buffer_size_);
  }
  void give_back(std::uint16_t id);
  void publish_buffers();

  /// A cleared entry; submits when the queue is full.
  io_uring_sqe& next_submission();
  /// Submits, and waits for a completion at most `timeout_us` (0 does not wait).
  void enter(std::int64_t timeout_us);
  bool has_submissions() const { return to_submit_ > 0; }

  /// Calls `f(const io_uring_cqe&)` for at most `count_max` completions.
  template <class F>
  void reap(std::size_t count_max, F&& f) {
    const unsigned tail = std::atomic_ref(*cq_tail_).load(std::memory_order_acquire);
    unsigned head = *cq_head_;
    for (; head != tail && count_max > 0; ++head, --count_max) f(cqes_[head & cq_mask_]);
    std::atomic_ref(*cq_head_).store(head, std::memory_order_release);
  }
  std::uint64_t system_calls() const { return system_calls_; }

 private:
  Ring(Descriptor descriptor, const io_uring_params& params);

  Descriptor descriptor_;
  Mapping rings_;
  Mapping submissions_;
  unsigned* sq_head_ = nullptr;
  unsigned* sq_tail_ = nullptr;
  unsigned* sq_array_ = nullptr;
  unsigned sq_mask_ = 0;
  unsigned* cq_head_ = nullptr;
  unsigned* cq_tail_ = nullptr;
  unsigned cq_mask_ = 0;
  io_uring_cqe* cqes_ = nullptr;
  unsigned to_submit_ = 0;
  std::uint64_t system_calls_ = 0;

  Mapping buffer_ring_;
  std::vector<std::byte> buffers_;
  std::size_t buffer_size_ = 0;
  std::uint16_t buffer_mask_ = 0;
  std::uint16_t buffer_tail_ = 0;
};

}  // namespace tessera::udp::detail
