// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/combat/attention.h"

#include <gtest/gtest.h>

#include <vector>

namespace tessera::replication {
namespace {

EntityId id(std::uint32_t index) { return EntityId::make(1, 1, index); }

std::vector<std::uint32_t> minded(Attention& attention, std::uint32_t now) {
  std::vector<std::uint32_t> all;
  attention.each(now, [&](EntityId entity, std::uint32_t&) { all.push_back(entity.index()); });
  return all;
}

TEST(Attention, IsPaidToTheTargetAndForAWhileToFoes) {
  Attention attention;
  EXPECT_TRUE(minded(attention, 1000).empty());
  attention.choose(id(7));
  attention.note_fight(id(8), 1000);
  attention.note_fight(id(7), 1000);
  attention.note_fight({}, 1000);
  EXPECT_EQ(minded(attention, 1000), (std::vector<std::uint32_t>{7, 8}));
  attention.note_fight(id(8), 1100);
  EXPECT_EQ(minded(attention, 1001 + Attention::kFoeTicks), (std::vector<std::uint32_t>{7, 8}));
  EXPECT_EQ(minded(attention, 1100 + Attention::kFoeTicks), (std::vector<std::uint32_t>{7}));
  attention.choose({});
  EXPECT_TRUE(minded(attention, 1100 + Attention::kFoeTicks).empty());
}

TEST(Attention, IsTakenFromWhomOneHasFoughtLongestAgo) {
  Attention attention;
  for (std::uint32_t i = 1; i <= Attention::kFoesMax; ++i) attention.note_fight(id(i), 1000 + i);
  attention.note_fight(id(1), 1050);
  attention.note_fight(id(99), 1051);
  const std::vector<std::uint32_t> all = minded(attention, 1060);
  EXPECT_EQ(all.size(), Attention::kFoesMax);
  EXPECT_TRUE(std::ranges::count(all, 1u) == 1 && std::ranges::count(all, 99u) == 1);
  EXPECT_EQ(std::ranges::count(all, 2u), 0);
}

}  // namespace
}  // namespace tessera::replication
