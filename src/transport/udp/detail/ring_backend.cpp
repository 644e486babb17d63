// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Many sockets by io_uring: a flush is one call for up to 256 sends; each socket has one receive
// request that stays in force and fills buffers which the kernel takes from a ring. A request ends
// when the ring is empty or on an error (nobody listens at the server's port); then it is made
// anew.
#include <sys/socket.h>

#include "transport/udp/detail/client_backend.h"
#include "transport/udp/detail/ring.h"

namespace tessera::udp::detail {
namespace {

constexpr std::uint16_t kBuffers = 1024;
constexpr unsigned kSubmissions = 512;
constexpr unsigned kCompletions = 4096;
constexpr std::uint64_t kSendMark = std::uint64_t{1} << 32;

class RingBackend final : public ClientSockets::Backend {
 public:
  RingBackend(const ClientSocketsOptions& options, std::unique_ptr<Ring> ring)
      : Backend(options), ring_(std::move(ring)) {}

  Result<void> watch(std::uint32_t socket) override {
    io_uring_sqe& request = ring_->next_submission();
    request.opcode = IORING_OP_RECV;
    request.fd = sockets_[socket].value();
    request.flags = IOSQE_BUFFER_SELECT;
    request.ioprio = IORING_RECV_MULTISHOT;
    request.buf_group = Ring::kBufferGroup;
    request.user_data = socket;
    return {};
  }

  void flush() override {
    if (queued_ == 0) return;
    for (std::size_t i = 0; i < queued_; ++i) {
      const Queued& entry = queue_[i];
      io_uring_sqe& request = ring_->next_submission();
      request.opcode = IORING_OP_SEND;
      request.fd = sockets_[entry.socket].value();
      request.flags = IOSQE_CQE_SKIP_SUCCESS;
      request.addr = reinterpret_cast<std::uint64_t>(entry.bytes.data());
      request.len = entry.size;
      request.msg_flags = MSG_DONTWAIT;  // done or refused when enter() returns: the buffer is free
      request.user_data = kSendMark | entry.socket;
    }
    while (ring_->has_submissions()) ring_->enter(0);
    queued_ = 0;
  }

  std::span<const ClientDatagram> receive(std::int64_t timeout_us) override {
    for (std::size_t i = 0; i < lent_; ++i) ring_->give_back(lent_ids_[i]);
    if (lent_ > 0) ring_->publish_buffers();
    lent_ = 0;
    ended_.clear();
    take_completions();
    if (lent_ == 0) {
      ring_->enter(timeout_us);
      take_completions();
    }
    for (const std::uint32_t socket : ended_) (void)watch(socket);
    counters_.system_calls = ring_->system_calls();
    counters_.datagrams_in += lent_;
    return std::span(datagrams_).first(lent_);
  }

  bool uses_io_uring() const override { return true; }

 private:
  void take_completions() {
    ring_->reap(kReceiveMax - lent_, [&](const io_uring_cqe& completion) {
      const auto socket = static_cast<std::uint32_t>(completion.user_data);
      if ((completion.user_data & kSendMark) != 0) {
        ++counters_.send_errors;
        return;
      }
      if ((completion.flags & IORING_CQE_F_MORE) == 0) ended_.push_back(socket);
      if (completion.res < 0) {
        if (completion.res != -ENOBUFS) ++counters_.receive_errors;
        return;
      }
      if ((completion.flags & IORING_CQE_F_BUFFER) == 0) return;
      const auto id = static_cast<std::uint16_t>(completion.flags >> IORING_CQE_BUFFER_SHIFT);
      lent_ids_[lent_] = id;
      datagrams_[lent_++] = {socket,
                             ring_->buffer(id).first(static_cast<std::size_t>(completion.res))};
    });
  }

  std::unique_ptr<Ring> ring_;
  std::array<std::uint16_t, kReceiveMax> lent_ids_{};
  std::size_t lent_ = 0;
  std::vector<std::uint32_t> ended_;
};

}  // namespace

std::unique_ptr<ClientSockets::Backend> open_ring_backend(const ClientSocketsOptions& options) {
  auto ring = Ring::open(kSubmissions, kCompletions);
  if (!ring || !ring->provide_buffers(kBuffers, kDatagramBytesMax)) return nullptr;
  return std::make_unique<RingBackend>(options, std::move(ring));
}

}  // namespace tessera::udp::detail
