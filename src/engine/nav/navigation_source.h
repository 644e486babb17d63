// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What navigation is built from: the ground, triangles, water; who walks there; and the square
// tiles that the world is cut into, so that they can be built in parallel, kept in a cache, and
// built anew one by one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/math/vec.h"
#include "engine/physics/height_field.h"
#include "engine/physics/mesh/triangle.h"

namespace tessera::nav {

/// Each size has a mesh of its own: a mesh is the ground where the middle of that body may be.
enum class AgentSize : std::uint8_t { Small, Medium, Large };
inline constexpr std::array kAgentSizes{AgentSize::Small, AgentSize::Medium, AgentSize::Large};

struct AgentShape {
  float radius_m;
  float height_m;
  float step_m;       ///< the highest ledge it walks over
  float fine_cell_m;  ///< edge of the cells near triangles; divides kTileSize_m
};
/// A person, a rider or an ogre, a dragon. Ways that are narrower than 2 * (radius + cell) are
/// closed: 1.2 m for Small.
constexpr AgentShape shape_of(AgentSize agent) {
  constexpr std::array<AgentShape, 3> kShapes{{
      {0.4f, 1.8f, 0.4f, 0.2f},
      {0.9f, 2.4f, 0.4f, 0.32f},
      {1.8f, 4.0f, 0.4f, 0.4f},
  }};
  return kShapes[static_cast<std::size_t>(agent)];
}
/// "small", "medium", "large".
std::string_view name_of(AgentSize agent);

/// Steeper ground is not walkable: the rise per metre at 45 degrees.
inline constexpr float kSlopeMax = 1;
/// Ground that lies deeper below the water is not walkable.
inline constexpr float kWadingDepth_m = 1;

inline constexpr float kTileSize_m = 64;
/// 4096 x 4096 m. A reference to a polygon has 22 bits for tile and polygon.
inline constexpr std::uint32_t kTilesMax = 4096;

struct TilePlace {
  std::int32_t x = 0;  ///< column, eastwards
  std::int32_t z = 0;  ///< row, southwards
  auto operator<=>(const TilePlace&) const = default;
};

struct Rectangle {
  math::Vec2 low;
  math::Vec2 high;
  bool holds(math::Vec2 place) const {
    return place.x >= low.x && place.x <= high.x && place.z >= low.z && place.z <= high.z;
  }
  bool operator==(const Rectangle&) const = default;
};

/// The tiles over a world, the first at its north-western corner.
struct TileGrid {
  math::Vec2 origin;
  std::int32_t columns = 0;
  std::int32_t rows = 0;

  std::uint32_t count() const { return static_cast<std::uint32_t>(columns * rows); }
  bool holds(TilePlace tile) const {
    return tile.x >= 0 && tile.z >= 0 && tile.x < columns && tile.z < rows;
  }
  std::uint32_t index(TilePlace tile) const {
    return static_cast<std::uint32_t>(tile.z * columns + tile.x);
  }
  TilePlace at_index(std::uint32_t index) const {
    const auto i = static_cast<std::int32_t>(index);
    return {i % columns, i / columns};
  }
  /// The tile round a place; the nearest one for places beyond the edge.
  TilePlace at(math::Vec2 place) const;
  Rectangle bounds(TilePlace tile) const;
  bool operator==(const TileGrid&) const = default;
};
/// Asserts that the bounds are finite, not empty, and of at most kTilesMax tiles.
TileGrid tile_grid(const Rectangle& bounds);

/// A triangle that blocks, but that nobody walks on.
inline constexpr std::uint8_t kNotWalkable = 1;

/// An upright box: an obstacle that came later, which nobody walks in or on; or the leaf of a door.
struct Obstacle {
  math::Vec3 centre;
  math::Vec3 half_size;     ///< along its own x, y and z
  math::Vec2 facing{1, 0};  ///< its own x axis, of length 1
  physics::Bounds bounds() const;
  bool holds(math::Vec3 point, float margin) const;
  bool operator==(const Obstacle&) const = default;
};

/// Where the feet of somebody are who stands in a door: its leaf, deeper by the agent's radius.
Obstacle doorway(const Obstacle& leaf, AgentSize agent);

/// Spans and pointers are the caller's and stay valid for as long as the source.
struct NavigationGeometry {
  Rectangle bounds;
  const physics::HeightField* ground = nullptr;    ///< none: only triangles carry
  std::span<const physics::Triangle> triangles{};  ///< finite
  std::span<const std::uint8_t> flags{};           ///< of each triangle, or empty: all 0
  /// Get polygons of their own, so that NavigationMesh::set_door() can open and close them without
  /// building anything. Doors nearer to each other than an agent is wide open and close together.
  std::span<const Obstacle> doors{};
  bool has_water = false;
  float water_level_m = 0;
};

/// The geometry, sorted by tiles. Built once, in O(triangles); read from any thread.
class NavigationSource {
 public:
  explicit NavigationSource(const NavigationGeometry& geometry);

  const NavigationGeometry& geometry() const { return geometry_; }
  const TileGrid& grid() const { return grid_; }
  /// Numbers, rising, of the triangles that touch the tile or its border of kTileBorder_m.
  std::span<const std::uint32_t> triangles_near(TilePlace tile) const;
  /// Whether the tile needs fine cells: triangles, doors or obstacles reach into it or near to it.
  bool detailed(TilePlace tile, std::span<const Obstacle> obstacles) const;
  /// Doors that touch the tile or its border, in their order.
  std::vector<Obstacle> doors_near(TilePlace tile) const;
  std::uint8_t flags_of(std::uint32_t triangle) const {
    return geometry_.flags.empty() ? std::uint8_t{0} : geometry_.flags[triangle];
  }

 private:
  NavigationGeometry geometry_;
  TileGrid grid_;
  std::vector<std::uint32_t> first_;  ///< of each tile, in numbers_; and one more for the end
  std::vector<std::uint32_t> numbers_;
  std::vector<bool> detailed_;  ///< of each tile, obstacles apart
};

/// What is built of a tile depends on what lies within this distance of it, and on no more.
inline constexpr float kTileBorder_m = 10;

/// Equal for equal geometry near the tile: build_tile() then gives equal bytes. Obstacles that do
/// not touch the tile or its border do not count.
std::uint64_t input_hash(const NavigationSource& source, AgentSize agent, TilePlace tile,
                         std::span<const Obstacle> obstacles = {});

}  // namespace tessera::nav
