// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <string>
#include <string_view>

namespace tessera::gateway::detail {

/// RFC 1952, by zlib; some 50 MB a second. The same bytes each time: it holds no date.
std::string gzip(std::string_view bytes);

}  // namespace tessera::gateway::detail
