// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/ways/portal_graph.h"

#include "engine/core/hash.h"
#include "engine/core/random.h"
#include "engine/nav/testing/sample_world.h"

namespace tessera::nav {
namespace {

using testing::sample_town;

const PortalGraph& town_graph() {
  static const PortalGraph graph(sample_town().mesh);
  return graph;
}

/// A kilometre of terrain without a town: hills, lakes and islands.
struct Country {
  testing::SampleWorld world{{.seed = 3, .size_m = 1024, .town_m = 0, .water_share = 0.5f}};
  NavigationSource source{world.geometry()};
  NavigationMesh mesh = testing::build_mesh(source, AgentSize::Small);
  PortalGraph graph{mesh};

  math::Vec3 random_place(RandomStream& random) const {
    const math::Vec2 at{random.between(1, 1023), random.between(1, 1023)};
    return {at.x, world.ground().height_at(at), at.z};
  }
};
const Country& country() {
  static const Country country;
  return country;
}

TEST(PortalGraph, HasExitsInPairsAtTheBordersOfTiles) {
  const auto exits = country().graph.exits();
  ASSERT_GT(exits.size(), 400u);
  for (std::uint32_t i = 0; i < exits.size(); ++i) {
    const PortalExit& exit = exits[i];
    const PortalExit& other = exits[exit.other];
    EXPECT_EQ(other.other, i);
    EXPECT_EQ(other.point, exit.point);
    EXPECT_NE(other.tile, exit.tile);
    const Rectangle tile = country().mesh.grid().bounds(country().mesh.grid().at_index(exit.tile));
    const float from_border = std::min({exit.point.x - tile.low.x, tile.high.x - exit.point.x,
                                        exit.point.z - tile.low.z, tile.high.z - exit.point.z});
    EXPECT_NEAR(from_border, 0, 0.01f);
  }
}

TEST(PortalGraph, KnowsWhatItCostsFromExitToExit) {
  const PortalGraph& graph = country().graph;
  for (std::uint32_t i = 0; i < graph.exits().size(); ++i) {
    const PortalExit& a = graph.exits()[i];
    for (std::uint32_t j = graph.exits_begin(a.tile); j < graph.exits_end(a.tile); ++j) {
      const PortalExit& b = graph.exits()[j];
      EXPECT_EQ(graph.cost(i, j), graph.cost(j, i));
      if (a.region != b.region) {
        EXPECT_LT(graph.cost(i, j), 0);
      } else {
        EXPECT_GE(graph.cost(i, j), length(flat(a.point) - flat(b.point)) - 0.1f);
        EXPECT_LE(graph.cost(i, j), 500);
      }
    }
  }
}

TEST(PortalGraph, IsTheSameWhetherUpdatedOrMadeAnew) {
  const NavigationSource& source = sample_town().source;
  NavigationMesh mesh = testing::build_mesh(source, AgentSize::Small);
  PortalGraph graph(mesh);
  const auto before = graph.encode();
  EXPECT_EQ(before, town_graph().encode());
  // A wall across a tile, that cuts it and touches its neighbours.
  const Obstacle wall{{96, 20, 64}, {2, 20, 60}, {1, 0}};
  const std::vector<TilePlace> touched = tiles_touched(source.grid(), wall.bounds());
  for (const TilePlace tile : touched) {
    ASSERT_TRUE(mesh.set_tile(tile, *build_tile(source, AgentSize::Small, tile, {&wall, 1})));
  }
  graph.update(mesh, touched);
  EXPECT_NE(graph.encode(), before);
  EXPECT_EQ(graph.encode(), PortalGraph(mesh).encode());
  mesh.remove_tile({2, 2});
  const TilePlace removed{2, 2};
  graph.update(mesh, {&removed, 1});
  EXPECT_EQ(graph.encode(), PortalGraph(mesh).encode());
  for (std::uint32_t i = 0; i < source.grid().count(); ++i) {
    const TilePlace tile = source.grid().at_index(i);
    ASSERT_TRUE(mesh.set_tile(tile, *build_tile(source, AgentSize::Small, tile)));
  }
  std::vector<TilePlace> changed = touched;
  changed.push_back(removed);
  graph.update(mesh, changed);
  EXPECT_EQ(graph.encode(), before);
}

TEST(PortalGraph, IsReadBackAsItWasWritten) {
  const auto bytes = town_graph().encode();
  const auto graph = PortalGraph::decode(sample_town().mesh, bytes);
  ASSERT_TRUE(graph);
  EXPECT_EQ(graph->encode(), bytes);
  EXPECT_EQ(graph->memory_bytes(), town_graph().memory_bytes());
}

TEST(PortalGraph, RefusesDamagedBytesAndThoseOfAnotherMesh) {
  const auto bytes = town_graph().encode();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto damaged = bytes;
    damaged[i] ^= std::byte{1} << (i % 8);
    EXPECT_FALSE(PortalGraph::decode(sample_town().mesh, damaged)) << i;
    if (i % 97 == 0) {
      EXPECT_FALSE(PortalGraph::decode(sample_town().mesh, std::span(bytes).first(i)));
    }
  }
  EXPECT_FALSE(PortalGraph::decode(country().mesh, bytes));
  EXPECT_FALSE(
      PortalGraph::decode(NavigationMesh(sample_town().source.grid(), AgentSize::Small), bytes));
}

TEST(PortalGraph, IsTheSameWithEveryCompiler) {
  EXPECT_EQ(hash_bytes(country().graph.encode()), 12049994015572002609u);
}

TEST(FindLongPath, ExistsIfAndOnlyIfAPathExists) {
  constexpr std::uint64_t kSeed = 21;
  RandomStream random(kSeed);
  LongPathFinder finder(country().mesh, country().graph);
  PathFinder all(country().mesh, {.nodes_max = 60000});
  std::vector<math::Vec3> way(256);
  std::array<math::Vec3, 256> corners;
  int found = 0;
  int none = 0;
  double longer = 0;
  for (int i = 0; i < 400; ++i) {
    const math::Vec3 from = country().random_place(random);
    const math::Vec3 to = country().random_place(random);
    const LongPath path = finder.find_path(from, to, way, corners);
    std::array<math::Vec3, 256> best_corners;
    const Path best = all.find_path(from, to, best_corners);
    ASSERT_FALSE(best.truncated);
    EXPECT_EQ(path.outcome == PathOutcome::Complete, best.outcome == PathOutcome::Complete)
        << "seed " << kSeed << " pair " << i;
    EXPECT_EQ(finder.connected(from, to), path.outcome == PathOutcome::Complete);
    if (path.outcome != PathOutcome::Complete) {
      ++none;
      continue;
    }
    EXPECT_LT(length(flat(way[path.stops - 1]) - flat(to)), 2.1f);
    float metres = 0;
    for (std::uint32_t c = 1; c < best.corners; ++c) {
      metres += distance(best_corners[c - 1], best_corners[c]);
    }
    if (metres < 300) continue;
    ++found;
    longer += static_cast<double>(path.length_m / metres);
    EXPECT_LT(path.length_m, metres * 1.35f) << "seed " << kSeed << " pair " << i;
  }
  EXPECT_GT(found, 100);
  EXPECT_GT(none, 5);
  EXPECT_LT(longer / found, 1.1);
}

TEST(FindLongPath, LeadsToTheGoalWhenWalkedStopByStop) {
  RandomStream random(5);
  LongPathFinder finder(country().mesh, country().graph);
  PathFinder near(country().mesh);
  std::vector<math::Vec3> way(256);
  std::array<math::Vec3, 256> corners;
  int walked = 0;
  for (int i = 0; i < 150; ++i) {
    const math::Vec3 from = country().random_place(random);
    const math::Vec3 to = country().random_place(random);
    const LongPath path = finder.find_path(from, to, way, corners);
    if (path.outcome != PathOutcome::Complete || path.stops < 4) continue;
    ++walked;
    math::Vec3 here = corners[path.corners - 1];
    EXPECT_LT(distance(here, way[1]), 0.6f);
    for (std::uint32_t stop = 3; stop < path.stops + 1; stop += 2) {
      const math::Vec3 next = way[std::min(stop, path.stops - 1)];
      const Path stretch = near.find_path(here, next, corners);
      ASSERT_EQ(stretch.outcome, PathOutcome::Complete);
      here = corners[stretch.corners - 1];
    }
    EXPECT_LT(length(flat(here) - flat(to)), 2.1f);
  }
  EXPECT_GT(walked, 20);
}

TEST(FindLongPath, TellsWhenTheWayHasMoreStopsThanRoom) {
  LongPathFinder finder(country().mesh, country().graph);
  RandomStream random(6);
  std::array<math::Vec3, 64> corners;
  std::vector<math::Vec3> way(256);
  for (int i = 0; i < 20; ++i) {
    const math::Vec3 from = country().random_place(random);
    const math::Vec3 to = country().random_place(random);
    const LongPath whole = finder.find_path(from, to, way, corners);
    std::array<math::Vec3, 3> few;
    const LongPath cut = finder.find_path(from, to, few, corners);
    EXPECT_EQ(cut.truncated, whole.stops > few.size());
    EXPECT_TRUE(std::equal(few.begin(), few.begin() + cut.stops, way.begin()));
  }
}

TEST(FindLongPath, SaysWhichEndIsOffTheMesh) {
  LongPathFinder finder(country().mesh, country().graph);
  std::array<math::Vec3, 8> way;
  std::array<math::Vec3, 8> corners;
  const math::Vec3 here = country().graph.exits()[0].point;
  EXPECT_EQ(finder.find_path({10, 900, 10}, here, way, corners).outcome, PathOutcome::NoStart);
  EXPECT_EQ(finder.find_path(here, {10, std::nanf(""), 10}, way, corners).outcome,
            PathOutcome::NoGoal);
}

}  // namespace
}  // namespace tessera::nav
