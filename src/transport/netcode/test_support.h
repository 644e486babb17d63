// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A server, clients and a network that a test can look into, with time that it moves.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "transport/netcode/client.h"
#include "transport/netcode/connect_token.h"
#include "transport/netcode/server.h"

namespace tessera::netcode::testing {

using Bytes = std::vector<std::byte>;

inline constexpr std::uint64_t kProtocolId = 0x1122334455667788;
inline constexpr std::uint64_t kUnixStart = 1'800'000'000;
inline constexpr udp::Address kServerAddress = udp::Address::v4(127, 0, 0, 1, 40'000);

inline Key test_key(std::uint8_t first) {
  Key key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(first + i);
  return key;
}

inline ServerOptions test_options() {
  ServerOptions options;
  options.protocol_id = kProtocolId;
  options.private_key = test_key(1);
  options.public_addresses = {kServerAddress};
  options.clients_max = 64;
  return options;
}

inline TokenGrant test_grant(std::uint64_t client_id) {
  TokenGrant grant;
  grant.protocol_id = kProtocolId;
  grant.client_id = client_id;
  grant.create_unix_s = kUnixStart;
  grant.expire_unix_s = kUnixStart + 30;
  grant.timeout_s = 5;
  grant.servers = {kServerAddress};
  grant.user_data[0] = static_cast<std::byte>(client_id);
  grant.user_data[255] = std::byte{0xee};
  return grant;
}

inline ConnectTokenBytes test_token(const TokenGrant& grant) {
  return mint_connect_token(grant, test_key(1)).value();
}

inline udp::Address client_address(std::uint16_t number) {
  return udp::Address::v4(10, 0, 0, 1, static_cast<std::uint16_t>(20'000 + number));
}

/// A server and what it said.
struct TestServer : ServerOutput {
  explicit TestServer(const ServerOptions& options = test_options()) : server(options) {}

  void on_send(const udp::Address& to, std::span<const std::byte> datagram) override {
    sent.emplace_back(to, Bytes(datagram.begin(), datagram.end()));
  }
  void on_disconnected(ClientIndex client, DisconnectReason reason) override {
    EXPECT_FALSE(server.connected(client));
    disconnected.emplace_back(client, reason);
  }

  /// Gives the server a copy of the datagram; the answer is kept in `answer`.
  Received receive(const udp::Address& from, std::span<const std::byte> datagram) {
    in.assign(datagram.begin(), datagram.end());
    const Received received = server.receive(now, from, in, buffer);
    answer.assign(received.answer.begin(), received.answer.end());
    return received;
  }
  Bytes payload_to(ClientIndex client, std::span<const std::byte> payload) {
    Bytes out(kPacketBytesMax);
    std::ranges::copy(payload, out.begin() + kHeadroom);
    const auto datagram = server.seal_payload(now, client, out, payload.size());
    return {datagram.begin(), datagram.end()};
  }
  void advance_ms(std::int64_t ms) {
    now.us += ms * 1000;
    now.unix_s = kUnixStart + static_cast<std::uint64_t>(now.us / 1'000'000);
  }

  Server server;
  Time now{0, kUnixStart};
  Bytes in;
  std::array<std::byte, kControlPacketBytesMax> buffer{};
  Bytes answer;
  std::vector<std::pair<udp::Address, Bytes>> sent;
  std::vector<std::pair<ClientIndex, DisconnectReason>> disconnected;
};

/// A client with an address.
struct TestClient {
  TestClient(Time now, const ConnectTokenBytes& token, std::uint16_t number)
      : address(client_address(number)) {
    client.connect(now, token);
  }

  Bytes update(Time now) {
    Bytes out(kRequestBytes);
    const auto datagram = client.update(now, out);
    return {datagram.begin(), datagram.end()};
  }
  Bytes receive(Time now, std::span<const std::byte> datagram) {
    Bytes in(datagram.begin(), datagram.end());
    const auto payload = client.receive(now, client.server_address(), in);
    return {payload.begin(), payload.end()};
  }
  Bytes payload(Time now, std::span<const std::byte> bytes) {
    Bytes out(kPacketBytesMax);
    std::ranges::copy(bytes, out.begin() + kHeadroom);
    const auto datagram = client.seal_payload(now, out, bytes.size());
    return {datagram.begin(), datagram.end()};
  }
  Bytes disconnect_packet() {
    Bytes out(kControlPacketBytesMax);
    const auto datagram = client.seal_disconnect(out);
    return {datagram.begin(), datagram.end()};
  }

  udp::Address address;
  Client client;
};

/// Request, challenge, response, keep-alive without a loss. Returns the slot.
inline ClientIndex connect(TestServer& server, TestClient& client) {
  server.receive(client.address, client.update(server.now));
  client.receive(server.now, server.answer);
  const Received received = server.receive(client.address, client.update(server.now));
  EXPECT_EQ(received.event, Received::Event::Connected);
  client.receive(server.now, server.answer);
  EXPECT_EQ(client.client.state(), ClientState::Connected);
  return received.client;
}

inline Bytes bytes_of(std::string_view text) {
  const auto view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

}  // namespace tessera::netcode::testing
