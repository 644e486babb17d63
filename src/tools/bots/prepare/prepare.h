// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// `tessera bots --prepare DIR`: accounts, characters and access tokens for a fleet, made in a data
// folder that no server uses yet, by the services themselves. A benchmark begins with it, because
// two thousand password hashes and a walk from the town to every bot's home would take minutes and
// measure nothing. The accounts' hashes are as cheap as the library allows: for benchmarks on
// loopback only.
#pragma once

#include <cstddef>
#include <string>

#include "engine/core/error.h"
#include "tools/bots/behaviour/places.h"

namespace tessera::bots {

struct PrepareOptions {
  std::string database_file;
  std::string zone_folder;
  std::string passes_file;  ///< written: see load_passes()
  std::uint16_t zone = 1;
  std::size_t count = 1;
  std::uint16_t level = 1;  ///< of the characters; their classes are all that there are, in turn
  Profile profile = Profile::Roam;  ///< characters stand at its homes: Places::homes()
};

Result<void> prepare(const PrepareOptions& options);

}  // namespace tessera::bots
