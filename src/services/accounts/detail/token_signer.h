// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Makes access tokens: the counterpart of TokenVerifier. The key is made once, at the first start,
// and lives in the database, so that tokens survive a restart and several processes sign with the
// same.
#pragma once

#include <string>

#include "engine/core/error.h"
#include "persistence/stores/signing_key_store.h"
#include "services/accounts/detail/es256.h"
#include "services/accounts/token_verifier.h"

namespace tessera::accounts {

class TokenSigner {
 public:
  /// Takes the key from the store, or makes one there. `now`: seconds since 1970 UTC.
  static Result<TokenSigner> load_or_create(persistence::SigningKeyStore& store, std::int64_t now);

  /// A JWT (RFC 7519): iss, sub (the account's id), name, iat, exp.
  Result<std::string> sign(const AccessClaims& claims) const;
  /// All public keys as a JSON Web Key Set (RFC 7517).
  const std::string& key_set() const { return key_set_; }

 private:
  TokenSigner(Es256Key key, std::string header, std::string key_set)
      : key_(std::move(key)), header_(std::move(header)), key_set_(std::move(key_set)) {}
  Es256Key key_;
  std::string header_;  // encoded already: the same for all tokens
  std::string key_set_;
};

/// The name of a key: its JWK thumbprint (RFC 7638).
std::string key_id_of(const Es256Key::Point& point);

inline constexpr const char* kIssuer = "tessera";

}  // namespace tessera::accounts
