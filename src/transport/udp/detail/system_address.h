// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Between our Address and the kernel's sockaddr.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

#include "transport/udp/address.h"

namespace tessera::udp::detail {

/// Writes `address` as a socket of `socket_family` (AF_INET or AF_INET6) takes it; returns its
/// length, or 0 when an IPv4 socket cannot reach it.
inline socklen_t to_system(const Address& address, int socket_family, sockaddr_storage& out) {
  if (socket_family == AF_INET) {
    if (address.family != Family::V4) return 0;
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(address.port);
    std::memcpy(&v4.sin_addr, address.ip.data(), sizeof(v4.sin_addr));
    std::memcpy(&out, &v4, sizeof(v4));
    return sizeof(v4);
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(address.port);
  if (address.family == Family::V4) {
    v6.sin6_addr.s6_addr[10] = 0xff;
    v6.sin6_addr.s6_addr[11] = 0xff;
    std::memcpy(&v6.sin6_addr.s6_addr[12], address.ip.data(), 4);
  } else {
    std::memcpy(&v6.sin6_addr, address.ip.data(), sizeof(v6.sin6_addr));
  }
  std::memcpy(&out, &v6, sizeof(v6));
  return sizeof(v6);
}

inline Address from_system(const sockaddr_storage& in) {
  if (in.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &in, sizeof(v4));
    Address address{{}, ntohs(v4.sin_port), Family::V4};
    std::memcpy(address.ip.data(), &v4.sin_addr, sizeof(v4.sin_addr));
    return address;
  }
  if (in.ss_family != AF_INET6) return {};
  sockaddr_in6 v6{};
  std::memcpy(&v6, &in, sizeof(v6));
  std::array<std::uint8_t, 16> ip{};
  std::memcpy(ip.data(), &v6.sin6_addr, ip.size());
  return Address::from_v6(ip, ntohs(v6.sin6_port));
}

}  // namespace tessera::udp::detail
