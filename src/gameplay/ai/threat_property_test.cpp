// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whatever happens to a table of threats, it stays one.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/random.h"
#include "gameplay/ai/mind.h"

namespace tessera::ai {
namespace {

std::map<std::uint64_t, float> amounts(const Mind& mind) {
  std::map<std::uint64_t, float> all;
  for (const Threat& threat : mind.hated()) all[threat.whom.value] = threat.amount;
  return all;
}

float most_of(const Mind& mind) {
  float most = 0;
  for (const Threat& threat : mind.hated()) most = std::max(most, threat.amount);
  return most;
}

void expect_a_table(const Mind& mind) {
  ASSERT_LE(mind.threat_count, kThreatsMax);
  ASSERT_EQ(amounts(mind).size(), mind.threat_count) << "nobody stands there twice";
  for (const Threat& threat : mind.hated()) {
    ASSERT_TRUE(threat.whom);
    ASSERT_GE(threat.amount, 0);
  }
}

/// A taunt lifts one to the top; all others keep what they have, unless one had to make room.
void expect_taunts_conserve(Mind& mind, EntityId whom, TickNumber now) {
  const auto before = amounts(mind);
  const float most = most_of(mind);
  const bool was_full = mind.threat_count == kThreatsMax && !before.contains(whom.value);
  taunt(mind, whom, now + 240);
  ASSERT_EQ(mind.taunter, whom);
  if (was_full && most == 0) return;  // nobody is less, so there is no room
  ASSERT_EQ(threat_of(mind, whom), most);
  std::size_t gone = 0;
  const auto after = amounts(mind);
  for (const auto& [other, amount] : before) {
    if (other == whom.value) continue;
    const auto found = after.find(other);
    if (found == after.end()) {
      ++gone;
    } else {
      ASSERT_EQ(found->second, amount);
    }
  }
  ASSERT_EQ(gone, was_full ? 1u : 0u);
}

TEST(Threats, KeepTheirRulesWhateverHappens) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomStream random(seed);
    Mind mind;
    for (TickNumber now = 1; now <= 300; ++now) {
      const EntityId whom{1 + random.below(20)};
      switch (random.below(8)) {
        case 0:
          expect_taunts_conserve(mind, whom, now);
          break;
        case 1:
          forget(mind, whom);
          ASSERT_EQ(threat_of(mind, whom), 0);
          break;
        case 2:  // a fade
          add_threat(mind, whom, -random.between(0, 500));
          break;
        default: {
          const float before = threat_of(mind, whom);
          const float amount = random.between(0, 100);
          const bool is_known = before > 0 || mind.threat_count < kThreatsMax;
          add_threat(mind, whom, amount);
          if (is_known) {
            ASSERT_FLOAT_EQ(threat_of(mind, whom), before + amount);
          }
        }
      }
      expect_a_table(mind);
      if (testing::Test::HasFatalFailure()) FAIL() << "at " << now;
    }
  }
}

}  // namespace
}  // namespace tessera::ai
