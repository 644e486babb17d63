// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The bytes of private tokens and challenge tokens.
#pragma once

#include <expected>
#include <span>

#include "transport/netcode/connect_token.h"
#include "transport/netcode/detail/aead.h"

namespace tessera::netcode::detail {

using PrivateTokenBytes = std::array<std::byte, kPrivateTokenBytes>;
using TokenAssociatedData = std::array<std::byte, kVersionBytes + 8 + 8>;

/// Version, protocol id, expiry: what a private token is bound to.
TokenAssociatedData token_associated_data(std::uint64_t protocol_id, std::uint64_t expire_unix_s);

/// The text of a private token, not yet sealed; its last kMacBytes are free for the tag.
PrivateTokenBytes write_private_token(const PrivateToken& token);
std::expected<PrivateToken, DecodeError> read_private_token(std::span<const std::byte> text);

/// Public form of a token whose private part is sealed already.
ConnectTokenBytes write_connect_token(const PublicToken& token);

/// What a challenge says: who answers it, and for which connect token. The standard leaves the last
/// 20 bytes of its text zero; we keep the connect token's tag there, so that a challenge taken from
/// one handshake is of no use in another (a player once banned could otherwise answer with an old
/// challenge of his). To the client the whole of it is opaque.
struct ChallengeToken {
  std::uint64_t client_id = 0;
  UserData user_data{};
  Mac connect_token_mac{};
};
using ChallengeTokenBytes = std::array<std::byte, kChallengeTokenBytes>;

ChallengeTokenBytes seal_challenge(PacketCipher& cipher, const Key& key, std::uint64_t sequence,
                                   const ChallengeToken& token);
/// Opens in place.
std::optional<ChallengeToken> open_challenge(PacketCipher& cipher, const Key& key,
                                             std::uint64_t sequence, std::span<std::byte> sealed);

}  // namespace tessera::netcode::detail
