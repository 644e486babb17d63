// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/spatial/grid_index.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "engine/core/random.h"

namespace tessera::spatial {
namespace {

EntityId entity(std::uint32_t index, std::uint32_t generation = 1) {
  return EntityId::make(1, generation, index);
}

void rebuild(GridIndex& index, const std::vector<std::pair<EntityId, math::Vec2>>& members) {
  index.begin();
  for (const auto& [id, place] : members) index.add(id, place);
  index.finish();
}

std::vector<EntityId> within(const GridIndex& index, math::Vec2 centre, float radius) {
  std::vector<EntityId> found;
  index.for_each_within(centre, radius,
                        [&](EntityId id, math::Vec2, float) { found.push_back(id); });
  return found;
}

TEST(GridCells, NumbersCellsRowByRowAndClampsAtTheEdge) {
  const GridCells cells{.columns = 4, .rows = 3};
  EXPECT_EQ(cells.cell_at({0, 0}), 0u);
  EXPECT_EQ(cells.cell_at({33, 0}), 1u);
  EXPECT_EQ(cells.cell_at({0, 33}), 4u);
  EXPECT_EQ(cells.cell_at({-100, -100}), 0u);
  EXPECT_EQ(cells.cell_at({9e9f, 9e9f}), 11u);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(cells.cell_at({nan, nan}), 0u);
  EXPECT_EQ(cells.corner_of(5), (math::Vec2{32, 32}));
}

TEST(GridCells, AnEntityKeepsItsCellWithinTheMargin) {
  const GridCells cells;
  const std::uint32_t home = cells.cell_at({40, 40});
  EXPECT_EQ(cells.cell_after(kNoCell, {40, 40}), home);
  EXPECT_EQ(cells.cell_after(home, {79.9f, 40}), home);
  EXPECT_EQ(cells.cell_after(home, {16, 16}), home);
  EXPECT_NE(cells.cell_after(home, {80, 40}), home);
  EXPECT_EQ(cells.cell_after(home, {15.9f, 40}), cells.cell_at({15.9f, 40}));
  EXPECT_EQ(cells.cell_after(home, {std::numeric_limits<float>::quiet_NaN(), 40}),
            cells.cell_at({0, 40}));
}

TEST(GridIndex, FindsNobodyWhenItIsEmpty) {
  GridIndex index({});
  EXPECT_TRUE(within(index, {100, 100}, 1000).empty());
  rebuild(index, {});
  EXPECT_TRUE(within(index, {100, 100}, 1000).empty());
}

TEST(GridIndex, FindsWhoIsWithinTheRadiusInTheOrderOfCells) {
  GridIndex index({});
  rebuild(index, {{entity(1), {200, 100}},
                  {entity(2), {100, 100}},
                  {entity(3), {103, 104}},
                  {entity(4), {110, 100}}});
  EXPECT_EQ(within(index, {100, 100}, 5), (std::vector{entity(2), entity(3)}));
  EXPECT_EQ(within(index, {100, 100}, 100),
            (std::vector{entity(2), entity(3), entity(4), entity(1)}));
  EXPECT_TRUE(within(index, {100, 100}, -1).empty());
  EXPECT_TRUE(within(index, {100, 100}, std::numeric_limits<float>::quiet_NaN()).empty());
  EXPECT_EQ(within(index, {0, 0}, std::numeric_limits<float>::infinity()).size(), 4u);
}

TEST(GridIndex, KeepsCellsAcrossRebuildsAndForgetsWhoLeft) {
  GridIndex index({});
  rebuild(index, {{entity(1), {40, 40}}});
  const std::uint32_t home = index.cell_of(entity(1));
  rebuild(index, {{entity(1), {70, 40}}});
  EXPECT_EQ(index.cell_of(entity(1)), home);
  EXPECT_EQ(index.entities_in(home).size(), 1u);
  rebuild(index, {});
  rebuild(index, {{entity(1), {70, 40}}});
  EXPECT_EQ(index.cell_of(entity(1)), index.cells().cell_at({70, 40})) << "no past any more";
}

TEST(GridIndex, TellsGenerationsApart) {
  GridIndex index({});
  rebuild(index, {{entity(1, 1), {40, 40}}});
  rebuild(index, {{entity(1, 2), {70, 40}}});
  EXPECT_EQ(index.cell_of(entity(1, 1)), kNoCell);
  EXPECT_EQ(index.cell_of(entity(1, 2)), index.cells().cell_at({70, 40}));
  EXPECT_EQ(index.cell_of(entity(500)), kNoCell);
}

TEST(GridIndexDeathTest, RefusesToAddTwice) {
  GridIndex index({});
  index.begin();
  index.add(entity(1), {});
  EXPECT_DEATH(index.add(entity(1), {}), "added twice");
  EXPECT_DEATH(GridIndex({.columns = 0}), "out of limits");
  EXPECT_DEATH(GridIndex({.cell_m = 0}), "must be positive");
}

// Against the obvious answer, over random walks, with and without a margin.
TEST(GridIndex, AgreesWithAskingEverybody) {
  for (const float margin : {0.0f, 16.0f}) {
    SCOPED_TRACE(margin);
    RandomStream random(41);
    GridIndex index({.columns = 16, .rows = 16, .margin_m = margin});
    std::map<std::uint32_t, math::Vec2> places;
    for (std::uint32_t i = 0; i < 400; ++i) {
      places[i] = {random.between(-20, 540), random.between(-20, 540)};
    }
    for (int tick = 0; tick < 60; ++tick) {
      std::vector<std::pair<EntityId, math::Vec2>> members;
      for (auto& [i, place] : places) {
        place = place + math::Vec2{random.between(-6, 6), random.between(-6, 6)};
        if (random.chance(0.9f)) members.emplace_back(entity(i), place);
      }
      rebuild(index, members);
      ASSERT_EQ(index.size(), members.size());
      for (int question = 0; question < 20; ++question) {
        const math::Vec2 centre{random.between(-50, 560), random.between(-50, 560)};
        const float radius = random.between(0, 120);
        std::vector<EntityId> expected;
        for (const auto& [id, place] : members) {
          if (dot(place - centre, place - centre) <= radius * radius) expected.push_back(id);
        }
        auto found = within(index, centre, radius);
        std::ranges::sort(found);
        ASSERT_EQ(found, expected);
      }
    }
  }
}

}  // namespace
}  // namespace tessera::spatial
