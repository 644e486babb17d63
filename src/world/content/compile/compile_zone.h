// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From a zone's sources to its definition, checked: text and height map are read, models placed,
// the tree over all triangles built, and then whoever is to stand somewhere is tried there.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "engine/jobs/pool.h"
#include "gameplay/definitions/zone_definition.h"
#include "world/content/compile/zone_source.h"
#include "world/content/source/fault.h"

namespace tessera::content {

/// How far a zone's compilation is.
struct Progress {
  std::string_view zone;
  std::string_view stage;  ///< "models", "geometry", "checks", "navigation"
  std::size_t done = 0;
  std::size_t total = 0;
};
/// May be called from any of the pool's threads, one call at a time.
using ReportProgress = std::function<void(const Progress&)>;

/// All that is wrong, or the zone. The outcome depends on the sources alone, not on the number of
/// workers. The default zone takes well under a second, and its navigation half a minute.
/// `previous`: navigation of the same zone as it was before; tiles with the same input are taken
/// from it.
Checked<ZoneDefinition> compile_zone(const ZoneSource& source, jobs::Pool& pool,
                                     const ReportProgress& report = {},
                                     const NavigationData& previous = {});

}  // namespace tessera::content
