// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/view.h"

#include <gtest/gtest.h>

#include "engine/ecs/registry.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::testing {
namespace {

std::vector<int> points_of(const auto& view) {
  std::vector<int> points;
  view.each([&](const Life& life) { points.push_back(life.points); });
  return points;
}

TEST(View, VisitsWhoHasAllComponents) {
  Registry registry;
  registry.create(Life{1});
  registry.create(Life{2}, Spot{});
  registry.create(Spot{});
  registry.create(Life{3}, Spot{}, Pace{});
  EXPECT_EQ(points_of(registry.view<const Life>()), (std::vector{1, 2, 3}));
  EXPECT_EQ(points_of(registry.view<const Life, With<Spot>>()), (std::vector{2, 3}));
  EXPECT_EQ(points_of(registry.view<const Life, Without<Pace>>()), (std::vector{1, 2}));
  EXPECT_EQ(registry.view<Spot>().size(), 3u);
  EXPECT_TRUE(registry.view<Asleep>().empty());
}

TEST(View, SeesTablesThatAppearLater) {
  Registry registry;
  EXPECT_EQ((registry.view<const Life>().size()), 0u);
  registry.create(Life{1}, Asleep{});
  EXPECT_EQ((registry.view<const Life>().size()), 1u);
}

TEST(View, WritesThroughAndNamesTheEntity) {
  Registry registry;
  const EntityId entity = registry.create(Spot{1, 1}, Pace{2, 3});
  registry.view<Spot, const Pace>().each([&](EntityId id, Spot& spot, const Pace& pace) {
    EXPECT_EQ(id, entity);
    spot.x += pace.x;
  });
  EXPECT_EQ(registry.get<Spot>(entity)->x, 3);
}

TEST(View, ReadsAConstRegistry) {
  Registry registry;
  registry.create(Life{4});
  const Registry& reader = registry;
  EXPECT_EQ(points_of(reader.view<const Life>()), std::vector{4});
}

TEST(View, PassesTagsAsEmptyObjects) {
  Registry registry;
  registry.create(Life{1});
  registry.create(Life{2}, Asleep{});
  int seen = 0;
  registry.view<const Life, const Asleep>().each(
      [&](const Life& life, const Asleep&) { seen += life.points; });
  EXPECT_EQ(seen, 2);
}

TEST(View, GivesChunksAsSpans) {
  Registry registry;
  constexpr std::size_t kCount = 5000;
  for (std::size_t i = 0; i < kCount; ++i) registry.create(Life{static_cast<int>(i)});
  std::size_t seen = 0;
  std::size_t chunks = 0;
  const auto view = registry.view<Life>();
  view.chunks([&](std::span<const EntityId> entities, std::span<Life> lives) {
    ASSERT_EQ(entities.size(), lives.size());
    for (std::size_t i = 0; i < lives.size(); ++i) {
      ASSERT_EQ(registry.get<Life>(entities[i]), &lives[i]);
      ASSERT_EQ(lives[i].points, static_cast<int>(seen++));
    }
    ++chunks;
  });
  EXPECT_EQ(seen, kCount);
  EXPECT_EQ(chunks, view.chunk_count());
  EXPECT_GT(chunks, 1u);
  std::size_t again = 0;
  for (std::size_t i = 0; i < chunks; ++i) view.each_in_chunk(i, [&](Life&) { ++again; });
  EXPECT_EQ(again, kCount);
  view.each_in_chunk(chunks, [&](Life&) { FAIL(); });
}

TEST(View, FindsOneEntity) {
  Registry registry;
  const EntityId awake = registry.create(Life{1}, Spot{5, 6});
  const EntityId asleep = registry.create(Life{2}, Spot{}, Asleep{});
  const auto view = registry.view<Life, const Spot, Without<Asleep>>();
  auto found = view.get(awake);
  ASSERT_TRUE(found.has_value());
  auto [life, spot] = *found;
  life.points = 7;
  EXPECT_EQ(spot.y, 6);
  EXPECT_EQ(registry.get<Life>(awake)->points, 7);
  EXPECT_FALSE(view.get(asleep).has_value());
  EXPECT_TRUE(view.contains(awake));
  EXPECT_FALSE(view.contains(asleep));
  registry.destroy(awake);
  EXPECT_FALSE(registry.view<Life>().get(awake).has_value());
  EXPECT_FALSE(registry.view<Life>().contains(awake));
}

std::size_t changed(Registry& registry, std::uint64_t since) {
  std::size_t rows = 0;
  std::as_const(registry).view<const Life, const Spot>().chunks_changed_since(
      since, [&](std::span<const EntityId> entities, auto, auto) { rows += entities.size(); });
  return rows;
}

TEST(View, TellsWhichChunksChanged) {
  Registry registry;
  std::vector<EntityId> entities;
  for (int i = 0; i < 3000; ++i) entities.push_back(registry.create(Life{i}, Spot{}));
  std::uint64_t seen = registry.version();
  EXPECT_EQ(changed(registry, 0), 3000u);
  EXPECT_EQ(changed(registry, seen), 0u);

  registry.advance_version();
  std::as_const(registry).get<Life>(entities[0]);
  registry.view<const Life>().each([](const Life&) {});
  EXPECT_EQ(changed(registry, seen), 0u);
  registry.get<Life>(entities[0])->points = 1;
  EXPECT_EQ(changed(registry, seen), 1024u);

  seen = registry.version();
  registry.advance_version();
  registry.view<Spot>().get(entities.back());
  EXPECT_EQ(changed(registry, seen), 3000u - 2048u);

  seen = registry.version();
  registry.advance_version();
  registry.view<Spot>().each([](Spot&) {});
  EXPECT_EQ(changed(registry, seen), 3000u);

  seen = registry.version();
  registry.advance_version();
  registry.destroy(entities[1100]);  // the last row moves into the second chunk
  EXPECT_EQ(changed(registry, seen), 2999u - 1024u);

  seen = registry.version();
  registry.advance_version();
  registry.add_component(entities[0], Pace{});
  EXPECT_EQ(changed(registry, seen), 1024u + (2998u - 2048u) + 1u);
}

}  // namespace
}  // namespace tessera::ecs::testing
