// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/storage/table.h"

#include <gtest/gtest.h>

#include "engine/ecs/storage/archetypes.h"
#include "engine/ecs/testing/test_components.h"

namespace tessera::ecs::storage {
namespace {

using testing::Asleep;
using testing::Everything;
using testing::Life;
using testing::Spot;

EntityId id(std::uint32_t index) { return EntityId::make(0, 1, index); }

TEST(Table, TakesAPowerOfTwoRowsAChunkByTheSizeOfARow) {
  const std::array small{&component_type<Life>()};
  const std::array large{&component_type<Everything>()};
  Table a(1, small);
  Table b(2, large);
  EXPECT_EQ(a.chunk_rows(), 1024u);
  EXPECT_EQ(b.chunk_rows(), 512u);  // 65,536 / (8 + 72), rounded down
  EXPECT_EQ(a.chunk_count(), 0u);
}

TEST(Table, FillsAHoleWithTheLastRow) {
  const std::array types{&component_type<Asleep>(), &component_type<Life>()};
  Table table(1, types);
  EXPECT_EQ(table.columns().size(), 1u);
  const std::uint8_t column = table.column_of(component_type<Life>().id);
  EXPECT_EQ(table.column_of(component_type<Asleep>().id), kNoColumn);
  for (std::uint32_t i = 0; i < 3; ++i) {
    const std::uint32_t row = table.append(id(i), 1);
    table.value_as<Life>(row, column)->points = static_cast<int>(i);
  }
  EXPECT_EQ(table.remove(0, 2), id(2));
  EXPECT_EQ(table.entity(0), id(2));
  EXPECT_EQ(table.value_as<Life>(0, column)->points, 2);
  EXPECT_EQ(table.remove(1, 2), EntityId{});
  EXPECT_EQ(table.rows(), 1u);
}

TEST(Table, StampsWhatChanged) {
  const std::array types{&component_type<Life>(), &component_type<Spot>()};
  Table table(1, types);
  for (std::uint32_t i = 0; i < 2000; ++i) table.append(id(i), 5);
  EXPECT_EQ(table.changed_at(0, 0), 5u);
  table.stamp(1, 0, 6);
  EXPECT_EQ(table.changed_at(1, 0), 6u);
  EXPECT_EQ(table.changed_at(1, 1), 5u);
  EXPECT_EQ(table.rows_changed_at(1), 5u);
  table.remove(3, 7);
  EXPECT_EQ(table.rows_changed_at(0), 7u);
  EXPECT_EQ(table.changed_at(1, 1), 7u);
}

TEST(Table, GrowsAndReservesToTheSameContents) {
  const std::array types{&component_type<Everything>()};
  Table grown(1, types);
  Table reserved(1, types);
  reserved.reserve(100'000);
  reserved.reserve(10);
  for (Table* table : {&grown, &reserved}) {
    for (std::uint32_t i = 0; i < 100'000; ++i) {
      *table->value_as<Everything>(table->append(id(i), 1), 0) = Everything{.u32 = i};
    }
  }
  EXPECT_EQ(grown.hash(2), reserved.hash(2));
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    ASSERT_EQ(grown.value_as<Everything>(i, 0)->u32, i);
    ASSERT_EQ(grown.entity(i), id(i));
  }
}

TEST(Archetypes, FollowEdgesThereAndBack) {
  Archetypes tables;
  EXPECT_EQ(tables.size(), 1u);
  const std::array types{&component_type<Spot>(), &component_type<Life>()};
  Table& from = tables.table_for(types);
  EXPECT_EQ(from.types()[0]->name, "life");  // sorted by name
  const Edge& there = tables.edge(from, component_type<Asleep>().id);
  EXPECT_EQ(there.to->types().size(), 3u);
  EXPECT_EQ(there.added_column, kNoColumn);
  EXPECT_EQ(&tables.edge(from, component_type<Asleep>().id), &there);
  const Edge& back = tables.edge(*there.to, component_type<Asleep>().id);
  EXPECT_EQ(back.to, &from);
  EXPECT_EQ(tables.size(), 3u);
}

}  // namespace
}  // namespace tessera::ecs::storage
