// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The secret that opens the admin routes: whoever can read the server's data directory is its
// operator, as with the database.
#pragma once

#include <string>

#include "engine/core/error.h"

namespace tessera::gateway {

inline constexpr const char* kAdminTokenFile = "admin_token";

/// Reads `<data_directory>/admin_token`, or makes it (64 random hexadecimal digits, mode 0600).
/// A file that others may read is refused with what to do.
Result<std::string> load_or_create_admin_token(const std::string& data_directory);

}  // namespace tessera::gateway
