// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Which build this is. Kept apart from the other modules, because it changes with every commit.
#pragma once

#include <string>
#include <string_view>

namespace tessera::platform {

struct BuildInfo {
  std::string_view version;   ///< "0.1.0"
  std::string_view commit;    ///< of git, with "+changes" when files differed from it; or "unknown"
  std::string_view compiler;  ///< "GNU 12.2.0"
  std::string_view build_type;  ///< "Release"
};
const BuildInfo& build_info();

/// The linker's hash over the running program, in hex: equal exactly for equal binaries. Empty when
/// it was linked without one.
const std::string& build_id();

/// "tessera 0.1.0 (commit 0123456789ab, GNU 12.2.0 Release, build 01234567)"
std::string build_line();

}  // namespace tessera::platform
