// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/storage/entity_index.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/random.h"

namespace tessera::ecs::storage {
namespace {

EntityId create_placed(EntityIndex& index) {
  const EntityId id = index.create();
  index.place(id, 1, 2);
  return id;
}

TEST(EntityIndex, ReusesTheLastFreedIndexFirstWithANewGeneration) {
  EntityIndex index(9);
  const EntityId a = create_placed(index);
  const EntityId b = create_placed(index);
  EXPECT_TRUE(a);
  EXPECT_EQ(a.zone(), 9);
  EXPECT_EQ(a.generation(), 1u);
  index.destroy(a);
  index.destroy(b);
  const EntityId c = create_placed(index);
  EXPECT_EQ(c.index(), b.index());
  EXPECT_EQ(c.generation(), 2u);
  EXPECT_TRUE(index.find(c));
  EXPECT_FALSE(index.find(b));
  EXPECT_EQ(index.find(c).table, 1);
  EXPECT_EQ(index.find(c).row, 2u);
  EXPECT_EQ(index.alive_count(), 1u);
}

TEST(EntityIndex, KnowsNoIdThatWasNeverGiven) {
  EntityIndex index(1);
  const EntityId a = create_placed(index);
  EXPECT_FALSE(index.find(EntityId{}));
  EXPECT_FALSE(index.find(EntityId::make(1, 1, 77)));
  EXPECT_FALSE(index.find(EntityId::make(2, 1, a.index())));
  EXPECT_FALSE(index.find(EntityId::make(1, 2, a.index())));
}

TEST(EntityIndex, RetiresAnIndexWhoseGenerationsAreUsedUp) {
  EntityIndex index(0);
  const std::uint32_t last = EntityId::kGenerationMax;
  ASSERT_TRUE(index.restore(std::vector<std::uint32_t>{last}, std::vector<std::uint32_t>{0}));
  const EntityId id = create_placed(index);
  EXPECT_EQ(id.generation(), last);
  index.destroy(id);
  EXPECT_FALSE(index.find(id));
  EXPECT_TRUE(index.free_list().empty());
  EXPECT_EQ(create_placed(index).index(), 1u);
  EXPECT_TRUE(index.complete());
}

TEST(EntityIndex, PeeksWhatCreateWillGive) {
  EntityIndex index(0);
  std::vector<EntityId> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(create_placed(index));
  index.destroy(ids[1]);
  index.destroy(ids[3]);
  const std::vector<EntityId> peeked{index.peek(0), index.peek(1), index.peek(2), index.peek(3)};
  EXPECT_FALSE(index.find(peeked[0]));
  for (const EntityId expected : peeked) EXPECT_EQ(create_placed(index), expected);
}

TEST(EntityIndex, CreatesPeekedIdsInAnyChoice) {
  constexpr std::uint64_t kSeed = 5;
  RandomStream random(kSeed);
  EntityIndex index(0);
  std::vector<EntityId> alive;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = 0; number < 40; ++number) {
      if (random.chance(0.2f)) numbers.push_back(number);
    }
    std::vector<EntityId> expected;
    for (const std::uint32_t number : numbers) expected.push_back(index.peek(number));
    index.create_peeked(numbers);
    for (const EntityId id : expected) {
      ASSERT_FALSE(index.find(id));
      index.place(id, 0, 0);
      alive.push_back(id);
    }
    while (alive.size() > 20) {
      const std::uint32_t victim = random.below(static_cast<std::uint32_t>(alive.size()));
      index.destroy(alive[victim]);
      alive.erase(alive.begin() + victim);
    }
    ASSERT_TRUE(index.complete()) << "seed " << kSeed << " round " << round;
    for (const EntityId id : alive) ASSERT_TRUE(index.find(id));
    ASSERT_EQ(index.alive_count(), alive.size());
  }
  EXPECT_LT(index.index_count(), 100u);  // skipped numbers are used again
}

TEST(EntityIndex, RefusesToRestoreNonsense) {
  EntityIndex index(4);
  using List = std::vector<std::uint32_t>;
  EXPECT_FALSE(index.restore(List{1, 1}, List{0, 0}));
  EXPECT_FALSE(index.restore(List{1, 1}, List{2}));
  EXPECT_FALSE(index.restore(List{0, 1}, List{0}));
  EXPECT_FALSE(index.restore(List{1, 1u << 24}, List{0}));
  ASSERT_TRUE(index.restore(List{3, 1, 0}, List{1}));
  EXPECT_FALSE(index.complete());  // index 0 is neither alive nor free
  EXPECT_FALSE(index.revive(EntityId::make(4, 2, 0), 0, 0));
  EXPECT_FALSE(index.revive(EntityId::make(5, 3, 0), 0, 0));
  EXPECT_FALSE(index.revive(EntityId::make(4, 3, 9), 0, 0));
  EXPECT_FALSE(index.revive(EntityId::make(4, 0, 2), 0, 0));
  EXPECT_TRUE(index.revive(EntityId::make(4, 3, 0), 0, 0));
  EXPECT_FALSE(index.revive(EntityId::make(4, 3, 0), 0, 0));
  EXPECT_TRUE(index.complete());
  EXPECT_TRUE(index.revive(EntityId::make(4, 1, 1), 0, 0));
  EXPECT_FALSE(index.complete());  // alive and free
}

TEST(EntityIndex, HashesGenerationsPlacesAndTheFreeList) {
  EntityIndex index(0);
  const EntityId a = create_placed(index);
  const EntityId b = create_placed(index);
  std::uint64_t hash = index.hash();
  index.place(a, 1, 3);
  EXPECT_NE(index.hash(), hash);
  index.place(a, 1, 2);
  EXPECT_EQ(index.hash(), hash);
  EntityIndex other = index;
  index.destroy(a);
  index.destroy(b);
  other.destroy(b);
  other.destroy(a);
  EXPECT_NE(index.hash(), other.hash());
}

}  // namespace
}  // namespace tessera::ecs::storage
