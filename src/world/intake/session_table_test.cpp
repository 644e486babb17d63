// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/intake/session_table.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/core/random.h"

namespace tessera::intake {
namespace {

TEST(SessionPlaces, AgreesWithAMapThroughComingsAndGoings) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    RandomStream random(seed);
    SessionPlaces places;
    std::map<std::uint64_t, std::uint32_t> expected;
    for (int step = 0; step < 5000; ++step) {
      const std::uint64_t id = 1 + random.below(300);
      // Slowly more at first, then fewer: chains of all lengths, with holes.
      if (random.chance(step < 2500 ? 0.6f : 0.4f)) {
        expected[id] = random.below(1000);
        places.set({id}, expected[id]);
      } else {
        expected.erase(id);
        places.remove({id});
      }
      if (step % 50 != 0) continue;
      for (std::uint64_t one = 1; one <= 300; ++one) {
        const auto found = expected.find(one);
        ASSERT_EQ(places.find({one}),
                  found == expected.end() ? SessionPlaces::kNone : found->second);
      }
    }
  }
}

TEST(SessionTable, KeepsEachSessionFindableWhileOthersGo) {
  SessionTable table;
  for (std::uint64_t id = 1; id <= 1000; ++id) {
    Session session;
    session.id = {id << 20 | (id & 7)};
    session.character = {id};
    EXPECT_TRUE(table.add(session));
    EXPECT_FALSE(table.add(session));
  }
  for (std::uint64_t id = 2; id <= 1000; id += 2) table.remove({id << 20 | (id & 7)});
  EXPECT_EQ(table.size(), 500u);
  for (std::uint64_t id = 1; id <= 1000; ++id) {
    const Session* const found = table.find({id << 20 | (id & 7)});
    ASSERT_EQ(found != nullptr, id % 2 == 1);
    if (found == nullptr) continue;
    EXPECT_EQ(found->character, CharacterId{id});
    EXPECT_EQ(table.find_character({id}), found);
  }
}

}  // namespace
}  // namespace tessera::intake
