// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Packets as bytes: the plain request, and the sealed others.
//
//   prefix: sequence bytes (1..8) << 4 | type    1
//   sequence, little-endian, high zeros left out 1..8
//   body, sealed                                 0, 8, 308 or 1..1200
//   tag                                          16
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>

#include "engine/core/bytes.h"
#include "transport/netcode/detail/aead.h"
#include "transport/netcode/standard.h"

namespace tessera::netcode::detail {

/// The parts of a request; the spans lie in the datagram.
struct Request {
  std::uint64_t protocol_id = 0;
  std::uint64_t expire_unix_s = 0;
  std::array<std::byte, kTokenNonceBytes> nonce{};
  std::span<std::byte> sealed_private;
};
std::size_t write_request(std::uint64_t protocol_id, std::uint64_t expire_unix_s,
                          const TokenNonce& nonce, std::span<const std::byte> sealed_private,
                          std::span<std::byte> out);
std::expected<Request, DecodeError> read_request(std::span<std::byte> datagram);

struct PacketHeader {
  PacketType type{};
  std::uint64_t sequence = 0;
  std::size_t bytes = 0;  ///< of prefix and sequence
};
/// Checks all that can be told without the key: type, sequence and size.
std::expected<PacketHeader, DecodeError> read_header(std::span<const std::byte> datagram);

/// Seals and opens the packets of one protocol id.
class PacketCodec {
 public:
  explicit PacketCodec(std::uint64_t protocol_id);

  /// The body stands in `buffer` at kHeadroom. Returns the datagram, which ends at
  /// kHeadroom + body_bytes + kMacBytes and begins as early as the sequence needs.
  std::span<const std::byte> seal(PacketType type, std::uint64_t sequence, const Key& key,
                                  std::span<std::byte> buffer, std::size_t body_bytes);
  /// The body, opened in place; nothing when it is forged.
  std::optional<std::span<std::byte>> open(const PacketHeader& header, const Key& key,
                                           std::span<std::byte> datagram);
  PacketCipher& cipher() { return cipher_; }

 private:
  std::span<const std::byte> associated_data(std::byte prefix);

  PacketCipher cipher_;
  std::array<std::byte, kVersionBytes + 8 + 1> associated_{};
};

}  // namespace tessera::netcode::detail
