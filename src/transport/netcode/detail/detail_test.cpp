// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include <map>

#include "engine/core/random.h"
#include "transport/netcode/detail/replay_protection.h"
#include "transport/netcode/detail/slot_table.h"
#include "transport/netcode/detail/slots.h"
#include "transport/netcode/detail/token_history.h"

namespace tessera::netcode::detail {
namespace {

TEST(ReplayProtection, TakesEachNumberOnce) {
  ReplayProtection replay;
  for (std::uint64_t sequence = 0; sequence < 1000; ++sequence) {
    EXPECT_FALSE(replay.refuses(sequence));
    replay.received(sequence);
    EXPECT_TRUE(replay.refuses(sequence));
  }
}

TEST(ReplayProtection, RefusesWhatIsOlderThanItsWindow) {
  ReplayProtection replay;
  replay.received(1000);
  EXPECT_FALSE(replay.refuses(1000 - 255));
  EXPECT_TRUE(replay.refuses(1000 - 256));
  EXPECT_TRUE(replay.refuses(0));
}

TEST(ReplayProtection, ForgetsWhatItSkipsOver) {
  ReplayProtection replay;
  for (std::uint64_t sequence = 0; sequence < 256; ++sequence) replay.received(sequence);
  replay.received(300);
  for (std::uint64_t sequence = 256; sequence < 300; ++sequence) {
    EXPECT_FALSE(replay.refuses(sequence)) << sequence;
  }
  replay.received(10'000);
  for (std::uint64_t sequence = 10'000 - 255; sequence < 10'000; ++sequence) {
    EXPECT_FALSE(replay.refuses(sequence)) << sequence;
  }
}

TEST(ReplayProtection, DoesNotOverflowAtTheHighestNumbers) {
  ReplayProtection replay;
  replay.received(UINT64_MAX - 2);
  EXPECT_FALSE(replay.refuses(UINT64_MAX - 1));
  EXPECT_FALSE(replay.refuses(UINT64_MAX - 100));
  EXPECT_TRUE(replay.refuses(UINT64_MAX - 2));
  EXPECT_TRUE(replay.refuses(UINT64_MAX));
  EXPECT_TRUE(replay.refuses(5));
}

TEST(SlotTable, AgreesWithAMapUnderManyInsertionsAndErasures) {
  constexpr std::uint64_t kSeed = 3;
  RandomStream random(kSeed);
  SlotTable table(500);
  std::map<std::uint32_t, std::uint64_t> model;  // slot to hash; hashes collide often
  for (int i = 0; i < 100'000; ++i) {
    const std::uint32_t slot = random.below(500);
    const auto known = model.find(slot);
    if (known != model.end()) {
      table.erase(known->second, slot);
      model.erase(known);
    } else {
      const std::uint64_t hash = random.below(64);
      table.insert(hash, slot);
      model[slot] = hash;
    }
    const std::uint32_t asked = random.below(500);
    const auto there = model.find(asked);
    const auto same = [&](std::uint32_t candidate) { return candidate == asked; };
    const std::uint64_t hash = there == model.end() ? random.below(64) : there->second;
    ASSERT_EQ(table.find(hash, same), there == model.end() ? SlotTable::kNone : asked);
    ASSERT_EQ(table.size(), model.size());
  }
}

TEST(Slots, GivesTheLastFreedPlaceFirst) {
  Slots<int> slots(3);
  EXPECT_EQ(slots.take(10), 0u);
  EXPECT_EQ(slots.take(11), 1u);
  EXPECT_EQ(slots.take(12), 2u);
  EXPECT_TRUE(slots.full());
  slots.release(1);
  EXPECT_FALSE(slots.used(1));
  EXPECT_EQ(slots.take(13), 1u);
  EXPECT_EQ(slots[1], 13);
  EXPECT_FALSE(slots.used(3));
}

TEST(TokenHistory, ForgetsExpiredTokensWhenANewOneComes) {
  TokenHistory history(4);
  for (std::uint8_t i = 1; i <= 20; ++i) {
    Mac mac{};
    mac[0] = static_cast<std::byte>(i);
    ASSERT_NE(history.add({.mac = mac, .expire_unix_s = 100u + i}, 96u + i), nullptr) << int{i};
    EXPECT_NE(history.find(mac), nullptr);
  }
  EXPECT_EQ(history.size(), 4u);
  EXPECT_EQ(history.find(Mac{std::byte{16}}), nullptr);
  EXPECT_NE(history.find(Mac{std::byte{17}}), nullptr);
  EXPECT_EQ(history.add({.mac = Mac{std::byte{21}}, .expire_unix_s = 200}, 100), nullptr);
}

}  // namespace
}  // namespace tessera::netcode::detail
