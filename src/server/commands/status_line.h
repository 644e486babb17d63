// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <string>

#include "gateway/http/ports.h"

namespace tessera::server {

/// One line for a terminal:
/// "  412 players | tick p50 1.2 ms p99 2.9 ms | out 8,240 datagrams/s 1.4 MB/s | memory 143 MiB"
std::string status_line(const gateway::ServerStatus& status);

}  // namespace tessera::server
