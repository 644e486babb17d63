// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Many sockets by epoll: one call to wait, then one per datagram.
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "transport/udp/detail/client_backend.h"

namespace tessera::udp::detail {
namespace {

class PollBackend final : public ClientSockets::Backend {
 public:
  PollBackend(const ClientSocketsOptions& options, Descriptor epoll)
      : Backend(options), epoll_(std::move(epoll)) {}

  Result<void> watch(std::uint32_t socket) override {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = socket;
    if (epoll_ctl(epoll_.value(), EPOLL_CTL_ADD, sockets_[socket].value(), &event) != 0) {
      return failure(ErrorKind::ResourceExhausted,
                     std::string("cannot watch a client socket: ") + std::strerror(errno));
    }
    return {};
  }

  void flush() override {
    for (std::size_t i = 0; i < queued_; ++i) {
      const Queued& entry = queue_[i];
      ++counters_.system_calls;
      const auto sent =
          send(sockets_[entry.socket].value(), entry.bytes.data(), entry.size, MSG_DONTWAIT);
      if (sent < 0) ++counters_.send_errors;
    }
    queued_ = 0;
  }

  std::span<const ClientDatagram> receive(std::int64_t timeout_us) override {
    const timespec time{timeout_us / 1'000'000, timeout_us % 1'000'000 * 1'000};
    ++counters_.system_calls;
    const int ready = epoll_pwait2(epoll_.value(), events_.data(), static_cast<int>(events_.size()),
                                   &time, nullptr);
    std::size_t count = 0;
    for (int i = 0; i < ready; ++i) {
      const std::uint32_t socket = events_[static_cast<std::size_t>(i)].data.u32;
      auto& buffer = buffers_[count];
      ++counters_.system_calls;
      const auto size = recv(sockets_[socket].value(), buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (size < 0) {
        if (errno != EAGAIN) ++counters_.receive_errors;
        continue;
      }
      ++counters_.datagrams_in;
      datagrams_[count++] = {socket, std::span(buffer).first(static_cast<std::size_t>(size))};
    }
    return std::span(datagrams_).first(count);
  }

  bool uses_io_uring() const override { return false; }

 private:
  Descriptor epoll_;
  std::array<epoll_event, kReceiveMax> events_{};
  std::vector<std::array<std::byte, kDatagramBytesMax>> buffers_ =
      std::vector<std::array<std::byte, kDatagramBytesMax>>(kReceiveMax);
};

}  // namespace

Result<std::unique_ptr<ClientSockets::Backend>> open_poll_backend(
    const ClientSocketsOptions& options) {
  Descriptor epoll(epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) {
    return failure(ErrorKind::ResourceExhausted,
                   std::string("cannot open epoll: ") + std::strerror(errno));
  }
  return std::make_unique<PollBackend>(options, std::move(epoll));
}

}  // namespace tessera::udp::detail
