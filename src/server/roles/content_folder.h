// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <string>

#include "engine/core/error.h"

namespace tessera::server {

/// The folder of the zone to run: `wanted` if it is not empty, otherwise the default zone below
/// ./content, beside the program, or in the source tree the program was built in.
Result<std::string> find_zone_folder(const std::string& wanted);

/// The default zone's folder; where it should be when there is none.
std::string default_zone_folder();

}  // namespace tessera::server
