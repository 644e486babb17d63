// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A connect token lets one client connect to one of the servers it names, once and for a short
// time. The backend mints it; the client gets all of it over HTTPS and shows the sealed private
// part to the server, which shares the private key with the backend. It carries the session's two
// keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/error.h"
#include "transport/netcode/standard.h"
#include "transport/udp/address.h"

namespace tessera::netcode {

/// 32 random bytes from the kernel.
Key random_key();

using ConnectTokenBytes = std::array<std::byte, kConnectTokenBytes>;

/// What a token is minted from.
struct TokenGrant {
  std::uint64_t protocol_id = 0;
  std::uint64_t client_id = 0;  ///< a server holds one connection per client id
  std::uint64_t create_unix_s = 0;
  std::uint64_t expire_unix_s = 0;    ///< the client must be connected before
  std::int32_t timeout_s = 10;        ///< a connection ends after this silence; negative: never
  std::vector<udp::Address> servers;  ///< 1 to 32, as the client reaches them
  UserData user_data{};  ///< what the backend tells the server; the client cannot read it
};

/// Mints a token with two fresh session keys. Fails when the grant breaks a limit of the standard.
Result<ConnectTokenBytes> mint_connect_token(const TokenGrant& grant, const Key& private_key);

/// The private part, opened: what the server learns.
struct PrivateToken {
  std::uint64_t client_id = 0;
  std::int32_t timeout_s = 0;
  std::vector<udp::Address> servers;
  Key client_to_server{};
  Key server_to_client{};
  UserData user_data{};
};

/// The token as the client reads it.
struct PublicToken {
  std::uint64_t protocol_id = 0;
  std::uint64_t create_unix_s = 0;
  std::uint64_t expire_unix_s = 0;
  std::array<std::byte, kTokenNonceBytes> nonce{};
  std::array<std::byte, kPrivateTokenBytes> sealed_private{};
  std::int32_t timeout_s = 0;
  std::vector<udp::Address> servers;
  Key client_to_server{};
  Key server_to_client{};
};

/// Reads the 2,048 bytes; refuses another version, bad addresses and an expiry before the creation.
std::expected<PublicToken, DecodeError> read_connect_token(std::span<const std::byte> bytes);

}  // namespace tessera::netcode
