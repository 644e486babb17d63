// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "engine/core/random.h"
#include "gameplay/navigation/paths.h"
#include "gameplay/testing/navigable.h"
#include "gameplay/testing/test_world.h"

namespace tessera::navigation {
namespace {

/// Hills with houses, and a yard that four walls close, round (200, 200). Built once.
const ZoneDefinition& town() {
  static const ZoneDefinition zone = [] {
    ZoneDefinition made = test_zone();
    RandomStream random(5);
    std::vector<std::uint16_t> samples(33 * 33);
    for (auto& sample : samples) sample = static_cast<std::uint16_t>(random.below(200));
    made.terrain = physics::HeightField(
        {.columns = 33, .rows = 33, .spacing_m = 8, .low_m = 0, .high_m = 655.35f}, samples);
    for (int i = 0; i < 40; ++i) {
      made.boxes.push_back({{random.between(10, 170), 3, random.between(10, 246)},
                            {random.between(1, 5), 4, random.between(1, 5)},
                            random.between(-3, 3)});
    }
    for (const float side : {-6.0f, 6.0f}) {
      made.boxes.push_back({{200 + side, 3, 200}, {0.5f, 5, 7}, 0});
      made.boxes.push_back({{200, 3, 200 + side}, {7, 5, 0.5f}, 0});
    }
    made.creatures = {{.id = 1, .name = "Deer"}};
    add_navigation(made);
    return made;
  }();
  return zone;
}

math::Vec3 on_ground(const TestWorld& world, float x, float z) {
  return {x, world.collision.terrain().height_at({x, z}), z};
}

EntityId ask(TestWorld& world, math::Vec3 from, math::Vec3 to) {
  return world.registry.create(Position{from}, PathRequest{.to = to, .requested_at = world.now + 1},
                               Path{});
}

/// Somewhere from where one can walk to where no houses are.
math::Vec3 random_place(TestWorld& world, RandomStream& random) {
  const math::Vec3 open = on_ground(world, 230, 128);
  for (;;) {
    const float x = random.between(2, 254);
    const math::Vec3 place = on_ground(world, x, random.between(2, 254));
    const auto on_mesh = world.navigation.nearest_place(CreatureSize::Small, place);
    if (on_mesh && world.navigation.connected(CreatureSize::Small, *on_mesh, open)) {
      return *on_mesh;
    }
  }
}

std::vector<EntityId> ask_often(TestWorld& world, int count, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<EntityId> askers;
  for (int i = 0; i < count; ++i) {
    const math::Vec3 from = random_place(world, random);
    askers.push_back(ask(world, from, random_place(world, random)));
  }
  return askers;
}

bool waits(const TestWorld& world, EntityId asker) {
  return world.get<PathRequest>(asker).requested_at != 0;
}

TEST(FindPaths, AnswersWithCornersThatLeadRoundWhatIsInTheWay) {
  TestWorld world(town());
  const std::vector<EntityId> askers = ask_often(world, 60, 3);
  world.step(60);
  std::size_t bends = 0;
  for (const EntityId asker : askers) {
    SCOPED_TRACE(asker.value);
    const Path& path = world.get<Path>(asker);
    ASSERT_FALSE(waits(world, asker));
    ASSERT_TRUE(path.state == PathState::Complete || path.state == PathState::Partway);
    ASSERT_GE(path.count, 1u);
    ASSERT_LE(path.count, kCornersMax);
    bends += path.count - 1;
    physics::Body body{world.get<Position>(asker).metres, true};
    for (std::uint32_t i = 0; i < path.count; ++i) {
      for (int step = 0; step < 4000; ++step) {
        const math::Vec2 left = flat(path.corners[i]) - flat(body.position);
        if (length(left) < 0.1f) break;
        physics::walk(world.collision, {}, body, left * (0.1f / std::max(length(left), 0.1f)));
      }
      EXPECT_LT(length(flat(path.corners[i]) - flat(body.position)), 0.2f);
    }
    if (path.state != PathState::Complete) continue;
    EXPECT_LT(length(flat(body.position) - flat(world.get<PathRequest>(asker).to)), 1.0f);
  }
  EXPECT_GT(bends, 60u);
}

TEST(FindPaths, LeadsToAFarPlacePieceByPiece) {
  TestWorld world(town());
  const math::Vec3 goal = on_ground(world, 250, 246);
  const EntityId walker = ask(world, on_ground(world, 4, 6), goal);
  int pieces = 0;
  do {
    ASSERT_LT(++pieces, 20);
    world.step();
    const Path path = world.get<Path>(walker);
    ASSERT_TRUE(path.state == PathState::Complete || path.state == PathState::Partway);
    world.registry.get<Position>(walker)->metres = path.corners[path.count - 1];
    if (path.state == PathState::Partway) {
      world.registry.get<PathRequest>(walker)->requested_at = world.now + 1;
    }
  } while (world.get<Path>(walker).state == PathState::Partway);
  EXPECT_GT(pieces, 1);
  EXPECT_LT(length(flat(world.get<Position>(walker).metres) - flat(goal)), 1.0f);
}

TEST(FindPaths, SaysAtOnceThatThereIsNoWay) {
  TestWorld world(town());
  const EntityId inside = ask(world, on_ground(world, 200, 200), on_ground(world, 240, 240));
  const EntityId outside = ask(world, on_ground(world, 240, 240), on_ground(world, 200, 200));
  const EntityId nowhere = ask(world, on_ground(world, 240, 240), {2000, 0, 0});
  const EntityId within = ask(world, on_ground(world, 198, 199), on_ground(world, 202, 203));
  world.step();
  for (const EntityId asker : {inside, outside, nowhere}) {
    EXPECT_EQ(world.get<Path>(asker).state, PathState::NoWay);
    EXPECT_EQ(world.get<Path>(asker).count, 0u);
  }
  EXPECT_EQ(world.get<Path>(within).state, PathState::Complete);
  EXPECT_EQ(world.registry.singleton<PathDebt>().nodes, 0u);
}

TEST(FindPaths, GoesStraightWhereAZoneHasNoMesh) {
  TestWorld world;
  const math::Vec3 to{200, 0, 220};
  const EntityId walker = ask(world, {10, 0, 10}, to);
  world.step();
  EXPECT_EQ(world.get<Path>(walker).state, PathState::Complete);
  ASSERT_EQ(world.get<Path>(walker).count, 1u);
  EXPECT_EQ(world.get<Path>(walker).corners[0], to);
}

TEST(FindPaths, KeepsToItsBudgetAndAnswersTheOldestFirst) {
  TestWorld world(town());
  std::vector<EntityId> line = ask_often(world, 2000, 9);
  world.step();
  // Later ones wait behind, though their entities may be of any number.
  const std::vector<EntityId> later = ask_often(world, 200, 10);
  line.insert(line.end(), later.begin(), later.end());
  int ticks = 1;
  std::size_t answered_before = 0;
  std::uint64_t debt_most = 0;
  for (;; ++ticks) {
    const auto answered = static_cast<std::size_t>(
        std::ranges::count_if(line, [&](EntityId asker) { return !waits(world, asker); }));
    for (std::size_t i = 0; i < line.size(); ++i) {
      ASSERT_EQ(waits(world, line[i]), i >= answered) << "request " << i << " in tick " << ticks;
    }
    // Even the shortest search costs a node, and only a batch of eight may go beyond the budget.
    EXPECT_LE(answered - answered_before, kNodesPerTick + Navigation::kSearchers);
    const std::uint64_t debt = world.registry.singleton<PathDebt>().nodes;
    debt_most = std::max(debt_most, debt);
    if (answered == line.size()) break;
    answered_before = answered;
    ASSERT_LT(ticks, 600);
    world.step();
  }
  EXPECT_GT(ticks, 5) << "2,200 ways through a town are more than one tick's work";
  EXPECT_GT(debt_most, 0u);
  EXPECT_LT(debt_most, Navigation::kSearchers * 4096u);
  world.step(static_cast<int>(debt_most / kNodesPerTick) + 1);
  EXPECT_EQ(world.registry.singleton<PathDebt>().nodes, 0u) << "what was owed is paid";
}

TEST(FindPaths, ComesToTheSameAnswersWithAnyNumberOfWorkers) {
  std::map<unsigned, std::vector<std::uint64_t>> hashes;
  for (const unsigned workers : {0u, 1u, 7u}) {
    TestWorld world(town(), workers);
    ask_often(world, 600, 4);
    for (int tick = 0; tick < 20; ++tick) {
      world.step();
      hashes[workers].push_back(world.registry.hash());
    }
  }
  EXPECT_EQ(hashes[1], hashes[0]);
  EXPECT_EQ(hashes[7], hashes[0]);
}

TEST(FindPaths, GoesOnInMidQueueFromACheckpoint) {
  TestWorld first(town());
  ask_often(first, 2000, 12);
  first.step(2);
  std::vector<std::byte> checkpoint;
  first.registry.serialise(checkpoint);
  TestWorld second(town(), 2);
  ask_often(second, 5, 1);  // its own searches leave nothing behind
  second.step(3);
  ASSERT_TRUE(second.registry.deserialise(checkpoint));
  second.now = first.now;
  ASSERT_GT(second.registry.singleton<PathDebt>().nodes, 0u);
  for (int tick = 0; tick < 60; ++tick) {
    first.step();
    second.step();
    ASSERT_EQ(first.registry.hash(), second.registry.hash()) << "tick " << tick;
  }
}

TEST(Navigation, CountsTilesThatItCannotReadAndGoesOn) {
  ZoneDefinition zone = town();
  const std::vector<std::byte> broken(40, std::byte{7});
  zone.navigation.tiles[3].bytes = broken;
  zone.navigation.portals[0] = broken;  // made anew
  const Navigation navigation(zone);
  EXPECT_EQ(navigation.refused_tiles(), 1u);
  EXPECT_TRUE(navigation.has_mesh(CreatureSize::Small));
  EXPECT_FALSE(navigation.has_mesh(CreatureSize::Large));
  EXPECT_TRUE(navigation.connected(CreatureSize::Small, {240, 2, 128}, {240, 2, 130}));
}

}  // namespace
}  // namespace tessera::navigation
