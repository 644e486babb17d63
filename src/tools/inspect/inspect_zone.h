// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What `tessera inspect zone` does: a picture of a zone from above, as the server knows it after
// compiling, so that people can look instead of read.
//
//   tessera inspect zone vale --out vale.png
//   tessera inspect zone vale --out town.png --area 2048,2048,260 --path 2048,2036:2120,1990
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/nav/navigation_source.h"
#include "gameplay/definitions/zone_definition.h"
#include "tools/inspect/drawing/image.h"
#include "tools/inspect/walk.h"

namespace tessera::inspect {

/// Pixels on the longer side of a picture. While it is drawn at twice the size, the largest takes
/// 1 GB.
inline constexpr int kPixelsMin = 16;
inline constexpr int kPixelsMax = 4096;

/// A square part of the world.
struct Square {
  math::Vec2 centre;
  float size_m = 100;
};

struct InspectOptions {
  int pixels = 1600;             ///< on the longer side
  std::optional<Square> area{};  ///< none: all of the zone
  nav::AgentSize agent = nav::AgentSize::Small;
  std::optional<std::array<math::Vec2, 2>> path{};  ///< from, to
  /// Solid things that reach higher are left out: the ceiling of a dungeon.
  float below_m = std::numeric_limits<float>::infinity();
  bool show_mesh = true;
};

struct Inspection {
  Image image;
  std::vector<std::string> lines;  ///< what is what on the picture, and the path in figures
};

/// On one thread; 1600 pixels of 4 x 4 km take about a second. Fails when the area does not touch
/// the zone, or without the path that was asked for.
Result<Inspection> inspect_zone(const ZoneDefinition& zone, const InspectOptions& options);

}  // namespace tessera::inspect
