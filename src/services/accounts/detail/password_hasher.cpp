// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/detail/password_hasher.h"

#include <sodium.h>

#include <array>

#include "engine/core/assert.h"

namespace tessera::accounts {

PasswordHasher::PasswordHasher(const PasswordCost& cost) : cost_(cost) {
  TESSERA_ASSERT(sodium_init() >= 0, "libsodium cannot start");
  std::array<char, 33> random{};
  randombytes_buf(random.data(), random.size() - 1);
  nobody_ = hash(std::string(random.data(), random.size())).value_or("");
}

Result<std::string> PasswordHasher::hash(const std::string& password) const {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost_.passes,
                            cost_.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return failure(ErrorKind::Unavailable,
                   "not enough memory to hash a password: 19 MiB are needed for each; try again");
  }
  return std::string(text.data());
}

bool PasswordHasher::verify(const std::string& hash, const std::string& password) const {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace tessera::accounts
