// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Puts the operations service on a host.
#pragma once

#include <cstdint>
#include <functional>

#include "persistence/database.h"
#include "services/common/host.h"

namespace tessera::operations {

struct OperationsOptions {
  /// Seconds since 1970 UTC; empty: the machine's clock.
  std::function<std::int64_t()> now_s{};
};

/// Before host.start(). The database must outlive the host.
void serve_operations(services::Host& host, persistence::Database& database,
                      OperationsOptions options = {});

}  // namespace tessera::operations
