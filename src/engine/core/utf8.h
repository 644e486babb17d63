// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tessera {

/// The length of the UTF-8 sequence at the start of `text`, 0 when there is none (RFC 3629).
std::size_t utf8_length(std::string_view text);

/// Is all of it UTF-8?
bool is_utf8(std::string_view text);

/// For one line of a screen: control characters (U+0000 to U+001F, U+007F to U+009F, U+2028,
/// U+2029) become spaces, and those at both ends go. `text` is UTF-8.
std::string one_line(std::string_view text);

}  // namespace tessera
