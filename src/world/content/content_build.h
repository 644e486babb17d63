// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// All zones of a content folder: checked, or compiled into the cache. The parts of a zone are
// worked on in parallel; what did not change since the last time costs its hash.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "world/content/source/fault.h"
#include "world/content/zone_loader.h"

namespace tessera::content {

struct ZoneOutcome {
  std::string folder;
  std::string name;  ///< of the folder
  Faults faults{};   ///< none: the zone is in order
  bool was_cached = false;
  std::string cache_problem{};  ///< as in Loaded
  std::string store_problem{};
  std::uint64_t content_hash = 0;
  std::size_t triangles = 0;
  std::size_t doors = 0;
  std::size_t areas = 0;
  std::size_t spawn_points = 0;
  math::Vec2 size_m{};
};

struct ContentOutcome {
  std::vector<ZoneOutcome> zones;  ///< by folder
  /// Of all zones and of what lies between them, sorted: two zones of one name, no zone at all.
  Faults faults;
};

/// The zone folders below `path`: itself, when it is one, or those in its folder `zones`, or in it.
std::vector<std::string> find_zones(const std::string& path);

/// Compiles what the cache does not have, and stores it there.
ContentOutcome build_content(const std::string& path, const LoadOptions& options, jobs::Pool& pool);

}  // namespace tessera::content
