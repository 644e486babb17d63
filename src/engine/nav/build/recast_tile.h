// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What detailed and terrain tiles have in common: Recast's steps with our limits. Private to
// build/.
#pragma once

#include <recastnavigation/Recast.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/nav/navigation_source.h"

namespace tessera::nav {

template <auto Free>
struct FreeBy {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Heightfield = std::unique_ptr<rcHeightfield, FreeBy<rcFreeHeightField>>;
using CompactHeightfield = std::unique_ptr<rcCompactHeightfield, FreeBy<rcFreeCompactHeightfield>>;
using ContourSet = std::unique_ptr<rcContourSet, FreeBy<rcFreeContourSet>>;
using PolygonMesh = std::unique_ptr<rcPolyMesh, FreeBy<rcFreePolyMesh>>;
using DetailMesh = std::unique_ptr<rcPolyMeshDetail, FreeBy<rcFreePolyMeshDetail>>;

/// Recast's context without log and clock.
class QuietContext : public rcContext {
 public:
  QuietContext() : rcContext(false) {}
};

/// A tile's place, its cells and how high it reaches.
struct TileJob {
  const NavigationSource& source;
  AgentSize agent;
  TilePlace tile;
  float cell_m = 0;         ///< edge of a cell
  float cell_height_m = 0;  ///< step of heights
  int border = 0;           ///< cells round the tile that are only looked at
  float low_m = 0;          ///< of all that is near
  float high_m = 0;

  int cells() const;        ///< along an edge of the tile, with both borders
  int step_cells() const;   ///< from a cell to the next
  int ledge_cells() const;  ///< between the cells on both sides of one
  int height_cells() const;
  int radius_cells() const;
  /// Where the middle of a cell is.
  math::Vec2 place(int x, int z) const;
  math::Vec3 corner() const;  ///< lowest, north-western, of the border
  std::string name() const;   ///< "tile 3,4 for small agents", for messages
};

/// An empty field of the job's cells. Fails when the tile is too high for Recast.
Result<Heightfield> make_heightfield(TileJob& job);
/// The area of spans in a doorway; squares of the ground have 1 to 64 (ground_squares.h).
inline constexpr std::uint8_t kDoorArea = 201;

/// What is open above each span, and where one can go from it. Fails when memory runs out.
Result<CompactHeightfield> make_compact(const TileJob& job, rcHeightfield& field);

struct MeshOptions {
  bool detail = false;         ///< keep heights inside polygons
  float outline_error = 1.2f;  ///< how far polygons may stray from the cells, in cells
  int region_cells_min = 0;    ///< smaller places without a way out are left out
  float vertex_snap_m = 0;     ///< corners so near to the ground move onto it
  bool snap_border_only = false;
};
/// Polygons from the walkable spans, as bytes of a tile.
Result<std::vector<std::byte>> make_tile(const TileJob& job, rcCompactHeightfield& compact,
                                         const MeshOptions& options);

Result<std::vector<std::byte>> build_terrain_tile(const NavigationSource& source, AgentSize agent,
                                                  TilePlace tile);
Result<std::vector<std::byte>> build_detailed_tile(const NavigationSource& source, AgentSize agent,
                                                   TilePlace tile,
                                                   std::span<const Obstacle> obstacles);

}  // namespace tessera::nav
