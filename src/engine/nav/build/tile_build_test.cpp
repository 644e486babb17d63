// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/build/tile_build.h"

#include "engine/core/hash.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/testing/sample_world.h"

namespace tessera::nav {
namespace {

using testing::sample_town;

/// A floor of 60 x 60 m, with its corner at the world's, and what one puts on it.
struct Room {
  std::vector<physics::Triangle> triangles{{{0, 0, 0}, {0, 0, 60}, {60, 0, 60}},
                                           {{0, 0, 0}, {60, 0, 60}, {60, 0, 0}}};
  std::vector<std::uint8_t> flags{0, 0};

  void add(math::Vec3 low, math::Vec3 high, std::uint8_t flag = 0) {
    testing::add_box(triangles, low, high);
    flags.resize(triangles.size(), flag);
  }
  NavigationGeometry geometry() const {
    NavigationGeometry geometry;
    geometry.bounds = {{0, 0}, {60, 60}};
    geometry.triangles = triangles;
    geometry.flags = flags;
    return geometry;
  }
  NavigationMesh mesh(AgentSize agent, std::span<const Obstacle> obstacles = {}) const {
    const NavigationSource source(geometry());
    NavigationMesh mesh(source.grid(), agent);
    const auto bytes = build_tile(source, agent, {0, 0}, obstacles);
    EXPECT_TRUE(bytes && mesh.set_tile({0, 0}, *bytes));
    return mesh;
  }
};

bool walkable(const NavigationMesh& mesh, math::Vec3 place) {
  const auto nearest = PathFinder(mesh).nearest_point(place, 0.6f);
  return nearest && length(flat(*nearest) - flat(place)) < 0.01f;
}

bool connected(const NavigationMesh& mesh, math::Vec3 from, math::Vec3 to) {
  std::array<math::Vec3, 64> corners;
  return PathFinder(mesh).find_path(from, to, corners).outcome == PathOutcome::Complete;
}

TEST(BuildTile, GivesTheSameBytesForTheSameInput) {
  const NavigationSource again(sample_town().world.geometry());
  for (std::uint32_t i = 0; i < again.grid().count(); i += 5) {
    const TilePlace tile = again.grid().at_index(i);
    EXPECT_EQ(*build_tile(again, AgentSize::Small, tile),
              *build_tile(sample_town().source, AgentSize::Small, tile));
    EXPECT_EQ(input_hash(again, AgentSize::Small, tile),
              input_hash(sample_town().source, AgentSize::Small, tile));
  }
}

TEST(BuildTile, GivesTheSameBytesWithEveryCompiler) {
  StateHash hash;
  for (const AgentSize agent : kAgentSizes) {
    for (const TilePlace tile : {TilePlace{0, 0}, {1, 1}, {3, 2}}) {
      hash.add(*build_tile(sample_town().source, agent, tile));
    }
  }
  EXPECT_EQ(hash.value(), 1792879692971800399u)
      << "a change of the format is a change of kTileFormat";
}

TEST(BuildTile, TellsInItsHashWhatItLooksAt) {
  Room room;
  room.add({10, 0, 10}, {12, 2, 12});
  const auto hash = [&] {
    return input_hash(NavigationSource(room.geometry()), AgentSize::Small, {0, 0});
  };
  const std::uint64_t before = hash();
  EXPECT_NE(before, input_hash(NavigationSource(room.geometry()), AgentSize::Large, {0, 0}));
  room.flags[2] = kNotWalkable;
  EXPECT_NE(hash(), before);
  room.flags[2] = 0;
  EXPECT_EQ(hash(), before);
  room.triangles[5].a.y += 0.5f;
  EXPECT_NE(hash(), before);
}

TEST(BuildTile, DoesNotLookAtFarGeometry) {
  const NavigationGeometry geometry = sample_town().world.geometry();
  std::vector<physics::Triangle> more(geometry.triangles.begin(), geometry.triangles.end());
  testing::add_box(more, {200, 0, 200}, {202, 60, 202});
  NavigationGeometry changed = geometry;
  changed.triangles = more;
  const NavigationSource source(changed);
  EXPECT_EQ(input_hash(source, AgentSize::Small, {0, 0}),
            input_hash(sample_town().source, AgentSize::Small, {0, 0}));
  EXPECT_NE(input_hash(source, AgentSize::Small, {3, 3}),
            input_hash(sample_town().source, AgentSize::Small, {3, 3}));
}

TEST(BuildTile, KeepsAgentsTheirRadiusAwayFromWalls) {
  Room room;
  room.add({29, 0, 0}, {31, 3, 60});
  const NavigationMesh mesh = room.mesh(AgentSize::Small);
  EXPECT_TRUE(walkable(mesh, {28, 0, 30}));
  EXPECT_FALSE(walkable(mesh, {28.8f, 0, 30}));
  EXPECT_FALSE(connected(mesh, {10, 0, 30}, {50, 0, 30}));
  EXPECT_FALSE(walkable(room.mesh(AgentSize::Large), {27.8f, 0, 30}));
}

TEST(BuildTile, LetsOnlyThoseThroughADoorWhoFit) {
  Room room;
  room.add({29, 0, 0}, {31, 5, 29.2f});
  room.add({29, 0, 30.8f}, {31, 5, 60});
  const auto open = [&](AgentSize agent) {
    return connected(room.mesh(agent), {10, 0, 30}, {50, 0, 30});
  };
  EXPECT_TRUE(open(AgentSize::Small));
  EXPECT_FALSE(open(AgentSize::Medium));
  EXPECT_FALSE(open(AgentSize::Large));
}

TEST(BuildTile, LetsNobodyWalkUnderALowCeiling) {
  Room room;
  room.add({20, 2, 0}, {40, 2.4f, 60});
  EXPECT_TRUE(connected(room.mesh(AgentSize::Small), {10, 0, 30}, {50, 0, 30}));
  EXPECT_FALSE(connected(room.mesh(AgentSize::Medium), {10, 0, 30}, {50, 0, 30}));
}

TEST(BuildTile, WalksUpAStepButNotUpALedge) {
  Room low;
  low.add({20, -1, 0}, {40, 0.35f, 60});
  EXPECT_TRUE(connected(low.mesh(AgentSize::Small), {10, 0, 30}, {30, 0.35f, 30}));
  Room high;
  high.add({20, -1, 0}, {40, 0.75f, 60});
  EXPECT_FALSE(connected(high.mesh(AgentSize::Small), {10, 0, 30}, {30, 0.75f, 30}));
}

TEST(BuildTile, DoesNotWalkOnWhatIsFlagged) {
  Room room;
  room.add({20, -1, 0}, {40, 0.35f, 60}, kNotWalkable);
  EXPECT_FALSE(walkable(room.mesh(AgentSize::Small), {30, 0.35f, 30}));
}

TEST(BuildTile, WalksUpSlopesOfFortyDegreesAndNotOfFifty) {
  for (const AgentSize agent : kAgentSizes) {
    for (const bool steep : {false, true}) {
      const float height = steep ? 23.8f : 16.7f;  // over 20 m
      Room room;
      room.triangles = {{{0, 0, 0}, {0, 0, 60}, {20, 0, 60}},
                        {{0, 0, 0}, {20, 0, 60}, {20, 0, 0}},
                        {{20, 0, 0}, {20, 0, 60}, {40, height, 60}},
                        {{20, 0, 0}, {40, height, 60}, {40, height, 0}},
                        {{40, height, 0}, {40, height, 60}, {60, height, 60}},
                        {{40, height, 0}, {60, height, 60}, {60, height, 0}}};
      room.flags.clear();
      EXPECT_EQ(connected(room.mesh(agent), {10, 0, 30}, {50, height, 30}), !steep)
          << name_of(agent);
    }
  }
}

TEST(BuildTile, KeepsOutOfDeepWaterAndOffSteepGround) {
  std::vector<std::uint16_t> samples(std::size_t{33} * 33);
  for (std::uint32_t i = 0; i < samples.size(); ++i) {
    const std::uint32_t column = i % 33;  // a plain, a slope of 3 in 8 into a basin, a cliff
    const float height = column < 8    ? 20.0f
                         : column < 14 ? 20.0f - static_cast<float>(column - 8) * 3
                         : column < 20 ? 2.0f
                                       : 40.0f;
    samples[i] = static_cast<std::uint16_t>(height / 40 * 65535);
  }
  const physics::HeightField ground({33, 33, 8, {0, 0}, 0, 40}, samples);
  NavigationGeometry geometry;
  geometry.bounds = {{0, 0}, {256, 256}};
  geometry.ground = &ground;
  const NavigationSource dry(geometry);
  geometry.has_water = true;
  geometry.water_level_m = 10;
  const NavigationSource wet(geometry);
  const NavigationMesh dry_mesh = testing::build_mesh(dry, AgentSize::Small);
  const NavigationMesh wet_mesh = testing::build_mesh(wet, AgentSize::Small);
  EXPECT_TRUE(connected(dry_mesh, {10, 20, 100}, {136, 2, 100}));
  EXPECT_FALSE(connected(dry_mesh, {136, 2, 100}, {200, 40, 100}));
  EXPECT_FALSE(walkable(wet_mesh, {136, 2, 100}));
  EXPECT_TRUE(walkable(wet_mesh, {10, 20, 100}));
  EXPECT_TRUE(connected(wet_mesh, {10, 20, 10}, {80, 14, 250}));
}

TEST(BuildTile, GoesRoundObstaclesAndForgetsThem) {
  Room room;
  room.add({29, 0, 0}, {31, 5, 29});
  room.add({29, 0, 31}, {31, 5, 60});
  const NavigationSource source(room.geometry());
  const auto before = *build_tile(source, AgentSize::Small, {0, 0});
  const Obstacle door{{30, 1, 30}, {0.1f, 1, 1}, {1, 0}};
  const auto closed = *build_tile(source, AgentSize::Small, {0, 0}, {&door, 1});
  EXPECT_NE(closed, before);
  EXPECT_NE(input_hash(source, AgentSize::Small, {0, 0}, {&door, 1}),
            input_hash(source, AgentSize::Small, {0, 0}));
  EXPECT_EQ(*build_tile(source, AgentSize::Small, {0, 0}), before);
  EXPECT_TRUE(connected(room.mesh(AgentSize::Small), {10, 0, 30}, {50, 0, 30}));
  EXPECT_FALSE(connected(room.mesh(AgentSize::Small, {&door, 1}), {10, 0, 30}, {50, 0, 30}));
}

TEST(BuildTile, GivesDoorsPolygonsThatOpenAndClose) {
  Room room;
  room.add({29, 0, 0}, {31, 5, 29});
  room.add({29, 0, 31}, {31, 5, 60});
  const std::array doors{Obstacle{{30, 1, 30}, {0.1f, 1, 1}, {1, 0}},
                         Obstacle{{10, 1, 5}, {0.1f, 1, 1}, {1, 0}}};
  NavigationGeometry geometry = room.geometry();
  geometry.doors = doors;
  const NavigationSource source(geometry);
  NavigationMesh mesh(source.grid(), AgentSize::Small);
  const auto bytes = *build_tile(source, AgentSize::Small, {0, 0});
  ASSERT_TRUE(mesh.set_tile({0, 0}, bytes));
  const auto open = [&] { return connected(mesh, {10, 0, 30}, {50, 0, 30}); };
  EXPECT_TRUE(open());
  mesh.set_door(doors[1], true);
  EXPECT_TRUE(open()) << "another door";
  mesh.set_door(doors[0], true);
  EXPECT_FALSE(open());
  EXPECT_FALSE(walkable(mesh, {30, 0, 30}));
  ASSERT_TRUE(mesh.set_tile({0, 0}, bytes));
  EXPECT_FALSE(open()) << "a new tile knows of closed doors";
  mesh.set_door(doors[0], false);
  EXPECT_TRUE(open());
  EXPECT_NE(input_hash(source, AgentSize::Small, {0, 0}),
            input_hash(NavigationSource(room.geometry()), AgentSize::Small, {0, 0}));
}

TEST(BuildTile, GivesFewBytesWhereNothingIsWalkable) {
  Room room;
  room.triangles = {{{0, 0, 0}, {0, 50, 60}, {1, 60, 60}}};
  room.flags.clear();
  const NavigationSource source(room.geometry());
  const auto bytes = build_tile(source, AgentSize::Small, {0, 0});
  ASSERT_TRUE(bytes);
  EXPECT_LE(bytes->size(), 64u);
}

TEST(BuildTile, SaysWhenATileIsTooHigh) {
  Room room;
  room.add({10, 0, 10}, {12, 5000, 12});
  const auto bytes = build_tile(NavigationSource(room.geometry()), AgentSize::Small, {0, 0});
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().kind, ErrorKind::InvalidArgument);
  EXPECT_NE(bytes.error().message.find("tile 0,0 for small agents"), std::string::npos)
      << bytes.error().message;
}

TEST(TilesTouched, AreThoseWhoseBytesAnObstacleChanges) {
  const Obstacle rock{{100, 20, 63}, {2, 40, 2}, {0.6f, 0.8f}};
  const NavigationSource& source = sample_town().source;
  const std::vector<TilePlace> touched = tiles_touched(source.grid(), rock.bounds());
  for (std::uint32_t i = 0; i < source.grid().count(); ++i) {
    const TilePlace tile = source.grid().at_index(i);
    const bool changed = *build_tile(source, AgentSize::Small, tile, {&rock, 1}) !=
                         *build_tile(source, AgentSize::Small, tile);
    EXPECT_TRUE(!changed || std::ranges::find(touched, tile) != touched.end());
  }
  EXPECT_LE(touched.size(), 4u);
}

}  // namespace
}  // namespace tessera::nav
