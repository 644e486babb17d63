// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/c_interface/tessera_client_udp.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "client/c_interface/handles.h"
#include "client/connection.h"

struct tessera_udp {
  explicit tessera_udp(const tessera_world& world)
      : connection({}, world.world), face(connection.client(), world) {}
  tessera::client::Connection connection;
  tessera_client face;
};

namespace {

tessera_address c_address(const tessera::udp::Address& address) {
  tessera_address result{};
  result.port = address.port;
  if (address.family == tessera::udp::Family::V4) {
    result.bytes[10] = result.bytes[11] = 0xff;
    std::copy_n(address.ip.begin(), 4, result.bytes + 12);
  } else {
    std::ranges::copy(address.ip, result.bytes);
  }
  return result;
}

tessera::udp::Address address_of(const tessera_address& address) {
  std::array<std::uint8_t, 16> ip;
  std::ranges::copy(address.bytes, ip.begin());
  return tessera::udp::Address::from_v6(ip, address.port);
}

size_t hand_out(std::span<const std::byte> datagram, const tessera_udp& udp, uint8_t* out,
                tessera_address* to) {
  *to = c_address(udp.connection.server_address());
  if (!datagram.empty()) std::memcpy(out, datagram.data(), datagram.size());
  return datagram.size();
}

}  // namespace

extern "C" {

tessera_udp* tessera_udp_create(const tessera_world* world) { return new tessera_udp(*world); }

void tessera_udp_destroy(tessera_udp* udp) { delete udp; }

tessera_client* tessera_udp_client(tessera_udp* udp) { return &udp->face; }

void tessera_udp_connect(tessera_udp* udp, int64_t now_us, uint64_t unix_s, const uint8_t* token,
                         size_t size) {
  udp->connection.connect({now_us, unix_s}, std::as_bytes(std::span(token, size)));
}

int tessera_udp_state(const tessera_udp* udp) { return static_cast<int>(udp->connection.state()); }

void tessera_udp_receive(tessera_udp* udp, int64_t now_us, uint64_t unix_s,
                         const tessera_address* from, uint8_t* bytes, size_t size) {
  udp->connection.receive({now_us, unix_s}, address_of(*from),
                          std::as_writable_bytes(std::span(bytes, size)));
}

size_t tessera_udp_write(tessera_udp* udp, int64_t now_us, uint64_t unix_s, uint8_t* out,
                         tessera_address* to) {
  return hand_out(udp->connection.write_datagram({now_us, unix_s}), *udp, out, to);
}

size_t tessera_udp_write_disconnect(tessera_udp* udp, uint8_t* out, tessera_address* to) {
  return hand_out(udp->connection.write_disconnect(), *udp, out, to);
}

}  // extern "C"
