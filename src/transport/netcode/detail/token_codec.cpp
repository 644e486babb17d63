// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/netcode/detail/token_codec.h"

#include <algorithm>

namespace tessera::netcode::detail {
namespace {

using udp::Address;
using udp::Family;

std::span<const std::byte> version_bytes() { return std::as_bytes(std::span(kVersion)); }

template <std::size_t N>
void read_into(ByteReader& in, std::array<std::byte, N>& out) {
  const auto bytes = in.bytes(N);
  if (in.ok()) std::ranges::copy(bytes, out.begin());
}

void write_address(ByteWriter& out, const Address& address) {
  out.number(address.family);
  if (address.family == Family::V4) {
    for (std::size_t i = 0; i < 4; ++i) out.number(address.ip[i]);
  } else {
    // Eight 16-bit groups, each a little-endian number: the bytes of network order change places.
    for (std::size_t i = 0; i < 16; i += 2) {
      out.number(address.ip[i + 1]);
      out.number(address.ip[i]);
    }
  }
  out.number(address.port);
}

Address read_address(ByteReader& in) {
  Address address;
  address.family = in.number<Family>();
  if (address.family == Family::V4) {
    for (std::size_t i = 0; i < 4; ++i) address.ip[i] = in.number<std::uint8_t>();
  } else if (address.family == Family::V6) {
    for (std::size_t i = 0; i < 16; i += 2) {
      address.ip[i + 1] = in.number<std::uint8_t>();
      address.ip[i] = in.number<std::uint8_t>();
    }
  } else {
    in.fail();
  }
  address.port = in.number<std::uint16_t>();
  return address;
}

void write_servers(ByteWriter& out, const std::vector<Address>& servers) {
  out.number(static_cast<std::uint32_t>(servers.size()));
  for (const Address& server : servers) write_address(out, server);
}

void read_servers(ByteReader& in, std::vector<Address>& servers) {
  const auto count = in.number<std::uint32_t>();
  if (count == 0 || count > kServersPerTokenMax) return in.fail();
  servers.reserve(count);
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) servers.push_back(read_address(in));
}

}  // namespace

TokenAssociatedData token_associated_data(std::uint64_t protocol_id, std::uint64_t expire_unix_s) {
  TokenAssociatedData data{};
  ByteWriter out(data);
  out.bytes(version_bytes());
  out.number(protocol_id);
  out.number(expire_unix_s);
  return data;
}

PrivateTokenBytes write_private_token(const PrivateToken& token) {
  PrivateTokenBytes bytes{};
  ByteWriter out(bytes);
  out.number(token.client_id);
  out.number(token.timeout_s);
  write_servers(out, token.servers);
  out.bytes(token.client_to_server);
  out.bytes(token.server_to_client);
  out.bytes(token.user_data);
  return bytes;
}

std::expected<PrivateToken, DecodeError> read_private_token(std::span<const std::byte> text) {
  ByteReader in(text);
  PrivateToken token;
  token.client_id = in.number<std::uint64_t>();
  token.timeout_s = in.number<std::int32_t>();
  read_servers(in, token.servers);
  read_into(in, token.client_to_server);
  read_into(in, token.server_to_client);
  read_into(in, token.user_data);
  if (!in.ok()) return std::unexpected(DecodeError::Malformed);
  return token;
}

ConnectTokenBytes write_connect_token(const PublicToken& token) {
  ConnectTokenBytes bytes{};
  ByteWriter out(bytes);
  out.bytes(version_bytes());
  out.number(token.protocol_id);
  out.number(token.create_unix_s);
  out.number(token.expire_unix_s);
  out.bytes(token.nonce);
  out.bytes(token.sealed_private);
  out.number(token.timeout_s);
  write_servers(out, token.servers);
  out.bytes(token.client_to_server);
  out.bytes(token.server_to_client);
  return bytes;
}

ChallengeTokenBytes seal_challenge(PacketCipher& cipher, const Key& key, std::uint64_t sequence,
                                   const ChallengeToken& token) {
  ChallengeTokenBytes bytes{};
  ByteWriter out(bytes);
  out.number(token.client_id);
  out.bytes(token.user_data);
  out.bytes(token.connect_token_mac);
  cipher.seal(key, sequence, {}, bytes);
  return bytes;
}

std::optional<ChallengeToken> open_challenge(PacketCipher& cipher, const Key& key,
                                             std::uint64_t sequence, std::span<std::byte> sealed) {
  if (!cipher.open(key, sequence, {}, sealed)) return std::nullopt;
  ByteReader in(sealed);
  ChallengeToken token;
  token.client_id = in.number<std::uint64_t>();
  read_into(in, token.user_data);
  read_into(in, token.connect_token_mac);
  return token;
}

}  // namespace tessera::netcode::detail

namespace tessera::netcode {

std::expected<PublicToken, DecodeError> read_connect_token(std::span<const std::byte> bytes) {
  if (bytes.size() != kConnectTokenBytes) return std::unexpected(DecodeError::Truncated);
  ByteReader in(bytes);
  const auto version = in.bytes(kVersionBytes);
  if (!std::ranges::equal(version, detail::version_bytes())) {
    return std::unexpected(DecodeError::Malformed);
  }
  PublicToken token;
  token.protocol_id = in.number<std::uint64_t>();
  token.create_unix_s = in.number<std::uint64_t>();
  token.expire_unix_s = in.number<std::uint64_t>();
  detail::read_into(in, token.nonce);
  detail::read_into(in, token.sealed_private);
  token.timeout_s = in.number<std::int32_t>();
  detail::read_servers(in, token.servers);
  detail::read_into(in, token.client_to_server);
  detail::read_into(in, token.server_to_client);
  if (!in.ok()) return std::unexpected(DecodeError::Malformed);
  if (token.create_unix_s > token.expire_unix_s) return std::unexpected(DecodeError::OutOfRange);
  return token;
}

}  // namespace tessera::netcode
