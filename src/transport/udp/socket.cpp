// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/socket.h"

#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/core/assert.h"
#include "transport/udp/detail/descriptor.h"
#include "transport/udp/detail/system_address.h"

namespace tessera::udp {
namespace {

using Buffer = std::array<std::byte, kDatagramBytesMax>;

/// What one system call reads or writes, wired together once.
struct Batch {
  std::array<Buffer, kBatch> buffers{};
  std::array<sockaddr_storage, kBatch> addresses{};
  std::array<iovec, kBatch> parts{};
  std::array<mmsghdr, kBatch> messages{};

  Batch() {
    for (std::size_t i = 0; i < kBatch; ++i) {
      parts[i] = {buffers[i].data(), buffers[i].size()};
      messages[i].msg_hdr.msg_iov = &parts[i];
      messages[i].msg_hdr.msg_iovlen = 1;
      messages[i].msg_hdr.msg_name = &addresses[i];
      messages[i].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
    }
  }
};

}  // namespace

struct Socket::State {
  detail::Descriptor descriptor;
  int family = AF_INET;
  Batch in;
  Batch out;
  std::size_t received = 0;  // headers of `in` to be reset before the next call
  std::size_t queued = 0;
  std::array<Datagram, kBatch> datagrams{};
  SocketCounters counters;
};

Socket::Socket(std::unique_ptr<State> state) : state_(std::move(state)) {}
Socket::Socket(Socket&&) noexcept = default;
Socket& Socket::operator=(Socket&&) noexcept = default;
Socket::~Socket() = default;

Result<Socket> Socket::open(const SocketOptions& options) {
  auto descriptor =
      detail::open_udp(options.bind, {options.receive_buffer_bytes, options.send_buffer_bytes});
  if (!descriptor) return std::unexpected(descriptor.error());
  auto state = std::make_unique<State>();
  state->descriptor = std::move(*descriptor);
  state->family = options.bind.family == Family::V4 ? AF_INET : AF_INET6;
  sockaddr_storage address{};
  const socklen_t size = detail::to_system(options.bind, state->family, address);
  if (bind(state->descriptor.value(), reinterpret_cast<const sockaddr*>(&address), size) != 0) {
    return std::unexpected(detail::system_error(errno, "cannot bind UDP", options.bind));
  }
  return Socket(std::move(state));
}

std::span<const Datagram> Socket::receive() {
  State& s = *state_;
  for (std::size_t i = 0; i < s.received; ++i) {
    s.in.messages[i].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
  }
  s.received = 0;
  ++s.counters.receive_calls;
  const int count =
      recvmmsg(s.descriptor.value(), s.in.messages.data(), kBatch, MSG_DONTWAIT, nullptr);
  if (count <= 0) {
    // An ICMP error of an earlier send shows up here; the next call reads on.
    if (errno != EAGAIN && errno != EINTR) ++s.counters.receive_errors;
    return {};
  }
  s.received = static_cast<std::size_t>(count);
  std::size_t good = 0;
  for (std::size_t i = 0; i < s.received; ++i) {
    const mmsghdr& message = s.in.messages[i];
    if ((message.msg_hdr.msg_flags & MSG_TRUNC) != 0) {
      ++s.counters.oversized_in;
      continue;
    }
    ++s.counters.datagrams_in;
    s.counters.bytes_in += message.msg_len;
    s.datagrams[good++] = {detail::from_system(s.in.addresses[i]),
                           std::span(s.in.buffers[i]).first(message.msg_len)};
  }
  return std::span(s.datagrams).first(good);
}

std::span<std::byte> Socket::next_buffer() { return state_->out.buffers[state_->queued]; }

void Socket::queue(const Address& to, std::span<const std::byte> bytes) {
  State& s = *state_;
  Buffer& buffer = s.out.buffers[s.queued];
  TESSERA_ASSERT(
      bytes.data() >= buffer.data() && bytes.data() + bytes.size() <= buffer.data() + buffer.size(),
      "queue: not a part of next_buffer()");
  const socklen_t size = detail::to_system(to, s.family, s.out.addresses[s.queued]);
  if (size == 0) {
    ++s.counters.send_errors;
    return;
  }
  const auto offset = static_cast<std::size_t>(bytes.data() - buffer.data());
  s.out.parts[s.queued] = {buffer.data() + offset, bytes.size()};
  s.out.messages[s.queued].msg_hdr.msg_namelen = size;
  if (++s.queued == kBatch) flush();
}

void Socket::queue_copy(const Address& to, std::span<const std::byte> bytes) {
  const auto buffer = next_buffer();
  TESSERA_ASSERT(bytes.size() <= buffer.size(), "queue_copy: datagram too large");
  std::ranges::copy(bytes, buffer.begin());
  queue(to, buffer.first(bytes.size()));
}

void Socket::flush() {
  State& s = *state_;
  std::size_t next = 0;
  while (next < s.queued) {
    ++s.counters.send_calls;
    const int count = sendmmsg(s.descriptor.value(), s.out.messages.data() + next,
                               static_cast<unsigned>(s.queued - next), MSG_DONTWAIT);
    if (count > 0) {
      for (int i = 0; i < count; ++i) s.counters.bytes_out += s.out.messages[next++].msg_len;
      s.counters.datagrams_out += static_cast<std::uint64_t>(count);
    } else if (errno == EAGAIN || errno == ENOBUFS) {
      s.counters.send_full += s.queued - next;
      break;
    } else if (errno != EINTR) {  // the first of them is refused; the others may go
      ++s.counters.send_errors;
      ++next;
    }
  }
  s.queued = 0;
}

Address Socket::local_address() const {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  getsockname(state_->descriptor.value(), reinterpret_cast<sockaddr*>(&address), &size);
  return detail::from_system(address);
}

int Socket::descriptor() const { return state_->descriptor.value(); }

SocketCounters Socket::counters() const {
  SocketCounters counters = state_->counters;
  // SO_MEMINFO tells the drops without a control message on every datagram, as SO_RXQ_OVFL needs.
  std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
  socklen_t size = sizeof(memory);
  if (getsockopt(descriptor(), SOL_SOCKET, SO_MEMINFO, memory.data(), &size) == 0) {
    counters.receive_overflows = memory[SK_MEMINFO_DROPS];
  }
  return counters;
}

}  // namespace tessera::udp
