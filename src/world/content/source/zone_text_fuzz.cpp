// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any text as zone.yaml: faults that name file and line, or a zone within its limits.
#include <cstdint>

#include "engine/core/assert.h"
#include "world/content/source/zone_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto zone = content::parse_zone_text(text, "zone.yaml");
  if (!zone) {
    TESSERA_ASSERT(!zone.error().empty(), "no zone and no fault");
    for (const content::Fault& fault : zone.error()) {
      TESSERA_ASSERT(fault.file == "zone.yaml" && fault.line >= 1, "a fault without a place");
    }
    return 0;
  }
  TESSERA_ASSERT(zone->terrain || zone->bottom_m, "a zone without a bottom");
  TESSERA_ASSERT(zone->zone.areas.size() == zone->area_lines.size(), "areas without lines");
  TESSERA_ASSERT(zone->zone.creatures.size() == zone->creature_lines.size(), "kinds without lines");
  return 0;
}
