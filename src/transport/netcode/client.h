// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The client side of netcode 1.02: datagrams in, datagrams out; no socket, no clock. Used by the
// client core, the bots and the tests.
//
//   connect -> SendingRequest -> SendingResponse -> Connected -> Disconnected
//              (next server of the token when one fails; the last failure is the end state)
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "transport/netcode/connect_token.h"
#include "transport/netcode/standard.h"
#include "transport/udp/address.h"

namespace tessera::netcode {

/// The states and numbers of the standard; below zero are failures.
enum class ClientState : std::int8_t {
  TokenExpired = -6,
  InvalidToken = -5,
  ConnectionTimedOut = -4,
  ResponseTimedOut = -3,
  RequestTimedOut = -2,
  Denied = -1,
  Disconnected = 0,
  SendingRequest = 1,
  SendingResponse = 2,
  Connected = 3,
};
/// A word for logs and messages: "connection denied".
const char* client_state_name(ClientState state);

class Client {
 public:
  Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  /// Begins with the token's first server. A token that cannot be read leads to InvalidToken.
  void connect(Time now, std::span<const std::byte> connect_token);

  ClientState state() const;
  /// Where to send what update() and seal_payload() make; changes when a server does not answer.
  const udp::Address& server_address() const;
  /// What the server told on connecting.
  std::uint32_t client_index() const;
  std::uint32_t clients_max() const;

  /// Reads a datagram from `from`, in place. The payload, or empty when it carried none.
  std::span<const std::byte> receive(Time now, const udp::Address& from,
                                     std::span<std::byte> datagram);

  /// Timeouts, and the datagram that is due, if any: request, response or keep-alive. `buffer` has
  /// kRequestBytes at least. Call it often, at 10 Hz or more.
  std::span<const std::byte> update(Time now, std::span<std::byte> buffer);

  /// As Server::seal_payload. Only while Connected.
  std::span<const std::byte> seal_payload(Time now, std::span<std::byte> buffer,
                                          std::size_t payload_bytes);

  /// Makes one disconnect packet. To leave: send kDisconnectPackets of them, then close().
  std::span<const std::byte> seal_disconnect(std::span<std::byte> buffer);
  /// To Disconnected, without a word to the server.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tessera::netcode
