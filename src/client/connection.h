// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A client on UDP: a netcode session with the client core inside. Datagrams in, datagrams out; the
// socket is the caller's. (A browser has no UDP: there the Client's packets are WebSocket
// messages.)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "client/client.h"
#include "transport/netcode/client.h"

namespace tessera::client {

class Connection {
 public:
  Connection(const Options& options, const physics::CollisionWorld& world)
      : client_(options, world) {}

  /// Begins with a connect token from the HTTP API.
  void connect(netcode::Time now, std::span<const std::byte> connect_token) {
    session_.connect(now, connect_token);
  }
  netcode::ClientState state() const { return session_.state(); }
  bool connected() const { return state() == netcode::ClientState::Connected; }
  /// The session has ended, by an error (state() says which) or a word of the server.
  bool ended() const { return state() <= netcode::ClientState::Disconnected; }
  /// Where to send datagrams.
  const udp::Address& server_address() const { return session_.server_address(); }

  /// A datagram has arrived; it is decrypted in place.
  void receive(netcode::Time now, const udp::Address& from, std::span<std::byte> datagram);
  /// The next datagram to send, or an empty span. Call it until it is empty, after advance(). The
  /// span holds until the next call.
  std::span<const std::byte> write_datagram(netcode::Time now);
  /// To leave: send each of netcode::kDisconnectPackets of these; then close().
  std::span<const std::byte> write_disconnect() { return session_.seal_disconnect(buffer_); }
  void close() { session_.close(); }

  Client& client() { return client_; }
  const Client& client() const { return client_; }

 private:
  netcode::Client session_;
  Client client_;
  alignas(16) std::array<std::byte, 2048> buffer_{};
};

}  // namespace tessera::client
