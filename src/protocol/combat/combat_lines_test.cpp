// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "protocol/combat/combat_lines.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/ids.h"
#include "engine/core/random.h"

namespace tessera::protocol {
namespace {

using combat::CombatEventKind;
using Who = CombatParty::Who;

CombatParty random_party(RandomStream& random) {
  const auto who = static_cast<Who>(random.below(3));
  if (who != Who::Named) return {.who = who};
  return {.who = who, .index = random.below(EntityId::kIndexMax + 1) >> random.below(24)};
}

CombatLine random_line(RandomStream& random) {
  CombatLine line;
  line.actor = random_party(random);
  line.target = random.chance(0.2f) ? line.actor : random_party(random);
  line.kind = static_cast<CombatEventKind>(random.below(combat::kCombatEventKindMax + 1u));
  line.amount = static_cast<std::int32_t>(random.below(kCombatAmountMax) >> random.below(30));
  if (random.chance(0.2f)) line.amount = -line.amount;
  if (random.chance(0.2f)) line.absorbed = static_cast<std::int32_t>(random.below(50));
  line.ability = static_cast<std::uint16_t>(random.below(300));
  line.effect = static_cast<std::uint16_t>(random.chance(0.5f) ? 0 : random.below(65536));
  if (line.kind == CombatEventKind::Damage) line.type = static_cast<std::uint8_t>(random.below(6));
  line.flags = static_cast<std::uint8_t>(random.below(32));
  line.count = static_cast<std::uint8_t>(random.chance(0.5f) ? 0 : random.below(256));
  line.own = random.chance(0.5f);
  if (line.own) line.number = static_cast<std::uint8_t>(random.below(256));
  return line;
}

TEST(CombatLines, AreReadAsTheyWereWritten) {
  RandomStream random(5);
  for (int round = 0; round < 2000; ++round) {
    std::array<std::byte, kCombatBytesMax> bytes;
    CombatWriter writer(bytes);
    std::vector<CombatLine> written;
    for (auto i = random.below(kCombatLinesMax) + 1; i > 0; --i) {
      const CombatLine line = random_line(random);
      if (writer.add(line)) written.push_back(line);
    }
    ASSERT_EQ(writer.count(), written.size());
    const auto all = writer.finish();
    std::vector<CombatLine> read;
    ASSERT_TRUE(read_combat_lines(all, writer.count(), read)) << round;
    ASSERT_TRUE(std::ranges::equal(read, written)) << round;
  }
}

TEST(CombatLines, OfUsualSizeTakeEightToTenBytes) {
  std::array<std::byte, kCombatBytesMax> bytes;
  CombatWriter mine(bytes);
  mine.add({.actor = {.who = Who::Viewer},
            .target = {.who = Who::Named, .index = 300},
            .amount = 120,
            .ability = 31,
            .flags = combat::kCritical,
            .number = 7,
            .own = true});
  EXPECT_LE(mine.finish().size(), 10u);
  CombatWriter others(bytes);
  others.add({.actor = {.who = Who::Named, .index = 2900},
              .target = {.who = Who::Named, .index = 300},
              .amount = 120,
              .ability = 31});
  EXPECT_LE(others.finish().size(), 10u);
}

TEST(CombatLines, TheLargestFitsItsLimit) {
  std::array<std::byte, kCombatBytesMax> bytes;
  CombatWriter writer(bytes);
  writer.add({.actor = {.who = Who::Named, .index = EntityId::kIndexMax},
              .target = {.who = Who::Named, .index = EntityId::kIndexMax - 1},
              .amount = -kCombatAmountMax,
              .absorbed = kCombatAmountMax,
              .ability = 0xffff,
              .effect = 0xffff,
              .kind = CombatEventKind::Damage,
              .type = kDamageTypeMax,
              .flags = combat::kCombatFlagsMax,
              .count = 255,
              .number = 255,
              .own = true});
  EXPECT_EQ(writer.finish().size(), kCombatLineBytesMax);
}

TEST(CombatLines, WhatDoesNotFitLeavesTheOthersAsTheyAre) {
  std::array<std::byte, 20> bytes;
  CombatWriter writer(bytes);
  const CombatLine line{.amount = 1000, .ability = 200};
  EXPECT_TRUE(writer.add(line));
  EXPECT_FALSE(writer.add(line, 7));
  EXPECT_TRUE(writer.add(line));
  while (writer.add(line)) {
  }
  std::vector<CombatLine> read;
  const std::uint8_t count = writer.count();
  EXPECT_TRUE(read_combat_lines(writer.finish(), count, read));
  EXPECT_EQ(read, std::vector<CombatLine>(count, line));
}

TEST(CombatLines, BytesOfNoLineAreRefused) {
  std::array<std::byte, kCombatBytesMax> bytes;
  CombatWriter writer(bytes);
  writer.add({.target = {.who = Who::Viewer}, .amount = 5, .ability = 3});
  const auto all = writer.finish();
  std::vector<CombatLine> read;
  EXPECT_FALSE(read_combat_lines(all, 2, read)) << "there is but one";
  EXPECT_FALSE(read_combat_lines(all.first(all.size() - 1), 1, read)) << "cut off";
  const std::array kindless{std::byte{0x0f}, std::byte{0}, std::byte{0}, std::byte{0}};
  EXPECT_FALSE(read_combat_lines(kindless, 1, read)) << "a kind that there is not";
  const std::array<std::byte, 4> longer{};
  EXPECT_FALSE(read_combat_lines(longer, 1, read)) << "a byte too much";
}

}  // namespace
}  // namespace tessera::protocol
