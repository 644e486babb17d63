// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/client_sockets.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include "engine/core/assert.h"
#include "transport/udp/detail/client_backend.h"
#include "transport/udp/detail/system_address.h"

namespace tessera::udp {

void ClientSockets::Backend::queue(std::uint32_t socket, std::span<const std::byte> bytes) {
  TESSERA_ASSERT(socket < sockets_.size(), "ClientSockets: no such socket");
  TESSERA_ASSERT(bytes.size() <= kDatagramBytesMax, "ClientSockets: datagram too large");
  Queued& entry = queue_[queued_];
  entry.socket = socket;
  entry.size = static_cast<std::uint32_t>(bytes.size());
  std::ranges::copy(bytes, entry.bytes.begin());
  ++counters_.datagrams_out;
  if (++queued_ == kQueueMax) flush();
}

ClientSockets::ClientSockets(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}
ClientSockets::ClientSockets(ClientSockets&&) noexcept = default;
ClientSockets& ClientSockets::operator=(ClientSockets&&) noexcept = default;
ClientSockets::~ClientSockets() = default;

Result<ClientSockets> ClientSockets::open(const ClientSocketsOptions& options) {
  if (options.use_io_uring) {
    if (auto ring = detail::open_ring_backend(options)) return ClientSockets(std::move(ring));
  }
  auto poll = detail::open_poll_backend(options);
  if (!poll) return std::unexpected(poll.error());
  return ClientSockets(std::move(*poll));
}

Result<std::uint32_t> ClientSockets::add(const Address& server) {
  Backend& b = *backend_;
  if (b.sockets_.size() >= b.options_.count_max) {
    return failure(ErrorKind::ResourceExhausted,
                   "all " + std::to_string(b.options_.count_max) + " client sockets are in use");
  }
  auto descriptor = detail::open_udp(server, {});
  if (!descriptor) return std::unexpected(descriptor.error());
  sockaddr_storage address{};
  const int family = server.family == Family::V4 ? AF_INET : AF_INET6;
  const socklen_t size = detail::to_system(server, family, address);
  if (connect(descriptor->value(), reinterpret_cast<const sockaddr*>(&address), size) != 0) {
    return std::unexpected(detail::system_error(errno, "cannot connect a UDP socket to", server));
  }
  const auto socket = static_cast<std::uint32_t>(b.sockets_.size());
  b.sockets_.push_back(std::move(*descriptor));
  if (auto watched = b.watch(socket); !watched) {
    b.sockets_.pop_back();
    return std::unexpected(watched.error());
  }
  return socket;
}

std::uint32_t ClientSockets::count() const {
  return static_cast<std::uint32_t>(backend_->sockets_.size());
}

Address ClientSockets::local_address(std::uint32_t socket) const {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  getsockname(backend_->sockets_.at(socket).value(), reinterpret_cast<sockaddr*>(&address), &size);
  return detail::from_system(address);
}

void ClientSockets::queue(std::uint32_t socket, std::span<const std::byte> bytes) {
  backend_->queue(socket, bytes);
}
void ClientSockets::flush() { backend_->flush(); }

std::span<const ClientDatagram> ClientSockets::receive(std::int64_t timeout_us) {
  backend_->flush();
  return backend_->receive(timeout_us);
}

bool ClientSockets::uses_io_uring() const { return backend_->uses_io_uring(); }
const ClientSocketsCounters& ClientSockets::counters() const { return backend_->counters_; }

}  // namespace tessera::udp
