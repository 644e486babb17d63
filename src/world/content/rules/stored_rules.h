// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Rules as they were: a log names its content by its hash, and a replay needs just that. For each
// content hash the cache folder has a file <zone>-<content hash>.parts, which names the compiled
// zone and the rules; and the files of the rules, copied into rules-<rules hash>.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/core/error.h"
#include "world/content/rules/rule_source.h"

namespace tessera::content {

struct StoredParts {
  std::uint64_t compiled_hash = 0;
  RuleSource rules;
};

/// Nothing is written that is there already.
Result<void> store_parts(const std::string& cache_folder, const std::string& zone,
                         std::uint64_t compiled_hash, const RuleSource& rules);

/// Nothing when the cache does not have them, or not whole.
std::optional<StoredParts> load_parts(const std::string& cache_folder, const std::string& zone,
                                      std::uint64_t content_hash);

}  // namespace tessera::content
