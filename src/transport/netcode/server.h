// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The server side of netcode 1.02 for thousands of clients on one port: datagrams in, datagrams and
// events out. It knows no socket and no clock; one thread owns it. A datagram costs one look-up by
// address and one decryption, however many clients there are.
//
//   request  -> [token opens? named us? not used elsewhere?]  -> pending, challenge
//   response -> [pending? challenge opens and is its own?]    -> connected, keep-alive
//   payload, keep-alive, disconnect <-> connected
//
// Nothing is kept for a datagram that no token of the backend stands behind: a forged request costs
// one failed authentication and no byte. A pending client takes about 200 bytes until its timeout.
// Every answer is smaller than what it answers, and repeats are answered ten times a second at
// most. A token makes one session: the standard lets the same address use it again, but that would
// repeat nonces under the same key, so we refuse it (docs/protocol.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "transport/netcode/standard.h"
#include "transport/udp/address.h"

namespace tessera::netcode {

/// A slot of the server, 0 .. clients_max - 1; free again after a disconnect.
using ClientIndex = std::uint32_t;

struct ServerOptions {
  std::uint64_t protocol_id = 0;
  Key private_key{};
  /// As clients reach us: one of them must stand in a client's token.
  std::vector<udp::Address> public_addresses;
  std::uint32_t clients_max = 16'384;
  /// Handshakes under way; a request beyond is ignored until one ends. 0: as clients_max.
  std::uint32_t pending_max = 0;
  /// Used tokens remembered until they expire; a request beyond is ignored. 0: 4 x clients_max, at
  /// least 1,024.
  std::uint32_t tokens_max = 0;
  /// Refuses tokens that expire before this. A server that starts with a private key used before
  /// sets it to its start time plus a token's lifetime, since the memory of used tokens is gone.
  std::uint64_t tokens_expire_after_unix_s = 0;
};

enum class DisconnectReason : std::uint8_t { TimedOut, ClientLeft, ServerDecided };

/// What became of a datagram: at most one event and at most one answer.
struct Received {
  enum class Event : std::uint8_t {
    None,          ///< part of a handshake, a keep-alive, or not for us
    Connected,     ///< `client` is new: see user_data(), client_id()
    Payload,       ///< `payload` came from `client`; it lies in the datagram, decrypted
    Disconnected,  ///< `client` left; its slot is free
  };
  Event event = Event::None;
  ClientIndex client = 0;
  std::span<const std::byte> payload{};
  /// To be sent to where the datagram came from; lies in the buffer given to receive(). May be
  /// empty.
  std::span<const std::byte> answer{};
};

/// Why datagrams were ignored, and what else happened; for metrics.
struct ServerCounters {
  std::uint64_t payloads_in = 0;
  std::uint64_t connects = 0;
  std::uint64_t timeouts = 0;
  std::uint64_t denied_full = 0;
  std::uint64_t challenges_sent = 0;
  std::uint64_t ignored_malformed = 0;        ///< too short, bad type, bad size, other version
  std::uint64_t ignored_unknown_address = 0;  ///< encrypted, but from nobody we know
  std::uint64_t ignored_session_ended = 0;    ///< the same, but its session ended a moment ago
  std::uint64_t ignored_forged = 0;  ///< failed authentication: also a token under another key
  std::uint64_t ignored_replayed = 0;
  std::uint64_t ignored_token_foreign = 0;  ///< of another protocol id, or does not name us
  std::uint64_t ignored_token_expired = 0;
  std::uint64_t ignored_token_reused = 0;  ///< from another address, or after its session
  std::uint64_t ignored_already_connected = 0;
  std::uint64_t ignored_too_often = 0;  ///< repeats within the handshake interval
  std::uint64_t ignored_no_room = 0;    ///< pending_max or tokens_max reached
};

/// Takes what update() and disconnect() produce.
class ServerOutput {
 public:
  virtual ~ServerOutput() = default;
  /// A datagram to send; the span lives for the call.
  virtual void on_send(const udp::Address& to, std::span<const std::byte> datagram) = 0;
  /// The slot is free when this is called.
  virtual void on_disconnected(ClientIndex client, DisconnectReason reason) = 0;
};

class Server {
 public:
  explicit Server(const ServerOptions& options);
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();

  /// Reads a datagram, decrypting it in place. `answer_buffer` has kControlPacketBytesMax bytes at
  /// least.
  Received receive(Time now, const udp::Address& from, std::span<std::byte> datagram,
                   std::span<std::byte> answer_buffer);

  /// Makes a payload packet in place. The payload (1 to kPayloadBytesMax bytes) stands in `buffer`
  /// from kHeadroom on; kMacBytes must be free behind it. Returns the datagram, a part of `buffer`.
  std::span<const std::byte> seal_payload(Time now, ClientIndex client, std::span<std::byte> buffer,
                                          std::size_t payload_bytes);

  /// True until the client is known to be connected: the standard wants a keep-alive sent before
  /// each payload then, since the client drops payloads until it has seen one.
  bool needs_keep_alive(ClientIndex client) const;
  std::span<const std::byte> seal_keep_alive(Time now, ClientIndex client,
                                             std::span<std::byte> buffer);

  /// Ends connections and handshakes by time and keeps idle ones alive. Call it some times a second
  /// or oftener: each call looks at a share of the clients, each client ten times a second.
  void update(Time now, ServerOutput& output);

  /// Sends kDisconnectPackets and frees the slot. Does not call on_disconnected.
  void disconnect(Time now, ClientIndex client, ServerOutput& output);

  bool connected(ClientIndex client) const;
  std::uint32_t client_count() const;
  std::uint32_t pending_count() const;
  const udp::Address& address(ClientIndex client) const;
  std::uint64_t client_id(ClientIndex client) const;
  const UserData& user_data(ClientIndex client) const;
  const ServerCounters& counters() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tessera::netcode
