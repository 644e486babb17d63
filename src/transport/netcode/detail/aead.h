// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The two ciphers of the standard. Packets and challenges: ChaCha20-Poly1305 (RFC 8439) with the
// sequence number as nonce, by OpenSSL for long texts (its AVX-512 kernels need half the time at
// 1,100 bytes) and libsodium for short ones (it has no set-up cost: 450 ns against 540 at 40 bytes,
// even at 250). Private tokens: XChaCha20-Poly1305 by libsodium.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "transport/netcode/standard.h"

namespace tessera::netcode::detail {

/// Seals and opens in place. Holds two cipher contexts that are used for every key; one thread.
class PacketCipher {
 public:
  PacketCipher();
  PacketCipher(PacketCipher&&) noexcept;
  PacketCipher& operator=(PacketCipher&&) noexcept;
  ~PacketCipher();

  /// `text_and_mac` is the text and kMacBytes of room behind it.
  void seal(const Key& key, std::uint64_t sequence, std::span<const std::byte> associated,
            std::span<std::byte> text_and_mac);
  /// False, with the text spoilt, when it was not sealed with this key, sequence and associated
  /// data.
  [[nodiscard]] bool open(const Key& key, std::uint64_t sequence,
                          std::span<const std::byte> associated, std::span<std::byte> text_and_mac);

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

using TokenNonce = std::array<std::byte, kTokenNonceBytes>;

void seal_token(const Key& key, const TokenNonce& nonce, std::span<const std::byte> associated,
                std::span<std::byte> text_and_mac);
[[nodiscard]] bool open_token(const Key& key, const TokenNonce& nonce,
                              std::span<const std::byte> associated,
                              std::span<std::byte> text_and_mac);

void random_bytes(std::span<std::byte> out);

}  // namespace tessera::netcode::detail
