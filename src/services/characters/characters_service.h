// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Puts the characters service on a host.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/core/error.h"
#include "persistence/database.h"
#include "services/common/host.h"

namespace tessera::characters {

struct CharactersOptions {
  int per_account_max = 8;
  /// Seconds since 1970 UTC; empty: the machine's clock.
  std::function<std::int64_t()> now_s{};
};

/// Before host.start(). The database must outlive the host.
void serve_characters(services::Host& host, persistence::Database& database,
                      CharactersOptions options = {});

}  // namespace tessera::characters
