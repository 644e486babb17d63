// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/mesh/obstacles.h"

#include "engine/nav/build/tile_build.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/testing/sample_world.h"

namespace tessera::nav {
namespace {

using testing::sample_town;

/// Builds what was touched, and puts it into the mesh.
void rebuild(ObstacleSet& obstacles, NavigationMesh& mesh, unsigned workers) {
  jobs::Pool pool(workers);
  const auto built =
      build_tiles(pool, sample_town().source, mesh.agent(), obstacles.touched(), obstacles.all());
  ASSERT_TRUE(built);
  for (const BuiltTile& tile : *built) ASSERT_TRUE(mesh.set_tile(tile.tile, tile.bytes));
  obstacles.clear_touched();
}

bool crossable(const NavigationMesh& mesh) {
  const PathFinder finder(mesh);
  const auto ray =
      finder.raycast(sample_town().on_ground(100, 240.5f), sample_town().on_ground(120, 240.5f));
  return ray && !ray->blocked;
}

TEST(ObstacleSet, BlocksWhileItIsThereAndRestoresTheMeshAfterwards) {
  NavigationMesh mesh = testing::build_mesh(sample_town().source, AgentSize::Small);
  const std::uint32_t polygons = mesh.polygons();
  ASSERT_TRUE(crossable(mesh));
  ObstacleSet obstacles(mesh.grid());
  const ObstacleId id = obstacles.add({{110, 20, 240}, {1, 10, 4}, {1, 0}});
  EXPECT_GE(obstacles.touched().size(), 1u);
  EXPECT_LE(obstacles.touched().size(), 4u);
  rebuild(obstacles, mesh, 2);
  EXPECT_TRUE(obstacles.touched().empty());
  EXPECT_FALSE(crossable(mesh));
  EXPECT_TRUE(obstacles.remove(id));
  EXPECT_FALSE(obstacles.remove(id));
  rebuild(obstacles, mesh, 0);
  EXPECT_TRUE(crossable(mesh));
  EXPECT_EQ(mesh.polygons(), polygons);
  EXPECT_EQ(mesh.memory_bytes(), sample_town().mesh.memory_bytes());
}

TEST(ObstacleSet, NamesEachTouchedTileOnce) {
  ObstacleSet obstacles(sample_town().source.grid());
  obstacles.add({{64, 20, 64}, {5, 5, 5}, {1, 0}});
  obstacles.add({{64, 20, 70}, {5, 5, 5}, {1, 0}});
  const std::vector<TilePlace> expected{{0, 0}, {1, 0}, {0, 1}, {1, 1}};
  EXPECT_TRUE(std::ranges::equal(obstacles.touched(), expected));
}

TEST(ObstacleSet, TakesNoMoreThanItsLimit) {
  ObstacleSet obstacles(sample_town().source.grid());
  for (std::size_t i = 0; i < ObstacleSet::kObstaclesMax; ++i) {
    EXPECT_NE(obstacles.add({{1, 1, 1}, {1, 1, 1}, {1, 0}}), ObstacleId{});
  }
  EXPECT_EQ(obstacles.add({{1, 1, 1}, {1, 1, 1}, {1, 0}}), ObstacleId{});
}

TEST(BuildTiles, GivesTheSameBytesWithAnyNumberOfWorkers) {
  const NavigationSource& source = sample_town().source;
  const std::vector<TilePlace> tiles{{1, 1}, {0, 0}, {3, 3}, {2, 1}};
  for (const unsigned workers : {0u, 1u, 3u}) {
    jobs::Pool pool(workers);
    const auto built = build_tiles(pool, source, AgentSize::Medium, tiles);
    ASSERT_TRUE(built);
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      EXPECT_EQ((*built)[i].tile, tiles[i]);
      EXPECT_EQ((*built)[i].bytes, *build_tile(source, AgentSize::Medium, tiles[i]));
    }
  }
}

TEST(BuildTiles, TellsTheFirstFailure) {
  std::vector<physics::Triangle> triangles;
  testing::add_box(triangles, {10, 0, 10}, {20, 9000, 20});
  NavigationGeometry geometry;
  geometry.bounds = {{0, 0}, {128, 64}};
  geometry.triangles = triangles;
  jobs::Pool pool;
  const std::vector<TilePlace> tiles{{1, 0}, {0, 0}};
  const auto built = build_tiles(pool, NavigationSource(geometry), AgentSize::Small, tiles);
  ASSERT_FALSE(built);
  EXPECT_NE(built.error().message.find("tile 0,0"), std::string::npos);
}

}  // namespace
}  // namespace tessera::nav
