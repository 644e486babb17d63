// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Who is told which line of a fight; client/testing/combat_test.cpp has both ends.
#include "world/replication/combat/combat_feed.h"

#include <gtest/gtest.h>

#include <map>

#include "engine/core/random.h"
#include "engine/ecs/registry.h"
#include "engine/physics/collision_world.h"
#include "gameplay/movement/input_queue.h"
#include "gameplay/shared/components.h"
#include "world/replication/replication.h"

namespace tessera::replication {
namespace {

using combat::CombatEvent;
using protocol::CombatLine;
using protocol::CombatParty;
using Who = CombatParty::Who;

struct Sent {
  std::uint32_t number;
  bool at_once;
  std::size_t size;
  std::vector<CombatLine> lines;
};

class CombatFeedTest : public ::testing::Test, public SnapshotSink {
 protected:
  void send(SessionId session, std::uint32_t number, std::span<const std::byte> bytes,
            bool at_once) override {
    protocol::Snapshot snapshot;
    ASSERT_TRUE(read_snapshot(bytes, snapshot).has_value());
    sent_[session.value].push_back({number, at_once, bytes.size(), snapshot.combat});
  }
  EntityId create(float x, float z) {
    return registry_.create(Position{{x, 0, z}}, Heading{}, Velocity{}, Gesture{},
                            Appearance{.name = {}, .kind = EntityKind::Creature},
                            movement::InputQueue{});
  }
  EntityId player(std::uint64_t session, float x, float z) {
    PlayerControl control;
    control.session = {session};
    const EntityId entity = registry_.create(Position{{x, 0, z}}, Heading{}, Velocity{}, Gesture{},
                                             Appearance{.name = {}, .kind = EntityKind::Player},
                                             movement::InputQueue{}, control);
    replication_.open_view({session}, entity);
    return entity;
  }
  void step(std::span<const CombatEvent> events = {}) {
    registry_.advance_version();
    replication_.tell_combat(events, registry_);
    ++tick_;
    replication_.publish(tick_, tick_, registry_, *this);
  }
  void run(int ticks) {
    for (; ticks > 0; --ticks) step();
  }
  /// What has been sent to a session arrives, or is lost.
  void report(std::uint64_t session, bool arrived) {
    for (const Sent& sent : sent_[session]) {
      replication_.delivered({session}, sent.number, arrived);
    }
    sent_[session].clear();
  }
  std::vector<CombatLine> lines(std::uint64_t session) {
    std::vector<CombatLine> all;
    for (const Sent& sent : sent_[session]) {
      all.insert(all.end(), sent.lines.begin(), sent.lines.end());
    }
    return all;
  }
  /// Everybody is introduced, and nothing is on its way.
  void settle() {
    run(12);
    for (auto& [session, list] : sent_) report(session, true);
  }
  static CombatEvent hit(EntityId actor, EntityId target, std::int32_t amount = 10) {
    return {.actor = actor, .target = target, .amount = amount, .ability = {7}};
  }

  physics::CollisionWorld world_{{{0, 0}, {4096, 4096}}, physics::HeightField(), {}};
  ecs::Registry registry_{1};
  Replication replication_{{}, world_};
  std::map<std::uint64_t, std::vector<Sent>> sent_;
  TickNumber tick_ = 100;
};

TEST_F(CombatFeedTest, WhoFightsIsToldAtOnceAndWhoWatchesWithTheNextSnapshot) {
  const EntityId ann = player(1, 2048, 2048);
  const EntityId ben = player(2, 2050, 2048);
  player(3, 2060, 2048);
  player(4, 3000, 2048);
  settle();
  step(std::array{hit(ann, ben)});
  ASSERT_EQ(lines(1).size(), 1u);
  EXPECT_EQ(lines(1)[0].actor.who, Who::Viewer);
  EXPECT_EQ(lines(1)[0].target, (CombatParty{Who::Named, ben.index()}));
  EXPECT_EQ(lines(1)[0].amount, 10);
  EXPECT_EQ(lines(1)[0].ability, 7);
  EXPECT_TRUE(lines(1)[0].own);
  ASSERT_EQ(lines(2).size(), 1u);
  EXPECT_EQ(lines(2)[0].target.who, Who::Viewer);
  run(3);
  ASSERT_EQ(lines(3).size(), 1u);
  EXPECT_EQ(lines(3)[0].actor, (CombatParty{Who::Named, ann.index()}));
  EXPECT_FALSE(lines(3)[0].own);
  EXPECT_EQ(lines(1).size(), 1u) << "told once";
  EXPECT_TRUE(lines(4).empty()) << "a kilometre away";
}

TEST_F(CombatFeedTest, WhoSeesOnlyOneOfTwoIsToldOfSomebodyOutOfSight) {
  const EntityId archer = create(2048 + 170, 2048);
  const EntityId orc = create(2048 + 60, 2048);
  player(1, 2048, 2048);
  settle();
  step(std::array{hit(archer, orc)});
  run(3);
  ASSERT_EQ(lines(1).size(), 1u);
  EXPECT_EQ(lines(1)[0].actor.who, Who::OutOfSight);
  EXPECT_EQ(lines(1)[0].target.index, orc.index());
}

TEST_F(CombatFeedTest, WhatWasLostIsToldAgainOnlyToWhoFights) {
  const EntityId ann = player(1, 2048, 2048);
  const EntityId orc = create(2050, 2048);
  player(2, 2050, 2050);
  settle();
  step(std::array{hit(ann, orc)});
  run(3);
  const std::uint8_t number = lines(1).at(0).number;
  EXPECT_EQ(lines(2).size(), 1u);
  report(1, false);
  report(2, false);
  run(3);
  ASSERT_EQ(lines(1).size(), 1u);
  EXPECT_EQ(lines(1)[0].number, number);
  EXPECT_TRUE(lines(2).empty());
  report(1, true);
  run(6);
  EXPECT_TRUE(lines(1).empty());
}

TEST_F(CombatFeedTest, ThreatIsNobodysBusiness) {
  const EntityId ann = player(1, 2048, 2048);
  const EntityId orc = create(2050, 2048);
  settle();
  CombatEvent taunt = hit(ann, orc, 0);
  taunt.kind = combat::CombatEventKind::Threat;
  taunt.threat = 100;
  step(std::array{taunt});
  run(3);
  EXPECT_TRUE(lines(1).empty());
}

TEST_F(CombatFeedTest, ABattleOfOthersTakesNoMoreThanItsShare) {
  std::vector<CombatEvent> battle;
  for (int i = 0; i < 60; ++i) {
    const EntityId one = create(2040.0f + static_cast<float>(i % 8), 2050);
    battle.push_back(hit(one, create(2040, 2052), 1000 + i));
  }
  const EntityId ann = player(1, 2048, 2048);
  settle();
  battle.push_back(hit(battle[0].actor, ann));
  step(battle);
  run(3);
  const std::vector<CombatLine> told = lines(1);
  EXPECT_GE(told.size(), 12u);
  EXPECT_LE(told.size(), 22u);
  EXPECT_EQ(std::ranges::count(told, true, &CombatLine::own), 1);
}

TEST_F(CombatFeedTest, InNoBattleAClientGetsMoreThanItsCap) {
  RandomStream random(3);
  std::vector<EntityId> crowd;
  for (int i = 0; i < 400; ++i) {
    crowd.push_back(create(2048 + random.between(-40, 40), 2048 + random.between(-40, 40)));
  }
  const EntityId ann = player(1, 2048, 2048);
  for (int second = 0; second < 8; ++second) {
    std::size_t bytes = 0;
    for (int tick = 0; tick < 60; ++tick) {
      registry_.view<Position>().each(
          [&](Position& position) { position.metres.x += random.chance(0.5f) ? 0.1f : -0.1f; });
      std::vector<CombatEvent> events;
      for (int i = 0; i < 12; ++i) {
        events.push_back(hit(crowd[random.below(400)], ann, 100'000));
        events.push_back(hit(crowd[random.below(400)], crowd[random.below(400)], 100'000));
      }
      step(events);
      for (const Sent& sent : sent_[1]) bytes += sent.size + 68;
      report(1, true);
    }
    EXPECT_LE(bytes, 24'000u) << second;
    EXPECT_GE(bytes, 18'000u) << "the crowd is still seen, second " << second;
  }
}

TEST_F(CombatFeedTest, WhoConfirmsNothingLosesTheOldest) {
  const EntityId ann = player(1, 2048, 2048);
  const EntityId orc = create(2050, 2048);
  settle();
  for (int i = 0; i < 100; ++i) step(std::array{hit(orc, ann, i + 1)});
  report(1, false);
  run(12);
  const std::vector<CombatLine> told = lines(1);
  ASSERT_EQ(told.size(), protocol::kCombatWaitingMax);
  EXPECT_EQ(told.front().amount, 37);
  EXPECT_EQ(told.back().amount, 100);
}

}  // namespace
}  // namespace tessera::replication
