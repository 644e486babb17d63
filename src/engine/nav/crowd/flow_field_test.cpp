// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/crowd/flow_field.h"

#include "engine/core/random.h"
#include "engine/nav/mesh/path_finder.h"
#include "engine/nav/testing/sample_world.h"

namespace tessera::nav {
namespace {

using testing::sample_town;

const FlowField& town_field() {
  static const FlowField field = [] {
    FlowField made;
    EXPECT_TRUE(made.build(sample_town().mesh, sample_town().on_ground(128, 128)));
    return made;
  }();
  return field;
}

TEST(FlowField, LeadsEverybodyToTheGoal) {
  constexpr std::uint64_t kSeed = 31;
  RandomStream random(kSeed);
  const PathFinder finder(sample_town().mesh);
  int arrived = 0;
  for (int i = 0; i < 200; ++i) {
    auto place = finder.nearest_point(sample_town().random_place(random), 1);
    if (!place || !town_field().sample(*place)) continue;
    // Walks as creatures do: where it would leave the mesh it slides to the nearest place on it.
    int steps = 0;
    for (; steps < 4000; ++steps) {
      const auto sample = town_field().sample(*place);
      if (sample && sample->distance_m < 1.5f) break;
      math::Vec3 next = *place;
      if (sample) next = next + math::Vec3{sample->direction.x, 0, sample->direction.z} * 0.25f;
      const auto on_mesh = finder.nearest_point(next, 2);
      ASSERT_TRUE(on_mesh);
      place = on_mesh;
    }
    EXPECT_LT(steps, 4000) << "seed " << kSeed << " walker " << i << " at " << place->x << ","
                           << place->z;
    ++arrived;
  }
  EXPECT_GT(arrived, 100);
}

TEST(FlowField, KnowsHowFarTheGoalIs) {
  RandomStream random(32);
  PathFinder finder(sample_town().mesh);
  std::array<math::Vec3, 128> corners;
  int looked_at = 0;
  for (int i = 0; i < 200; ++i) {
    const auto place = finder.nearest_point(sample_town().random_place(random), 1);
    if (!place) continue;
    const auto sample = town_field().sample(*place);
    const Path path = finder.find_path(*place, town_field().goal(), corners);
    if (!sample || path.outcome != PathOutcome::Complete) continue;
    float metres = 0;
    for (std::uint32_t c = 1; c < path.corners; ++c) {
      metres += length(flat(corners[c]) - flat(corners[c - 1]));
    }
    ++looked_at;
    EXPECT_GT(sample->distance_m, metres * 0.85f - 3) << i;
    EXPECT_LT(sample->distance_m, metres * 1.35f + 5) << i;
  }
  EXPECT_GT(looked_at, 80);
}

TEST(FlowField, HasAnAnswerForNobodyBeyondItsWindow) {
  FlowField field;
  ASSERT_TRUE(field.build(sample_town().mesh, sample_town().on_ground(128, 128), {.window_m = 40}));
  EXPECT_FALSE(field.sample(sample_town().on_ground(150, 128)));
  EXPECT_FALSE(field.sample({std::nanf(""), 0, 0}));
  EXPECT_FALSE(field.sample({1.0e30f, 0, 0}));
  EXPECT_FALSE(FlowField().sample({0, 0, 0}));
}

TEST(FlowField, IsRefusedWhereThereIsNoMesh) {
  FlowField field;
  EXPECT_TRUE(field.build(sample_town().mesh, sample_town().on_ground(128, 128)));
  for (const math::Vec3 goal :
       {math::Vec3{128, 300, 128}, {std::nanf(""), 0, 0}, {0, 0, 1.0e30f}}) {
    EXPECT_FALSE(field.build(sample_town().mesh, goal));
  }
  EXPECT_FALSE(field.sample(sample_town().on_ground(128, 128)));
}

TEST(FlowField, IsTheSameWhenBuiltAgainAndWithEveryCompiler) {
  FlowField field;
  ASSERT_TRUE(field.build(sample_town().mesh, sample_town().on_ground(30, 60), {.window_m = 60}));
  ASSERT_TRUE(field.build(sample_town().mesh, sample_town().on_ground(128, 128)));
  EXPECT_EQ(field.hash(), town_field().hash());
  EXPECT_EQ(field.hash(), 4754917113191869490u);
}

TEST(FlowField, KeepsFloorsApart) {
  // A bridge over a road; the goal is on the road under it.
  std::vector<physics::Triangle> triangles{{{0, 0, 0}, {0, 0, 60}, {60, 0, 60}},
                                           {{0, 0, 0}, {60, 0, 60}, {60, 0, 0}}};
  testing::add_box(triangles, {20, 5, 0}, {40, 5.5f, 60});
  NavigationGeometry geometry;
  geometry.bounds = {{0, 0}, {60, 60}};
  geometry.triangles = triangles;
  const NavigationMesh mesh = testing::build_mesh(NavigationSource(geometry), AgentSize::Small);
  FlowField field;
  ASSERT_TRUE(field.build(mesh, {30, 0, 30}));
  EXPECT_TRUE(field.sample({30, 0, 10}));
  EXPECT_FALSE(field.sample({30, 5.5f, 10})) << "nothing leads down from the bridge";
  ASSERT_TRUE(field.build(mesh, {30, 5.5f, 30}));
  EXPECT_TRUE(field.sample({30, 5.5f, 10}));
  EXPECT_FALSE(field.sample({30, 0, 10}));
}

}  // namespace
}  // namespace tessera::nav
