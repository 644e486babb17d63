// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/nav/mesh/path_finder.h"

#include <limits>

#include "engine/core/random.h"
#include "engine/nav/testing/sample_world.h"

namespace tessera::nav {
namespace {

using testing::sample_town;

/// A floor of `size_m` with random boxes; and the same by brute force, as a raster of 0.1 m.
class BoxWorld {
 public:
  static constexpr float kSize_m = 48;

  explicit BoxWorld(std::uint64_t seed) : random_(seed) {
    triangles_ = {{{0, 0, 0}, {0, 0, kSize_m}, {kSize_m, 0, kSize_m}},
                  {{0, 0, 0}, {kSize_m, 0, kSize_m}, {kSize_m, 0, 0}}};
    for (int i = 0; i < 45; ++i) {
      const math::Vec2 low{random_.between(-2, 46), random_.between(-2, 46)};
      const math::Vec2 high = low + math::Vec2{random_.between(1, 12), random_.between(1, 12)};
      boxes_.push_back({low, high});
      testing::add_box(triangles_, {low.x, -1, low.z}, {high.x, 3, high.z});
    }
  }

  NavigationMesh mesh() const {
    NavigationGeometry geometry;
    geometry.bounds = {{0, 0}, {kSize_m, kSize_m}};
    geometry.triangles = triangles_;
    return testing::build_mesh(NavigationSource(geometry), AgentSize::Small);
  }
  /// At least so far from all walls and from the edge.
  bool clear(math::Vec2 place, float by) const {
    const float edge = std::min({place.x, place.z, kSize_m - place.x, kSize_m - place.z});
    return edge > by && std::ranges::none_of(boxes_, [&](const Rectangle& box) {
             const float x = std::max({box.low.x - place.x, place.x - box.high.x, 0.0f});
             const float z = std::max({box.low.z - place.z, place.z - box.high.z, 0.0f});
             return x * x + z * z < by * by;
           });
  }
  math::Vec2 random_clear_place(float by) {
    for (;;) {
      const math::Vec2 place{random_.between(0, kSize_m), random_.between(0, kSize_m)};
      if (clear(place, by)) return place;
    }
  }
  /// Numbers of what hangs together, for bodies of that radius; 0 where none can be.
  std::vector<int> parts(float radius) const {
    std::vector<int> part(kCells * kCells, 0);
    int last = 0;
    std::vector<std::size_t> open;
    for (std::size_t first = 0; first < part.size(); ++first) {
      if (part[first] != 0 || !clear(middle(first), radius)) continue;
      ++last;
      part[first] = last;
      open.push_back(first);
      while (!open.empty()) {
        const std::size_t cell = open.back();
        open.pop_back();
        const std::size_t x = cell % kCells;
        const std::size_t z = cell / kCells;
        const auto go = [&](bool inside, std::size_t to) {
          if (!inside || part[to] != 0 || !clear(middle(to), radius)) return;
          part[to] = last;
          open.push_back(to);
        };
        go(x > 0, cell - 1);
        go(x + 1 < kCells, cell + 1);
        go(z > 0, cell - kCells);
        go(z + 1 < kCells, cell + kCells);
      }
    }
    return part;
  }
  static std::size_t cell(math::Vec2 place) {
    return static_cast<std::size_t>(place.z / kCell_m) * kCells +
           static_cast<std::size_t>(place.x / kCell_m);
  }

 private:
  static constexpr float kCell_m = 0.1f;
  static constexpr std::size_t kCells = 480;
  static math::Vec2 middle(std::size_t cell) {
    return {(static_cast<float>(cell % kCells) + 0.5f) * kCell_m,
            (static_cast<float>(cell / kCells) + 0.5f) * kCell_m};
  }

  RandomStream random_;
  std::vector<physics::Triangle> triangles_;
  std::vector<Rectangle> boxes_;
};

TEST(FindPath, ExistsIfAndOnlyIfABruteForceSearchSaysSo) {
  int open = 0;
  int closed = 0;
  for (std::uint64_t seed = 100; seed < 108; ++seed) {
    BoxWorld world(seed);
    const NavigationMesh mesh = world.mesh();
    PathFinder finder(mesh);
    // The radius is 0.4 m; cells and outlines may take away 0.45 m more, and give 0.25 m.
    const std::vector<int> wide = world.parts(0.85f);
    const std::vector<int> narrow = world.parts(0.15f);
    std::array<math::Vec3, 64> corners;
    for (int i = 0; i < 60; ++i) {
      const math::Vec2 a = world.random_clear_place(1);
      const math::Vec2 b = world.random_clear_place(1);
      const Path path = finder.find_path({a.x, 0, a.z}, {b.x, 0, b.z}, corners);
      const bool complete = path.outcome == PathOutcome::Complete;
      const int from = wide[BoxWorld::cell(a)];
      if (from != 0 && from == wide[BoxWorld::cell(b)]) {
        EXPECT_TRUE(complete) << "seed " << seed << " pair " << i;
        ++open;
      } else if (narrow[BoxWorld::cell(a)] != narrow[BoxWorld::cell(b)]) {
        EXPECT_FALSE(complete) << "seed " << seed << " pair " << i;
        ++closed;
      }
    }
  }
  EXPECT_GT(open, 100);
  EXPECT_GT(closed, 20);
}

/// Whether all of a straight line is on the mesh, within rounding.
bool walkable(const PathFinder& finder, math::Vec3 from, math::Vec3 to) {
  const int steps = static_cast<int>(length(flat(to) - flat(from)) / 0.2f) + 1;
  for (int i = 0; i <= steps; ++i) {
    math::Vec3 place = from + (to - from) * (static_cast<float>(i) / static_cast<float>(steps));
    // The line from corner to corner passes over hollows; the mesh is under it somewhere.
    const auto nearest = finder.nearest_point(place, 12);
    if (!nearest || length(flat(*nearest) - flat(place)) > 0.05f) return false;
  }
  return true;
}

TEST(FindPath, HasCornersOnTheMeshThatSeeEachOther) {
  constexpr std::uint64_t kSeed = 17;
  RandomStream random(kSeed);
  PathFinder finder(sample_town().mesh);
  std::array<math::Vec3, 64> corners;
  int looked_at = 0;
  for (int i = 0; i < 300; ++i) {
    const math::Vec3 from = sample_town().random_place(random);
    const math::Vec3 to = sample_town().random_place(random);
    const Path path = finder.find_path(from, to, corners);
    for (std::uint32_t c = 0; c < path.corners; ++c) {
      const auto nearest = finder.nearest_point(corners[c], 1);
      ASSERT_TRUE(nearest) << "seed " << kSeed << " path " << i;
      EXPECT_LT(distance(*nearest, corners[c]), 0.6f) << "seed " << kSeed << " path " << i;
      if (c == 0) continue;
      ++looked_at;
      EXPECT_TRUE(walkable(finder, corners[c - 1], corners[c]))
          << "seed " << kSeed << " path " << i << " corner " << c;
    }
  }
  EXPECT_GT(looked_at, 500);
}

TEST(FindPath, EndsAsNearAsItCanWhenTheGoalIsOutOfReach) {
  BoxWorld world(103);
  const NavigationMesh mesh = world.mesh();
  PathFinder finder(mesh);
  std::array<math::Vec3, 64> corners;
  int partial = 0;
  for (int i = 0; i < 200; ++i) {
    const math::Vec2 a = world.random_clear_place(1);
    const math::Vec2 b = world.random_clear_place(1);
    const Path path = finder.find_path({a.x, 0, a.z}, {b.x, 0, b.z}, corners);
    if (path.outcome != PathOutcome::Partial) continue;
    ++partial;
    ASSERT_GE(path.corners, 1u);
    EXPECT_LE(length(flat(corners[path.corners - 1]) - b), length(a - b) + 0.1f);
  }
  EXPECT_GT(partial, 0);
}

TEST(FindPath, SaysWhichEndIsOffTheMesh) {
  PathFinder finder(sample_town().mesh);
  std::array<math::Vec3, 8> corners;
  const math::Vec3 here = sample_town().on_ground(10, 128);
  const math::Vec3 sky{10, 500, 128};
  EXPECT_EQ(finder.find_path(sky, here, corners).outcome, PathOutcome::NoStart);
  EXPECT_EQ(finder.find_path(here, sky, corners).outcome, PathOutcome::NoGoal);
}

TEST(FindPath, SurvivesAnyFloats) {
  PathFinder finder(sample_town().mesh);
  std::array<math::Vec3, 8> corners;
  const math::Vec3 here = sample_town().on_ground(10, 128);
  for (const float odd :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
        -std::numeric_limits<float>::max(), 1.0e30f}) {
    for (const math::Vec3 place : {math::Vec3{odd, 0, 0}, {0, odd, 0}, {0, 0, odd}}) {
      EXPECT_EQ(finder.find_path(place, here, corners).outcome, PathOutcome::NoStart);
      EXPECT_EQ(finder.find_path(here, place, corners).outcome, PathOutcome::NoGoal);
      EXPECT_FALSE(finder.nearest_point(place, 5));
      EXPECT_FALSE(finder.raycast(place, here));
      (void)finder.raycast(here, place);
    }
  }
}

TEST(FindPath, TellsWhenThereAreMoreCornersThanRoom) {
  RandomStream random(4);
  PathFinder finder(sample_town().mesh);
  std::array<math::Vec3, 64> all;
  int longer = 0;
  for (int i = 0; i < 100; ++i) {
    const math::Vec3 from = sample_town().random_place(random);
    const math::Vec3 to = sample_town().random_place(random);
    const Path whole = finder.find_path(from, to, all);
    std::array<math::Vec3, 3> few;
    const Path cut = finder.find_path(from, to, few);
    EXPECT_EQ(cut.truncated, whole.corners > few.size());
    EXPECT_EQ(cut.corners, std::min<std::uint32_t>(whole.corners, few.size()));
    EXPECT_TRUE(std::equal(few.begin(), few.begin() + cut.corners, all.begin()));
    longer += cut.truncated ? 1 : 0;
  }
  EXPECT_GT(longer, 5);
}

TEST(FindPath, GivesUpAtItsLimitOfNodes) {
  PathFinder finder(sample_town().mesh, {.nodes_max = 8});
  std::array<math::Vec3, 64> corners;
  const auto from = finder.nearest_point(sample_town().on_ground(8, 8), 8);
  const auto to = finder.nearest_point(sample_town().on_ground(248, 248), 8);
  ASSERT_TRUE(from && to);
  const Path path = finder.find_path(*from, *to, corners);
  EXPECT_EQ(path.outcome, PathOutcome::Partial);
  EXPECT_LE(path.nodes, 8u);
}

TEST(Raycast, EndsWhereABruteForceWalkEnds) {
  BoxWorld world(101);
  const NavigationMesh mesh = world.mesh();
  const PathFinder finder(mesh);
  int blocked = 0;
  int open = 0;
  for (int i = 0; i < 300; ++i) {
    const math::Vec2 a = world.random_clear_place(1);
    const math::Vec2 b = world.random_clear_place(1);
    const auto ray = finder.raycast({a.x, 0, a.z}, {b.x, 0, b.z});
    ASSERT_TRUE(ray);
    float walked = 0;
    const float all = length(b - a);
    const auto at = [&](float metres) { return a + (b - a) * (metres / all); };
    while (walked < all && world.clear(at(walked), 0.1f)) walked += 0.02f;
    const float ray_walked = length(flat(ray->end) - a);
    if (!ray->blocked) {
      ++open;
      // Nothing in between, or it only grazes.
      for (float m = 0; m < all; m += 0.1f) EXPECT_TRUE(world.clear(at(m), 0.1f)) << i;
    } else {
      ++blocked;
      EXPECT_LT(ray_walked, walked + 0.05f) << i;
      EXPECT_FALSE(world.clear(at(ray_walked), 1.0f)) << i;
    }
  }
  EXPECT_GT(blocked, 50);
  EXPECT_GT(open, 5);
}

}  // namespace
}  // namespace tessera::nav
