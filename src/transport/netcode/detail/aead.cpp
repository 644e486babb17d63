// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/netcode/detail/aead.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstring>

#include "engine/core/assert.h"

namespace tessera::netcode::detail {
namespace {

constexpr std::size_t kShortText = 192;

using Nonce = std::array<unsigned char, 12>;

/// Four zero bytes, then the sequence number.
Nonce packet_nonce(std::uint64_t sequence) {
  Nonce nonce{};
  std::memcpy(nonce.data() + 4, &sequence, sizeof(sequence));
  return nonce;
}

const unsigned char* raw(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::span<std::byte> bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

struct ContextDeleter {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter>;

void require_sodium() {
  static const bool ready = sodium_init() >= 0;
  TESSERA_ASSERT(ready, "libsodium cannot start: no source of randomness");
}

}  // namespace

struct PacketCipher::Contexts {
  Context seal{EVP_CIPHER_CTX_new()};
  Context open{EVP_CIPHER_CTX_new()};
};

PacketCipher::PacketCipher() : contexts_(std::make_unique<Contexts>()) {
  require_sodium();
  const EVP_CIPHER* cipher = EVP_chacha20_poly1305();
  const bool ready =
      EVP_EncryptInit_ex(contexts_->seal.get(), cipher, nullptr, nullptr, nullptr) == 1 &&
      EVP_DecryptInit_ex(contexts_->open.get(), cipher, nullptr, nullptr, nullptr) == 1;
  TESSERA_ASSERT(ready, "OpenSSL has no ChaCha20-Poly1305");
}

PacketCipher::PacketCipher(PacketCipher&&) noexcept = default;
PacketCipher& PacketCipher::operator=(PacketCipher&&) noexcept = default;
PacketCipher::~PacketCipher() = default;

void PacketCipher::seal(const Key& key, std::uint64_t sequence,
                        std::span<const std::byte> associated, std::span<std::byte> text_and_mac) {
  TESSERA_ASSERT(text_and_mac.size() >= kMacBytes, "seal: no room for the tag");
  const Nonce nonce = packet_nonce(sequence);
  const std::size_t size = text_and_mac.size() - kMacBytes;
  const auto text = text_and_mac.first(size);
  const auto mac = text_and_mac.last(kMacBytes);
  if (size < kShortText) {
    crypto_aead_chacha20poly1305_ietf_encrypt_detached(
        raw(text), raw(mac), nullptr, raw(text), size, raw(associated), associated.size(), nullptr,
        nonce.data(), raw(std::span<const std::byte>(key)));
    return;
  }
  EVP_CIPHER_CTX* context = contexts_->seal.get();
  int done = 0;
  const bool sealed =
      EVP_EncryptInit_ex(context, nullptr, nullptr, raw(std::span<const std::byte>(key)),
                         nonce.data()) == 1 &&
      (associated.empty() || EVP_EncryptUpdate(context, nullptr, &done, raw(associated),
                                               static_cast<int>(associated.size())) == 1) &&
      EVP_EncryptUpdate(context, raw(text), &done, raw(text), static_cast<int>(size)) == 1 &&
      EVP_EncryptFinal_ex(context, raw(mac), &done) == 1 &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kMacBytes, raw(mac)) == 1;
  TESSERA_ASSERT(sealed, "OpenSSL cannot seal");
}

bool PacketCipher::open(const Key& key, std::uint64_t sequence,
                        std::span<const std::byte> associated, std::span<std::byte> text_and_mac) {
  if (text_and_mac.size() < kMacBytes) return false;
  const Nonce nonce = packet_nonce(sequence);
  const std::size_t size = text_and_mac.size() - kMacBytes;
  const auto text = text_and_mac.first(size);
  const auto mac = text_and_mac.last(kMacBytes);
  if (size < kShortText) {
    return crypto_aead_chacha20poly1305_ietf_decrypt_detached(
               raw(text), nullptr, raw(text), size, raw(mac), raw(associated), associated.size(),
               nonce.data(), raw(std::span<const std::byte>(key))) == 0;
  }
  EVP_CIPHER_CTX* context = contexts_->open.get();
  int done = 0;
  return EVP_DecryptInit_ex(context, nullptr, nullptr, raw(std::span<const std::byte>(key)),
                            nonce.data()) == 1 &&
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kMacBytes, raw(mac)) == 1 &&
         (associated.empty() || EVP_DecryptUpdate(context, nullptr, &done, raw(associated),
                                                  static_cast<int>(associated.size())) == 1) &&
         EVP_DecryptUpdate(context, raw(text), &done, raw(text), static_cast<int>(size)) == 1 &&
         EVP_DecryptFinal_ex(context, raw(text) + size, &done) == 1;
}

void seal_token(const Key& key, const TokenNonce& nonce, std::span<const std::byte> associated,
                std::span<std::byte> text_and_mac) {
  const std::size_t size = text_and_mac.size() - kMacBytes;
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
      raw(text_and_mac), raw(text_and_mac.last(kMacBytes)), nullptr, raw(text_and_mac), size,
      raw(associated), associated.size(), nullptr, raw(std::span<const std::byte>(nonce)),
      raw(std::span<const std::byte>(key)));
}

bool open_token(const Key& key, const TokenNonce& nonce, std::span<const std::byte> associated,
                std::span<std::byte> text_and_mac) {
  const std::size_t size = text_and_mac.size() - kMacBytes;
  return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
             raw(text_and_mac), nullptr, raw(text_and_mac), size, raw(text_and_mac.last(kMacBytes)),
             raw(associated), associated.size(), raw(std::span<const std::byte>(nonce)),
             raw(std::span<const std::byte>(key))) == 0;
}

void random_bytes(std::span<std::byte> out) {
  require_sodium();
  randombytes_buf(out.data(), out.size());
}

}  // namespace tessera::netcode::detail
