// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Runs a recorded log again and compares the hash of every tick. A replay needs the log and the
// content it was made with, and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "engine/core/error.h"
#include "engine/core/tick.h"
#include "gameplay/definitions/zone_definition.h"

namespace tessera::replay {

struct Outcome {
  std::uint64_t ticks = 0;  ///< run and compared
  std::uint64_t hash = 0;   ///< after the last of them, as computed
  /// The first tick whose hash was another one than recorded.
  std::optional<TickNumber> diverged_at;
  std::string recorded_by;  ///< the build that wrote the log
  std::string end;          ///< where and how the log ended, if it was not closed in order
};

/// The zone's content of a hash, for logs in which the content changes.
using ContentSource = std::function<Result<ZoneDefinition>(std::uint64_t content_hash)>;

/// `definition`: the content that the log begins with. Fails when the log cannot be read, holds
/// damaged bytes (a torn end is none), belongs to other content, or changes to content that
/// `source` does not have.
Result<Outcome> replay(std::span<const std::byte> log, ZoneDefinition definition, unsigned workers,
                       const ContentSource& source);

/// The content a log was made with, for choosing the right one.
Result<std::uint64_t> content_hash_of(std::span<const std::byte> log);

}  // namespace tessera::replay
