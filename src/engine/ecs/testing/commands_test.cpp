// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/commands.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

void apply(Registry& registry, std::initializer_list<Commands*> all) {
  std::vector<std::uint32_t> reserved;
  for (const Commands* commands : all) {
    reserved.insert(reserved.end(), commands->reserved().begin(), commands->reserved().end());
  }
  std::ranges::sort(reserved);
  registry.create_reserved(reserved);
  for (Commands* commands : all) commands->apply(registry);
}

TEST(Commands, ChangeNothingUntilTheyAreApplied) {
  Registry registry;
  const EntityId old = registry.create(Life{1});
  Commands commands;
  commands.prepare(registry.entities(), 0, 1);
  const EntityId spawned = commands.spawn(Life{2}, Asleep{}, Spot{3, 4});
  commands.destroy(old);
  EXPECT_FALSE(commands.empty());
  EXPECT_TRUE(registry.alive(old));
  EXPECT_FALSE(registry.alive(spawned));
  EXPECT_EQ(registry.size(), 1u);
  apply(registry, {&commands});
  EXPECT_TRUE(commands.empty());
  EXPECT_FALSE(registry.alive(old));
  EXPECT_EQ(registry.get<Life>(spawned)->points, 2);
  EXPECT_EQ(*registry.get<Spot>(spawned), (Spot{3, 4}));
  EXPECT_TRUE(registry.has<Asleep>(spawned));
}

TEST(Commands, AddAndRemoveAlsoForTheNewlySpawned) {
  Registry registry;
  Commands commands;
  commands.prepare(registry.entities(), 0, 1);
  const EntityId spawned = commands.spawn(Life{2}, Pace{});
  commands.add(spawned, Spot{1, 1});
  commands.add(spawned, Life{9});
  commands.add<Asleep>(spawned);
  commands.remove<Pace>(spawned);
  apply(registry, {&commands});
  EXPECT_EQ(*registry.get<Spot>(spawned), (Spot{1, 1}));
  EXPECT_EQ(registry.get<Life>(spawned)->points, 9);
  EXPECT_TRUE(registry.has<Asleep>(spawned));
  EXPECT_FALSE(registry.has<Pace>(spawned));
}

TEST(Commands, ForTheDeadDoNothing) {
  Registry registry;
  const EntityId entity = registry.create(Life{1});
  Commands first;
  Commands second;
  first.prepare(registry.entities(), 0, 2);
  second.prepare(registry.entities(), 1, 2);
  first.destroy(entity);
  second.add(entity, Spot{});
  second.remove<Life>(entity);
  second.destroy(entity);
  apply(registry, {&first, &second});
  EXPECT_EQ(registry.size(), 0u);
}

TEST(Commands, ReserveDifferentIdsForSystemsSideBySide) {
  Registry registry;
  for (int i = 0; i < 5; ++i) registry.destroy(registry.create(Life{}));
  std::vector<EntityId> ids;
  Commands first;
  Commands second;
  for (int round = 0; round < 3; ++round) {
    first.prepare(registry.entities(), 0, 2);
    second.prepare(registry.entities(), 1, 2);
    for (int i = 0; i < 7; ++i) ids.push_back(first.spawn(Life{1}));
    for (int i = 0; i < 2; ++i) ids.push_back(second.spawn(Life{2}));
    apply(registry, {&first, &second});
  }
  EXPECT_EQ(registry.size(), ids.size());
  for (const EntityId id : ids) EXPECT_TRUE(registry.alive(id));
  std::ranges::sort(ids);
  EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end());
}

TEST(Commands, OfPiecesAreJoinedInTheOrderOfPieces) {
  std::vector<EntityId> ids_by_run;
  for (const unsigned workers : {0u, 4u}) {
    Registry registry;
    registry.destroy(registry.create());
    jobs::Pool pool(workers);
    Commands commands;
    commands.prepare(registry.entities(), 0, 1);
    const std::array<detail::Staged*, 1> outputs{&commands};
    const detail::LaneRunner lanes(pool, outputs);
    commands.spawn(Life{-1});
    lanes.run(10, [&](std::size_t piece) {
      for (std::size_t i = 0; i <= piece % 3; ++i) commands.spawn(Life{static_cast<int>(piece)});
    });
    commands.spawn(Life{100});
    apply(registry, {&commands});
    std::vector<int> points;
    std::vector<EntityId> ids;
    registry.view<const Life>().each([&](EntityId id, const Life& life) {
      points.push_back(life.points);
      ids.push_back(id);
    });
    EXPECT_EQ(points,
              (std::vector{-1, 0, 1, 1, 2, 2, 2, 3, 4, 4, 5, 5, 5, 6, 7, 7, 8, 8, 8, 9, 100}));
    if (ids_by_run.empty()) ids_by_run = ids;
    EXPECT_EQ(ids, ids_by_run);
  }
}

}  // namespace
}  // namespace tessera::ecs::testing
