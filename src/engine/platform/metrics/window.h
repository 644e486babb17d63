// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include <climits>

namespace tessera::platform {

/// As a number of seconds to look back: all that a LatencyWindow or ValueWindow remembers.
inline constexpr unsigned kWholeWindow = UINT_MAX;

}  // namespace tessera::platform
