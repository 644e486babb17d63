// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/detail/ring.h"

#include <linux/time_types.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace tessera::udp::detail {

Mapping::Mapping(int descriptor, std::size_t size, std::uint64_t offset) : size_(size) {
  const int flags = descriptor < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
  void* data = mmap(nullptr, size, PROT_READ | PROT_WRITE, flags | MAP_POPULATE, descriptor,
                    static_cast<off_t>(offset));
  if (data != MAP_FAILED) data_ = static_cast<std::byte*>(data);
}
Mapping::Mapping(Mapping&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(other.size_) {}
Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}
Mapping::~Mapping() {
  if (data_ != nullptr) munmap(data_, size_);
}

std::unique_ptr<Ring> Ring::open(unsigned submissions, unsigned completions) {
  io_uring_params params{};
  // One thread submits and reaps; completions are worked off when it asks, not by interrupts.
  params.flags = IORING_SETUP_CQSIZE | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
  params.cq_entries = completions;
  Descriptor descriptor(static_cast<int>(syscall(SYS_io_uring_setup, submissions, &params)));
  if (!descriptor || (params.features & IORING_FEAT_SINGLE_MMAP) == 0) return nullptr;
  auto ring = std::unique_ptr<Ring>(new Ring(std::move(descriptor), params));
  return ring->rings_ && ring->submissions_ ? std::move(ring) : nullptr;
}

Ring::Ring(Descriptor descriptor, const io_uring_params& params)
    : descriptor_(std::move(descriptor)),
      rings_(descriptor_.value(),
             std::max(params.sq_off.array + params.sq_entries * sizeof(unsigned),
                      params.cq_off.cqes + params.cq_entries * sizeof(io_uring_cqe)),
             IORING_OFF_SQ_RING),
      submissions_(descriptor_.value(), params.sq_entries * sizeof(io_uring_sqe), IORING_OFF_SQES) {
  if (!rings_ || !submissions_) return;
  sq_head_ = rings_.at<unsigned>(params.sq_off.head);
  sq_tail_ = rings_.at<unsigned>(params.sq_off.tail);
  sq_array_ = rings_.at<unsigned>(params.sq_off.array);
  sq_mask_ = params.sq_entries - 1;
  cq_head_ = rings_.at<unsigned>(params.cq_off.head);
  cq_tail_ = rings_.at<unsigned>(params.cq_off.tail);
  cqes_ = rings_.at<io_uring_cqe>(params.cq_off.cqes);
  cq_mask_ = params.cq_entries - 1;
}

bool Ring::provide_buffers(std::uint16_t count, std::size_t size) {
  buffer_ring_ = Mapping(-1, count * sizeof(io_uring_buf), 0);
  if (!buffer_ring_) return false;
  io_uring_buf_reg registration{};
  registration.ring_addr = reinterpret_cast<std::uint64_t>(buffer_ring_.at<std::byte>(0));
  registration.ring_entries = count;
  registration.bgid = kBufferGroup;
  if (syscall(SYS_io_uring_register, descriptor_.value(), IORING_REGISTER_PBUF_RING, &registration,
              1) != 0) {
    return false;
  }
  buffers_.resize(count * size);
  buffer_size_ = size;
  buffer_mask_ = static_cast<std::uint16_t>(count - 1);
  for (std::uint16_t id = 0; id < count; ++id) give_back(id);
  publish_buffers();
  return true;
}

void Ring::give_back(std::uint16_t id) {
  // The entries begin at the ring's first byte; io_uring_buf_ring::bufs does not say so to C++,
  // where the empty struct before it has a size.
  io_uring_buf& entry = buffer_ring_.at<io_uring_buf>(0)[buffer_tail_ & buffer_mask_];
  entry.addr = reinterpret_cast<std::uint64_t>(buffer(id).data());
  entry.len = static_cast<std::uint32_t>(buffer_size_);
  entry.bid = id;
  ++buffer_tail_;
}

void Ring::publish_buffers() {
  auto& tail = *buffer_ring_.at<std::uint16_t>(offsetof(io_uring_buf, resv));
  std::atomic_ref(tail).store(buffer_tail_, std::memory_order_release);
}

io_uring_sqe& Ring::next_submission() {
  if (to_submit_ > sq_mask_) enter(0);
  const unsigned index = *sq_tail_ & sq_mask_;
  io_uring_sqe& entry = submissions_.at<io_uring_sqe>(0)[index];
  std::memset(&entry, 0, sizeof(entry));
  sq_array_[index] = index;
  std::atomic_ref(*sq_tail_).store(*sq_tail_ + 1, std::memory_order_release);
  ++to_submit_;
  return entry;
}

void Ring::enter(std::int64_t timeout_us) {
  __kernel_timespec time{timeout_us / 1'000'000, timeout_us % 1'000'000 * 1'000};
  io_uring_getevents_arg argument{};
  argument.ts = reinterpret_cast<std::uint64_t>(&time);
  ++system_calls_;
  const auto done =
      syscall(SYS_io_uring_enter, descriptor_.value(), to_submit_, timeout_us > 0 ? 1u : 0u,
              IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, &argument, sizeof(argument));
  static_cast<void>(done);  // a timeout or signal is an error here, though all was submitted
  to_submit_ = *sq_tail_ - std::atomic_ref(*sq_head_).load(std::memory_order_acquire);
}

}  // namespace tessera::udp::detail
