// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/udp/detail/descriptor.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace tessera::udp::detail {
namespace {

/// FORCE needs CAP_NET_ADMIN and goes beyond net.core.*mem_max; without it the kernel clamps
/// silently.
void set_buffer(int descriptor, int forced, int plain, int bytes) {
  if (bytes <= 0) return;
  if (setsockopt(descriptor, SOL_SOCKET, forced, &bytes, sizeof(bytes)) == 0) return;
  setsockopt(descriptor, SOL_SOCKET, plain, &bytes, sizeof(bytes));
}

}  // namespace

Error system_error(int error_number, const char* doing, const Address& address) {
  ErrorKind kind = ErrorKind::Unavailable;
  std::string hint;
  switch (error_number) {
    case EADDRINUSE:
      kind = ErrorKind::AlreadyExists;
      hint = "; another program has this port: stop it or choose another port";
      break;
    case EACCES:
    case EPERM:
      kind = ErrorKind::PermissionDenied;
      hint = "; ports below 1024 need root";
      break;
    case EADDRNOTAVAIL:
      kind = ErrorKind::InvalidArgument;
      hint = "; no network interface of this machine has this address";
      break;
    case EMFILE:
    case ENFILE:
      kind = ErrorKind::ResourceExhausted;
      hint = "; raise the limit of open files (ulimit -n)";
      break;
    default:
      break;
  }
  return {kind,
          std::string(doing) + " " + address.text() + ": " + std::strerror(error_number) + hint};
}

Result<Descriptor> open_udp(const Address& address, BufferSizes buffers) {
  if (!address) return failure(ErrorKind::InvalidArgument, "a UDP socket needs an address");
  const int family = address.family == Family::V4 ? AF_INET : AF_INET6;
  Descriptor descriptor(socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!descriptor)
    return std::unexpected(system_error(errno, "cannot open a UDP socket for", address));
  if (family == AF_INET6) {
    const int off = 0;
    setsockopt(descriptor.value(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
  }
  set_buffer(descriptor.value(), SO_RCVBUFFORCE, SO_RCVBUF, buffers.receive_bytes);
  set_buffer(descriptor.value(), SO_SNDBUFFORCE, SO_SNDBUF, buffers.send_bytes);
  return descriptor;
}

}  // namespace tessera::udp::detail
