// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Passwords are stored as Argon2id (RFC 9106) by libsodium, in its text form with parameters and
// salt. One hash takes 19 MiB and some 30 ms of a core: run it on threads that are made for it.
#pragma once

#include <cstddef>
#include <string>

#include "engine/core/error.h"

namespace tessera::accounts {

/// 19 MiB and 2 passes: the OWASP recommendation for one lane.
struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = 19u << 20;
};

/// Safe to use from any thread.
class PasswordHasher {
 public:
  explicit PasswordHasher(const PasswordCost& cost = {});

  Result<std::string> hash(const std::string& password) const;
  bool verify(const std::string& hash, const std::string& password) const;
  /// A hash of nobody's password. Verifying against it takes as long as against a real one, so that
  /// the time of an answer does not tell which names exist.
  const std::string& nobody() const { return nobody_; }

 private:
  PasswordCost cost_;
  std::string nobody_;
};

}  // namespace tessera::accounts
