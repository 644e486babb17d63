// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/mirror/mirror.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/core/random.h"

namespace tessera::replication {
namespace {

protocol::GroundSteps steps(float x, float z) {
  return {protocol::steps_from_metres(x), protocol::steps_from_metres(z)};
}

class MirrorTest : public ::testing::Test {
 protected:
  /// One tick in which `entity` alone is placed, together with those in `others_`.
  RowIndex tick_with(std::uint32_t index, float x, float z) {
    mirror_.begin(++tick_);
    const RowIndex row = mirror_.touch(EntityId::make(1, 1, index));
    mirror_.place(row, steps(x, z), 0, false, 0);
    mirror_.end();
    return row;
  }
  void empty_ticks(std::uint32_t count) {
    for (; count > 0; --count) {
      mirror_.begin(++tick_);
      mirror_.end();
    }
  }

  Mirror mirror_{64};
  std::uint32_t tick_ = 1000;
};

TEST_F(MirrorTest, AnEntityTakesTheLowestSlotOfItsCellAndKeepsItWithinTheMargin) {
  const RowIndex row = tick_with(5, 2048, 2048);
  EXPECT_EQ(mirror_.slot_of(row), 0);
  EXPECT_EQ(mirror_.head(mirror_.page_of(row)).cell, (protocol::Cell{64, 64}));
  EXPECT_EQ(mirror_.find(EntityId::make(1, 1, 5)), row);
  tick_with(5, 2048 - 15.9f, 2048);
  EXPECT_EQ(mirror_.head(mirror_.page_of(row)).cell, (protocol::Cell{64, 64}));
  tick_with(5, 2048 - 16.1f, 2048);
  EXPECT_EQ(mirror_.head(mirror_.page_of(row)).cell, (protocol::Cell{63, 64}));
  EXPECT_EQ(mirror_.head(mirror_.first_page({64, 64})).occupied, 0u);
  EXPECT_EQ(mirror_.head(mirror_.first_page({64, 64})).roster_changed, tick_);
}

TEST_F(MirrorTest, OnlyWhatChangesInItsQuantisedFormIsStamped) {
  const RowIndex row = tick_with(5, 2048, 2048);
  const std::uint32_t first = tick_;
  tick_with(5, 2048.002f, 2048);
  EXPECT_EQ(mirror_.slots(mirror_.page_of(row)).state_ticks[0], first);
  EXPECT_TRUE(mirror_.stands_still(row, steps(2048.002f, 2048), 0, 0));
  tick_with(5, 2048.1f, 2048);
  EXPECT_EQ(mirror_.slots(mirror_.page_of(row)).state_ticks[0], tick_);
  EXPECT_EQ(mirror_.head(mirror_.page_of(row)).changed, tick_);
}

TEST_F(MirrorTest, AFreedSlotRestsBeforeItIsUsedAgain) {
  tick_with(5, 2048, 2048);
  empty_ticks(1);  // 5 is gone
  EXPECT_EQ(mirror_.alive_count(), 0u);
  const RowIndex other = tick_with(6, 2048, 2048);
  EXPECT_EQ(mirror_.slot_of(other), 1);
  empty_ticks(protocol::kSlotRestTicks);
  EXPECT_EQ(mirror_.slot_of(tick_with(7, 2048, 2048)), 0);
}

TEST_F(MirrorTest, AFreedRowRestsLongerThanViewersRemember) {
  const RowIndex row = tick_with(5, 2048, 2048);
  empty_ticks(1);
  EXPECT_FALSE(mirror_.alive(row));
  EXPECT_EQ(mirror_.find(EntityId::make(1, 1, 5)), kNoRow);
  EXPECT_NE(tick_with(6, 2048, 2048), row);
  empty_ticks(kRowRestTicks);
  EXPECT_EQ(tick_with(7, 2048, 2048), row);
}

TEST_F(MirrorTest, TheSameIndexOfANewGenerationIsAnotherEntity) {
  const RowIndex row = tick_with(5, 2048, 2048);
  mirror_.begin(++tick_);
  const RowIndex next = mirror_.touch(EntityId::make(1, 2, 5));
  mirror_.place(next, steps(2048, 2048), 0, false, 0);
  mirror_.end();
  EXPECT_NE(next, row);
  EXPECT_FALSE(mirror_.alive(row));
  EXPECT_EQ(mirror_.find(EntityId::make(1, 2, 5)), next);
}

TEST_F(MirrorTest, AFullPageIsFollowedByAnother) {
  mirror_.begin(++tick_);
  for (std::uint32_t i = 0; i < 70; ++i) {
    mirror_.place(mirror_.touch(EntityId::make(1, 1, i)), steps(2050, 2050), 0, true, 7);
  }
  mirror_.end();
  std::set<std::uint8_t> numbers;
  std::size_t entities = 0;
  for (PageIndex page = mirror_.first_page({64, 64}); page != kNoPage;
       page = mirror_.head(page).next) {
    numbers.insert(mirror_.head(page).number);
    entities += static_cast<std::size_t>(std::popcount(mirror_.head(page).occupied));
    EXPECT_TRUE(mirror_.slots(page).states[0].has_height());
  }
  EXPECT_EQ(numbers, (std::set<std::uint8_t>{0, 1, 2}));
  EXPECT_EQ(entities, 70u);
}

TEST_F(MirrorTest, AComponentIsStampedWhenItChangesAndAgainAfterAChangeOfSlot) {
  mirror_.begin(++tick_);
  const RowIndex row = mirror_.touch(EntityId::make(1, 1, 5));
  mirror_.tell(row, Gesture{}, tick_);
  mirror_.place(row, steps(2048, 2048), 0, false, 0);
  mirror_.end();
  const auto ticks = [&] {
    return mirror_.slots(mirror_.page_of(row))
        .component_ticks[protocol::kComponentIndex<Gesture>][mirror_.slot_of(row)];
  };
  EXPECT_EQ(ticks(), 0u) << "it is part of the introduction";
  mirror_.begin(++tick_);
  mirror_.touch(EntityId::make(1, 1, 5));
  mirror_.tell(row, Gesture{tick_, 2, 0}, tick_);
  mirror_.tell(row, Gesture{tick_, 2, 0}, tick_);
  mirror_.end();
  EXPECT_EQ(ticks(), tick_);
  tick_with(5, 2000, 2048);
  EXPECT_EQ(ticks(), tick_) << "viewers may not have heard of it in the former slot";
  for (std::uint32_t i = 0; i <= protocol::kSlotRestTicks; ++i) tick_with(5, 2000, 2048);
  tick_with(5, 2100, 2048);
  EXPECT_EQ(ticks(), 0u);
}

TEST_F(MirrorTest, EveryEntityHasOneSlotWhateverHappens) {
  RandomStream random(3);
  std::vector<EntityId> entities;
  std::uint32_t next = 1;
  for (int tick = 0; tick < 600; ++tick) {
    if (random.chance(0.2f)) entities.push_back(EntityId::make(1, 1 + next / 50, next % 50 + 1));
    next += 1;
    if (!entities.empty() && random.chance(0.15f)) entities.erase(entities.begin());
    mirror_.begin(++tick_);
    for (EntityId entity : entities) {
      mirror_.place(mirror_.touch(entity),
                    steps(random.between(2000, 2100), random.between(2000, 2100)), 0, false, 0);
    }
    mirror_.end();
    std::set<RowIndex> seen;
    for (std::size_t page = 0; page < mirror_.page_count(); ++page) {
      const auto index = static_cast<PageIndex>(page);
      for (std::uint8_t slot = 0; slot < protocol::kPageSlots; ++slot) {
        const RowIndex row = mirror_.slots(index).rows[slot];
        ASSERT_EQ(row != kNoRow, (mirror_.head(index).occupied >> slot & 1) != 0);
        if (row == kNoRow) continue;
        ASSERT_TRUE(seen.insert(row).second);
        ASSERT_EQ(mirror_.page_of(row), index);
        ASSERT_EQ(mirror_.slot_of(row), slot);
      }
    }
    ASSERT_EQ(seen.size(), mirror_.alive_count());
  }
}

TEST(HeldValue, IsToldWhenItsTickIsOnDisk) {
  HeldValue<int> held;
  int told = 0;
  EXPECT_FALSE(held.update(5, 10, 8, false, told));
  EXPECT_FALSE(held.update(5, 11, 9, false, told));
  EXPECT_TRUE(held.update(5, 12, 10, false, told));
  EXPECT_EQ(told, 5);
  EXPECT_FALSE(held.update(5, 13, 11, true, told));
}

TEST(HeldValue, ShowsWhatFollowsWhileItWaitsInItsOwnTime) {
  HeldValue<int> held;
  int told = 1;
  EXPECT_FALSE(held.update(2, 10, 8, true, told));
  EXPECT_FALSE(held.update(3, 11, 9, true, told));
  EXPECT_TRUE(held.update(3, 12, 10, true, told));
  EXPECT_EQ(told, 2);
  EXPECT_FALSE(held.update(3, 13, 11, true, told));
  EXPECT_TRUE(held.update(3, 14, 12, true, told));
  EXPECT_EQ(told, 3);
}

TEST(HeldValue, ATickThatIsDurableAlreadyNeedsNotWait) {
  HeldValue<int> held;
  int told = 0;
  EXPECT_TRUE(held.update(5, 10, 10, false, told));
  EXPECT_EQ(told, 5);
}

}  // namespace
}  // namespace tessera::replication
