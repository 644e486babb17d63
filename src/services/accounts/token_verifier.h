// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Checks access tokens without asking anybody: JWT (RFC 7519) signed with ES256 (RFC 7518) against
// the service's public keys. About 0.1 ms a token. The read side of hostile bytes: it never
// asserts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/ids.h"

namespace tessera::accounts {

/// What a valid access token says.
struct AccessClaims {
  AccountId account{};
  std::string name{};
  std::int64_t issued_at = 0;   ///< seconds since 1970 UTC
  std::int64_t expires_at = 0;  ///< seconds since 1970 UTC
};

/// Longer tokens are refused unread: ours are below 400 bytes.
inline constexpr std::size_t kAccessTokenBytesMax = 1024;

/// Immutable; safe to use from any thread.
class TokenVerifier {
 public:
  /// From AccountsClient::key_set().
  static Result<TokenVerifier> from_key_set(std::string_view json);

  /// The claims, or Unauthenticated. `now` is seconds since 1970 UTC.
  Result<AccessClaims> verify(std::string_view token, std::int64_t now) const;

 private:
  struct Keys;
  explicit TokenVerifier(std::shared_ptr<const Keys> keys);
  std::shared_ptr<const Keys> keys_;
};

}  // namespace tessera::accounts
