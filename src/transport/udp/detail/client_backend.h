// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the two ways of driving many sockets have in common: the sockets, and buffers for what is
// queued.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "transport/udp/client_sockets.h"
#include "transport/udp/detail/descriptor.h"
#include "transport/udp/socket.h"

namespace tessera::udp {

class ClientSockets::Backend {
 public:
  static constexpr std::size_t kQueueMax = 256;
  static constexpr std::size_t kReceiveMax = 256;

  explicit Backend(const ClientSocketsOptions& options) : options_(options) {}
  virtual ~Backend() = default;

  /// Begins to receive from a socket that was added.
  virtual Result<void> watch(std::uint32_t socket) = 0;
  virtual void flush() = 0;
  virtual std::span<const ClientDatagram> receive(std::int64_t timeout_us) = 0;
  virtual bool uses_io_uring() const = 0;

  void queue(std::uint32_t socket, std::span<const std::byte> bytes);

  ClientSocketsOptions options_;
  std::vector<detail::Descriptor> sockets_;
  ClientSocketsCounters counters_;

 protected:
  struct Queued {
    std::uint32_t socket = 0;
    std::uint32_t size = 0;
    std::array<std::byte, kDatagramBytesMax> bytes;
  };
  std::vector<Queued> queue_ = std::vector<Queued>(kQueueMax);
  std::size_t queued_ = 0;
  std::array<ClientDatagram, kReceiveMax> datagrams_{};
};

namespace detail {

/// nullptr when the kernel does not offer what is needed.
std::unique_ptr<ClientSockets::Backend> open_ring_backend(const ClientSocketsOptions& options);
Result<std::unique_ptr<ClientSockets::Backend>> open_poll_backend(
    const ClientSocketsOptions& options);

}  // namespace detail
}  // namespace tessera::udp
