// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>

#include "transport/udp/address.h"

namespace tessera::bots {

/// The kernel's form of an IPv4 address.
inline sockaddr_in ipv4_of(const udp::Address& address) {
  sockaddr_in result{};
  result.sin_family = AF_INET;
  result.sin_port = htons(address.port);
  std::memcpy(&result.sin_addr, address.ip.data(), 4);
  return result;
}

}  // namespace tessera::bots
