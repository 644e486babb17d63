// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/mesh/navigation_mesh.h"

#include <algorithm>

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/mesh/polygons.h"
#include "engine/nav/testing/sample_world.h"

namespace tessera::nav {
namespace {

using testing::sample_town;

/// The answers to some hundred questions.
std::uint64_t answers(const NavigationMesh& mesh) {
  PathFinder finder(mesh);
  RandomStream random(11);
  StateHash hash;
  std::array<math::Vec3, 64> corners;
  for (int i = 0; i < 300; ++i) {
    const math::Vec3 from = sample_town().random_place(random);
    const math::Vec3 to = sample_town().random_place(random);
    const Path path = finder.find_path(from, to, corners);
    hash.add(path.nodes);
    hash.add(std::as_bytes(std::span(corners).first(path.corners)));
    const auto ray = finder.raycast(from, to);
    if (ray) hash.add(std::as_bytes(std::span(&ray->end, 1)));
    const auto nearest = finder.nearest_point(from, 5);
    if (nearest) hash.add(std::as_bytes(std::span(&*nearest, 1)));
  }
  return hash.value();
}

TEST(NavigationMesh, AnswersAlikeWhateverTheOrderOfItsTiles) {
  constexpr std::uint64_t kSeed = 5;
  const NavigationSource& source = sample_town().source;
  const std::uint64_t expected = answers(sample_town().mesh);
  std::vector<TilePlace> tiles;
  for (std::uint32_t i = 0; i < source.grid().count(); ++i) {
    tiles.push_back(source.grid().at_index(i));
  }
  RandomStream random(kSeed);
  for (int round = 0; round < 4; ++round) {
    for (std::uint32_t i = static_cast<std::uint32_t>(tiles.size()); i > 1; --i) {
      std::swap(tiles[i - 1], tiles[random.below(i)]);
    }
    NavigationMesh mesh(source.grid(), AgentSize::Small);
    for (const TilePlace tile : tiles) {
      const auto bytes = *build_tile(source, AgentSize::Small, tile);
      ASSERT_TRUE(mesh.set_tile(tile, bytes));
      if (random.chance(0.3f)) {  // comes, goes and comes again
        mesh.remove_tile(tile);
        ASSERT_TRUE(mesh.set_tile(tile, bytes));
        ASSERT_TRUE(mesh.set_tile(tile, bytes));
      }
    }
    EXPECT_EQ(answers(mesh), expected) << "seed " << kSeed << " round " << round;
    EXPECT_EQ(mesh.memory_bytes(), sample_town().mesh.memory_bytes());
  }
}

TEST(NavigationMesh, GivesTheSameAnswersWithEveryCompiler) {
  EXPECT_EQ(answers(sample_town().mesh), 1668276968706722580u);
}

TEST(NavigationMesh, ConnectsTerrainWithDetailedTiles) {
  // Out of the town's middle, through a gate, over fine and coarse tiles to the corners.
  constexpr float kEdge_m = 8;
  std::array<math::Vec3, 64> corners;
  PathFinder finder(sample_town().mesh);
  int reached = 0;
  for (const math::Vec2 corner : {math::Vec2{kEdge_m, kEdge_m},
                                  {256 - kEdge_m, kEdge_m},
                                  {kEdge_m, 256 - kEdge_m},
                                  {256 - kEdge_m, 256 - kEdge_m}}) {
    const auto from = finder.nearest_point(sample_town().on_ground(128, 128), 5);
    const auto to = finder.nearest_point(sample_town().on_ground(corner.x, corner.z), 8);
    if (!from || !to) continue;
    reached += finder.find_path(*from, *to, corners).outcome == PathOutcome::Complete ? 1 : 0;
    reached += finder.find_path(*to, *from, corners).outcome == PathOutcome::Complete ? 1 : 0;
  }
  EXPECT_EQ(reached, 8);
}

TEST(NavigationMesh, LeavesNoSeamBetweenTilesOfAnyKind) {
  // Straight over every border, a metre to either side: who stands on both sides can cross. Not
  // through corners of polygons, where Detour's rays are of two minds.
  const auto& town = sample_town();
  PathFinder finder(town.mesh);
  int crossed = 0;
  int stuck = 0;
  for (std::int32_t border = 1; border < 4; ++border) {
    for (float along = 4.37f; along < 252; along += 1.71f) {
      const float at = static_cast<float>(border) * kTileSize_m;
      for (const bool turned : {false, true}) {
        const auto place = [&](float side) {
          return turned ? town.on_ground(along, at + side) : town.on_ground(at + side, along);
        };
        const auto from = finder.raycast(place(-1), place(-1));
        const auto to = finder.raycast(place(1), place(1));
        const auto near = [](const auto& ray, math::Vec3 wanted) {
          return ray && length(flat(ray->end) - flat(wanted)) < 0.01f;
        };
        if (!near(from, place(-1)) || !near(to, place(1))) continue;
        const auto there = finder.raycast(place(-1), place(1));
        const auto back = finder.raycast(place(1), place(-1));
        ++crossed;
        stuck += there->blocked || back->blocked ? 1 : 0;
      }
    }
  }
  EXPECT_GT(crossed, 400);
  EXPECT_EQ(stuck, 0);
}

TEST(NavigationMesh, LeadsFromAnOpenPlaceIntoEveryAlleyBeyondABorder) {
  // Two floors of 64 m; on the eastern one walls stand like a comb, from the border on, closed at
  // their ends. Each of the alleys can only be entered from the west.
  constexpr int kAlleys = 14;
  std::vector<physics::Triangle> triangles{{{0, 0, 0}, {0, 0, 64}, {128, 0, 64}},
                                           {{0, 0, 0}, {128, 0, 64}, {128, 0, 0}}};
  for (int i = 0; i <= kAlleys; ++i) {
    const float z = 2 + 4.2f * static_cast<float>(i);
    testing::add_box(triangles, {64.5f, 0, z - 0.2f}, {110, 4, z + 0.2f});
  }
  testing::add_box(triangles, {109, 0, 0}, {110, 4, 64});
  NavigationGeometry geometry;
  geometry.bounds = {{0, 0}, {128, 64}};
  geometry.triangles = triangles;
  const NavigationSource source(geometry);
  const auto west = *build_tile(source, AgentSize::Small, {0, 0});
  const auto east = *build_tile(source, AgentSize::Small, {1, 0});
  for (const bool west_first : {true, false}) {
    NavigationMesh mesh(source.grid(), AgentSize::Small);
    ASSERT_TRUE(mesh.set_tile({west_first ? 0 : 1, 0}, west_first ? west : east));
    ASSERT_TRUE(mesh.set_tile({west_first ? 1 : 0, 0}, west_first ? east : west));
    PathFinder finder(mesh);
    std::array<math::Vec3, 8> corners;
    for (int i = 0; i < kAlleys; ++i) {
      const math::Vec3 alley{100, 0, 4.1f + 4.2f * static_cast<float>(i)};
      EXPECT_EQ(finder.find_path({10, 0, 32}, alley, corners).outcome, PathOutcome::Complete) << i;
      EXPECT_EQ(finder.find_path(alley, {10, 0, 32}, corners).outcome, PathOutcome::Complete) << i;
      EXPECT_FALSE(finder.raycast({60, 0, alley.z}, alley)->blocked) << i;
    }
  }
}

TEST(NavigationMesh, RefusesWhatIsNotItsTileAndStaysAsItWas) {
  const NavigationSource& source = sample_town().source;
  NavigationMesh mesh(source.grid(), AgentSize::Small);
  const auto bytes = *build_tile(source, AgentSize::Small, {1, 1});
  ASSERT_TRUE(mesh.set_tile({1, 1}, bytes));
  const std::uint32_t polygons = mesh.polygons();
  const auto wrong_place = mesh.set_tile({1, 2}, bytes);
  ASSERT_FALSE(wrong_place);
  EXPECT_EQ(wrong_place.error().kind, ErrorKind::Corrupt);
  EXPECT_NE(wrong_place.error().message.find("tile 1,2"), std::string::npos);
  const auto outside = mesh.set_tile({4, 0}, bytes);
  ASSERT_FALSE(outside);
  EXPECT_NE(outside.error().message.find("at most 3,3"), std::string::npos);
  EXPECT_FALSE(mesh.set_tile({1, 1}, std::span(bytes).first(100)));
  EXPECT_EQ(mesh.polygons(), polygons);
}

TEST(NavigationMesh, IsEmptyAgainWhenAllTilesAreRemoved) {
  const NavigationSource& source = sample_town().source;
  NavigationMesh mesh = testing::build_mesh(source, AgentSize::Medium);
  EXPECT_GT(mesh.polygons(), 0u);
  const std::uint64_t changes = mesh.changes();
  for (std::uint32_t i = 0; i < source.grid().count(); ++i) {
    mesh.remove_tile(source.grid().at_index(i));
  }
  mesh.remove_tile({0, 0});
  mesh.remove_tile({-1, 9});
  EXPECT_EQ(mesh.polygons(), 0u);
  EXPECT_EQ(mesh.memory_bytes(), 0u);
  EXPECT_GT(mesh.changes(), changes);
  EXPECT_FALSE(PathFinder(mesh).nearest_point({128, 20, 128}, 50));
}

TEST(TileGrid, FindsTheTileOfEveryPlace) {
  const TileGrid grid = tile_grid({{-100, 10}, {100, 75}});
  EXPECT_EQ(grid.columns, 4);
  EXPECT_EQ(grid.rows, 2);
  EXPECT_EQ(grid.at({-100, 10}), (TilePlace{0, 0}));
  EXPECT_EQ(grid.at({-35, 74}), (TilePlace{1, 1}));
  EXPECT_EQ(grid.at({1.0e9f, -1.0e9f}), (TilePlace{3, 0}));
  EXPECT_EQ(grid.at({std::nanf(""), std::nanf("")}), (TilePlace{0, 0}));
  for (std::uint32_t i = 0; i < grid.count(); ++i) EXPECT_EQ(grid.index(grid.at_index(i)), i);
}

TEST(NavigationMesh, ShowsThePolygonsOfEachTile) {
  const NavigationMesh& mesh = sample_town().mesh;
  PathFinder finder(mesh);
  std::uint32_t seen = 0;
  for (std::uint32_t i = 0; i < mesh.grid().count(); ++i) {
    const TilePlace tile = mesh.grid().at_index(i);
    Rectangle bounds = mesh.grid().bounds(tile);
    bounds.low = bounds.low - math::Vec2{0.1f, 0.1f};
    bounds.high = bounds.high + math::Vec2{0.1f, 0.1f};
    each_polygon(mesh, tile, [&](std::span<const math::Vec3> corners) {
      ++seen;
      ASSERT_GE(corners.size(), 3u);
      math::Vec3 middle;
      for (const math::Vec3 corner : corners) {
        EXPECT_TRUE(bounds.holds(flat(corner))) << corner.x << "," << corner.z;
        middle = middle + corner * (1 / static_cast<float>(corners.size()));
      }
      const auto nearest = finder.nearest_point(middle, 2);
      ASSERT_TRUE(nearest);
      EXPECT_LT(math::length(flat(*nearest) - flat(middle)), 0.01f)
          << "convex: its middle is in it";
    });
  }
  EXPECT_EQ(seen, mesh.polygons());
  each_polygon(mesh, {-1, 0}, [](std::span<const math::Vec3>) { FAIL() << "outside the grid"; });
}

}  // namespace
}  // namespace tessera::nav
