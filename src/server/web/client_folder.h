// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <string>

namespace tessera::server {

/// The folder of the built browser client: `wanted` if it is not empty, otherwise build/web/game
/// of the tree that the program was built in, or "" when nobody has built it.
std::string find_client_folder(const std::string& wanted);

}  // namespace tessera::server
