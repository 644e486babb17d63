// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Base64 with the URL alphabet and no padding (RFC 4648 section 5), as JWT and our tokens use it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tessera::accounts {

std::string base64url(std::span<const unsigned char> bytes);
std::string base64url(std::string_view text);
/// Nothing for characters outside the alphabet, padding, or bits after the end.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace tessera::accounts
