// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From the folder of a zone to its definition. A zone is a folder of that name, with zone.yaml, the
// height map and the models it names (docs in content/schema/). What was compiled before is read
// from the cache; what was not is compiled and stored there. Content that does not check is
// refused, with all that is wrong with it. Runs before the first tick, or beside it.
#pragma once

#include <string>

#include "engine/core/error.h"
#include "engine/jobs/pool.h"
#include "gameplay/definitions/zone_definition.h"
#include "world/content/compile/compile_zone.h"

namespace tessera::content {

struct LoadOptions {
  std::string cache_folder{};  ///< empty: <content>/.cache, see CacheFolder::beside
  ReportProgress report{};     ///< of compiling; none: a log line each two seconds
};

/// `path`: the folder of the zone, or its zone.yaml. What happens beyond reading the cache is
/// logged. From the cache the default zone takes some 50 ms.
Result<ZoneDefinition> load_zone(const std::string& path, const LoadOptions& options = {});

/// The zone of this folder as it was when its content had this hash, from the cache: what a replay
/// of an old log needs. Fails when the cache does not have it any more.
Result<ZoneDefinition> load_stored_zone(const std::string& path, std::uint64_t content_hash,
                                        const LoadOptions& options = {});

/// What load_zone() does, for callers that have the sources, a pool, and a use for single faults.
struct Loaded {
  ZoneDefinition zone;
  bool from_cache = false;
  std::string cache_problem{};  ///< why an existing file of the cache could not be used
  std::string store_problem{};  ///< why the compiled zone could not be stored
};
Checked<Loaded> load_zone(const ZoneSource& source, const LoadOptions& options, jobs::Pool& pool);

/// Workers that help to compile: one for each further processor.
unsigned compile_workers();

}  // namespace tessera::content
