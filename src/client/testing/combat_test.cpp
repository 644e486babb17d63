// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Lines of fights, from the server's events to what a client hands out, over bad lines.
#include "gameplay/combat/combat.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "client/testing/shard.h"

namespace tessera::client::testing {
namespace {

using combat::CombatEvent;

/// Each player's own fights, in the order of what he heard.
std::vector<std::int32_t> amounts(const std::vector<CombatHappened>& heard) {
  std::vector<std::int32_t> all;
  for (const CombatHappened& line : heard) all.push_back(line.amount);
  return all;
}

struct Fight {
  explicit Fight(const chaos::Options& chaos) : shard({.seed = 4, .chaos = chaos}) {
    for (int i = 0; i < 3; ++i) shard.add_player({2048 + static_cast<float>(i), 0, 2048});
    orc = shard.add_walker({2050, 0, 2050});
    shard.walkers_move = false;
    shard.control = [this](Player& player) {
      auto& mine = heard[player.session.value - 1];
      mine.insert(mine.end(), player.core.combat_events().begin(),
                  player.core.combat_events().end());
      player.core.clear_events();
    };
    shard.run(240);
  }
  void step(std::span<const CombatEvent> events = {}) {
    shard.replication().tell_combat(events, shard.registry());
    shard.run(1);
  }
  EntityId entity(std::size_t player) { return shard.players()[player]->entity; }

  Shard shard;
  EntityId orc;
  std::array<std::vector<CombatHappened>, 3> heard;
};

TEST(Combat, IsToldWithNamesAndNumbers) {
  Fight fight({.delay_ms = 20});
  fight.step(std::array{CombatEvent{.actor = fight.entity(0),
                                    .target = fight.orc,
                                    .amount = 120,
                                    .absorbed = 7,
                                    .ability = {31},
                                    .type = DamageType::Fire,
                                    .flags = combat::kCritical | combat::kKilled},
                        CombatEvent{.actor = fight.orc,
                                    .target = fight.entity(1),
                                    .effect = {9},
                                    .kind = combat::CombatEventKind::EffectOn,
                                    .count = 3}});
  fight.shard.run(30);
  for (const auto& heard : fight.heard) {
    ASSERT_EQ(heard.size(), 2u);
    const auto hit = std::ranges::find(heard, 120, &CombatHappened::amount);
    ASSERT_NE(hit, heard.end());
    EXPECT_EQ(hit->actor, fight.entity(0));
    EXPECT_EQ(hit->target, fight.orc);
    EXPECT_EQ(hit->absorbed, 7);
    EXPECT_EQ(hit->ability, 31);
    EXPECT_EQ(hit->type, 1);
    EXPECT_EQ(hit->flags, combat::kCritical | combat::kKilled);
    const auto curse = std::ranges::find(heard, 9, &CombatHappened::effect);
    ASSERT_NE(curse, heard.end());
    EXPECT_EQ(curse->target, fight.entity(1));
    EXPECT_EQ(curse->count, 3);
  }
}

TEST(Combat, OnABadLineOwnLinesAllComeOnceEach) {
  Fight fight({.loss_percent = 20,
               .duplicate_percent = 10,
               .reorder_percent = 10,
               .delay_ms = 40,
               .jitter_ms = 20});
  std::vector<std::int32_t> told;
  for (std::int32_t i = 1; i <= 300; ++i) {
    told.push_back(i);
    fight.step(std::array{CombatEvent{.actor = fight.orc, .target = fight.entity(0), .amount = i}});
    fight.shard.run(3);
  }
  fight.shard.run(300);
  std::vector<std::int32_t> own = amounts(fight.heard[0]);
  std::ranges::sort(own);
  EXPECT_EQ(own, told);
  const std::size_t watched = fight.heard[1].size();
  EXPECT_GT(watched, 150u) << "of what others do most comes";
  EXPECT_LE(watched, 300u);
}

}  // namespace
}  // namespace tessera::client::testing
