// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Puts the accounts service on a host. Passwords are hashed on threads of their own: one by
// default, with the lowest priority, so that a wave of logins slows down logins and nothing else.
// When too many wait, the next are refused at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "engine/core/error.h"
#include "persistence/database.h"
#include "services/common/host.h"

namespace tessera::accounts {

struct AccountsOptions {
  unsigned hashing_threads = 1;
  /// At some 30 ms each the last one is answered after 2 s, within the caller's deadline of 12 s
  /// even on a busy core.
  std::size_t hashing_queue_max = 64;
  /// Argon2id; see PasswordCost.
  unsigned long long hashing_passes = 2;
  std::size_t hashing_memory_bytes = 19u << 20;
  std::int64_t access_token_s = 15 * 60;
  std::int64_t refresh_token_s = 30 * 24 * 3600;
  /// Seconds since 1970 UTC; empty: the machine's clock.
  std::function<std::int64_t()> now_s{};
};

/// Before host.start(). The database must outlive the host.
Result<void> serve_accounts(services::Host& host, persistence::Database& database,
                            AccountsOptions options = {});

}  // namespace tessera::accounts
