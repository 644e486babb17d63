// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any text as zone.yaml: an error that names file and line, or a zone within its limits.
#include <cstdint>

#include "engine/core/assert.h"
#include "world/content/detail/zone_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto zone = content::detail::parse_zone_text(text, "zone.yaml");
  if (!zone) {
    TESSERA_ASSERT(zone.error().message.starts_with("zone.yaml:"), "an error without a place");
    return 0;
  }
  TESSERA_ASSERT(!zone->zone.spawn_points.empty(), "a zone without a spawn point");
  // Small ones are built, too.
  const physics::HeightFieldOptions& terrain = zone->terrain.options;
  if (terrain.columns > 64 || terrain.rows > 64) return 0;
  content::HeightMap map{terrain.columns, terrain.rows, {}};
  map.samples.resize(std::size_t{terrain.columns} * terrain.rows, 1000);
  (void)content::detail::assemble_zone(*zone, std::move(map), "zone.yaml");
  return 0;
}
