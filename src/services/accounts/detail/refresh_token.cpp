// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/detail/refresh_token.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <span>

#include "services/accounts/detail/base64url.h"

namespace tessera::accounts {
namespace {

constexpr std::size_t kLoginBytes = 16;
constexpr std::size_t kSecretBytes = 32;
using Bytes = std::array<unsigned char, kLoginBytes + kSecretBytes>;

std::string hex(std::span<const unsigned char> bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

RefreshToken token_of(const Bytes& bytes) {
  const auto all = std::span(bytes);
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), all.subspan(kLoginBytes).data(), kSecretBytes);
  return {hex(all.first(kLoginBytes)), hex(hash), base64url(all)};
}

}  // namespace

RefreshToken make_refresh_token(const std::string& login) {
  Bytes bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  if (!login.empty()) {
    sodium_hex2bin(bytes.data(), kLoginBytes, login.data(), login.size(), nullptr, nullptr,
                   nullptr);
  }
  return token_of(bytes);
}

std::optional<RefreshToken> parse_refresh_token(std::string_view text) {
  if (text.size() > 2 * sizeof(Bytes)) return std::nullopt;
  const auto decoded = from_base64url(text);
  Bytes bytes{};
  if (!decoded || decoded->size() != bytes.size()) return std::nullopt;
  std::ranges::copy(*decoded, bytes.begin());
  return token_of(bytes);
}

}  // namespace tessera::accounts
