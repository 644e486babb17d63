// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The ground of a zone and all that stands on it, seen from above in the light of a sun in the
// north-west: land by height, steep land grey, water by depth, roads, solid geometry by its height
// over the land, shadows.
#pragma once

#include <vector>

#include "gameplay/definitions/zone_definition.h"
#include "tools/inspect/drawing/image.h"
#include "tools/inspect/frame.h"

namespace tessera::inspect {

/// Shallow and deep water, for those who draw or look for it.
inline constexpr Colour kShallow = Colour::of(0x86bfdd);
inline constexpr Colour kDeep = Colour::of(0x1d4f91);

struct ReliefMap {
  Image image;
  std::vector<float> tops_m;  ///< of each pixel, row by row: the height of what one sees
};

/// `below_m`: solid triangles that reach higher are left out; so one sees under the ceilings of a
/// dungeon. Ten million pixels take half a second.
ReliefMap draw_relief(const ZoneDefinition& zone, const Frame& frame, float below_m);

}  // namespace tessera::inspect
