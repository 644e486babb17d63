// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A refresh token: 16 random bytes that name the login and 32 random bytes of secret, in base64url.
// The database holds the name and the hash of the newest secret.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tessera::accounts {

struct RefreshToken {
  std::string login;        ///< in hex
  std::string secret_hash;  ///< SHA-256 of the secret, in hex
  std::string text;         ///< what the client gets
};

/// For a new login, or (`login` not empty) with a new secret for a known one.
RefreshToken make_refresh_token(const std::string& login = {});
std::optional<RefreshToken> parse_refresh_token(std::string_view text);

}  // namespace tessera::accounts
