// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a server holds, and the steps of its handshake. Connected and pending clients share one
// table from address to slot; the top bit of a slot number tells them apart.
#pragma once

#include "engine/core/random.h"
#include "transport/netcode/detail/packet.h"
#include "transport/netcode/detail/replay_protection.h"
#include "transport/netcode/detail/slot_table.h"
#include "transport/netcode/detail/slots.h"
#include "transport/netcode/detail/token_codec.h"
#include "transport/netcode/detail/token_history.h"
#include "transport/netcode/server.h"

namespace tessera::netcode::detail {

/// A client that showed a valid token and owes the response.
struct PendingClient {
  udp::Address address{};
  Key send_key{};
  Key receive_key{};
  Mac token_mac{};
  std::uint64_t client_id = 0;
  std::int64_t begun_at_us = 0;
  std::int32_t timeout_s = 0;
};

struct ConnectedClient {
  udp::Address address{};
  Key send_key{};
  Key receive_key{};
  std::uint64_t client_id = 0;
  std::uint64_t sequence = 0;
  ReplayProtection replay{};
  std::int64_t sent_at_us = 0;
  std::int64_t received_at_us = 0;
  std::int32_t timeout_s = 0;
  bool confirmed = false;
};

/// An index that walks round a row so that each place is visited once a period.
class Sweep {
 public:
  /// How many of `count` places are due.
  std::uint32_t due(std::int64_t now_us, std::uint32_t count);
  std::uint32_t next(std::uint32_t count) { return at_ = at_ + 1 < count ? at_ + 1 : 0; }

 private:
  std::int64_t last_us_ = INT64_MIN;
  std::uint32_t at_ = 0;
};

/// The addresses whose sessions ended a moment ago: a client says goodbye ten times, and one that
/// has not heard ours goes on for a while. That is no attack and must not be counted as one. A
/// table of fixed size (32 KiB) with one place for each hash: a newer ending takes the place of an
/// older one, whose late packets then count as a stranger's. Nothing depends on it but a counter.
class RecentEndings {
 public:
  /// Room for most of a crowd that leaves within kRememberedUs.
  static constexpr std::size_t kPlaces = 1024;
  /// What a client that misses our goodbye goes on for: the timeout of the tokens that we mint.
  static constexpr std::int64_t kRememberedUs = 10'000'000;

  void add(std::uint64_t hash, const udp::Address& address, std::int64_t now_us) {
    places_[hash % kPlaces] = {address, now_us + kRememberedUs};
  }
  bool contains(std::uint64_t hash, const udp::Address& address, std::int64_t now_us) const {
    const Place& place = places_[hash % kPlaces];
    return place.address == address && now_us < place.until_us;
  }

 private:
  struct Place {
    udp::Address address{};
    std::int64_t until_us = 0;
  };
  static_assert(sizeof(Place) == 32);

  std::vector<Place> places_ = std::vector<Place>(kPlaces);
};

}  // namespace tessera::netcode::detail

namespace tessera::netcode {

struct Server::State {
  static constexpr std::uint32_t kPendingBit = 1u << 31;

  explicit State(const ServerOptions& server_options);

  // The handshake: server_handshake.cpp.
  Received on_request(Time now, const udp::Address& from, std::span<std::byte> datagram,
                      std::span<std::byte> buffer);
  Received on_response(Time now, std::uint32_t pending, const detail::PacketHeader& header,
                       std::span<std::byte> datagram, std::span<std::byte> buffer);
  Received on_request_accepted(Time now, const udp::Address& from, const PrivateToken& token,
                               const Mac& mac, detail::TokenHistory::Entry& history,
                               std::span<std::byte> buffer);
  Received connect(Time now, std::uint32_t pending, const UserData& user,
                   std::span<std::byte> buffer);
  bool names_us(const PrivateToken& token) const;

  // Connected clients: server.cpp.
  Received on_client_packet(Time now, ClientIndex client, const detail::PacketHeader& header,
                            std::span<std::byte> datagram, std::span<std::byte> buffer);
  std::span<const std::byte> seal_to(Time now, ClientIndex client, PacketType type,
                                     std::span<std::byte> buffer, std::size_t body_bytes);
  std::span<const std::byte> seal_keep_alive(Time now, ClientIndex client,
                                             std::span<std::byte> buffer);
  std::span<const std::byte> seal_denied(const Key& key, std::span<std::byte> buffer);

  std::uint32_t find_address(const udp::Address& address) const;
  bool id_is_connected(std::uint64_t client_id) const;
  void release_client(Time now, ClientIndex client);
  void release_pending(std::uint32_t pending);
  void sweep_clients(Time now, ServerOutput& output);
  void sweep_pending(Time now);
  std::uint64_t address_hash(const udp::Address& address) const {
    return udp::hash_address(address, hash_seed);
  }
  std::uint64_t id_hash(std::uint64_t client_id) const { return mix64(client_id ^ hash_seed); }

  ServerOptions options;
  detail::PacketCodec codec;
  detail::Slots<detail::ConnectedClient> clients;
  detail::Slots<detail::PendingClient> pendings;
  std::vector<UserData> user_data;  // by client; apart, since it is read once
  detail::SlotTable addresses;
  detail::SlotTable ids;
  detail::TokenHistory tokens;
  detail::RecentEndings endings;
  Key challenge_key = random_key();
  std::uint64_t challenge_sequence = 0;
  /// For packets to clients that are not connected, under the same keys as theirs later: in the
  /// upper half of the numbers, and from a random start so that no restart repeats a nonce.
  std::uint64_t handshake_sequence = 0;
  std::uint64_t hash_seed = 0;
  detail::Sweep client_sweep;
  detail::Sweep pending_sweep;
  ServerCounters counters;
};

}  // namespace tessera::netcode
