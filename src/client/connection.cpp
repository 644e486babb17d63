// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/connection.h"

namespace tessera::client {

void Connection::receive(netcode::Time now, const udp::Address& from,
                         std::span<std::byte> datagram) {
  const auto packet = session_.receive(now, from, datagram);
  // A packet that does not decode is counted there, and the next one may be whole.
  if (!packet.empty()) static_cast<void>(client_.receive(now.us, packet));
}

std::span<const std::byte> Connection::write_datagram(netcode::Time now) {
  if (connected()) {
    const std::size_t size = client_.write_packet(
        now.us, std::span(buffer_).subspan(netcode::kHeadroom, channel::kPacketBytesMax));
    if (size > 0) return session_.seal_payload(now, buffer_, size);
  }
  return session_.update(now, buffer_);
}

}  // namespace tessera::client
