// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/presence/presence.h"

#include <gtest/gtest.h>

#include <limits>

#include "gameplay/presence/entry_place.h"
#include "gameplay/testing/arena.h"

namespace tessera::presence {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

EnterWorld entering(std::uint64_t session, std::uint64_t character) {
  return {.session = {session}, .character = {character}, .account = {character}};
}

std::vector<EnterRefusal> refusals(const TestWorld& world) {
  std::vector<EnterRefusal> reasons;
  for (const EnterRefused& refused : world.events<EnterRefused>())
    reasons.push_back(refused.reason);
  return reasons;
}

TEST(EnterWorld, SpawnsACharacterWithAllThatAPlayerHas) {
  TestWorld world;
  world.intend(EnterWorld{.session = {11},
                          .character = {22},
                          .account = {33},
                          .name = FixedString<kNameBytesMax>("Berta"),
                          .position = {50, 0, 60},
                          .heading = 1.5f,
                          .look = 44,
                          .flags = kHasSavedPosition});
  world.step();
  ASSERT_EQ(world.events<EnteredWorld>().size(), 1u);
  const EnteredWorld& entered = world.events<EnteredWorld>()[0];
  EXPECT_EQ(entered.session, SessionId{11});
  EXPECT_EQ(entered.character, CharacterId{22});
  EXPECT_EQ(entered.position, (math::Vec3{50, 0, 60}));
  const EntityId berta = entered.entity;
  EXPECT_EQ(world.get<Position>(berta).metres, (math::Vec3{50, 0, 60}));
  EXPECT_EQ(world.get<Heading>(berta).radians, 1.5f);
  EXPECT_EQ(world.get<Velocity>(berta).grounded, 1u);
  EXPECT_EQ(world.get<Appearance>(berta).name.view(), "Berta");
  EXPECT_EQ(world.get<Appearance>(berta).look, 44u);
  EXPECT_EQ(world.get<Appearance>(berta).kind, EntityKind::Player);
  EXPECT_EQ(world.get<PlayerControl>(berta).account, AccountId{33});
  EXPECT_EQ(world.get<PlayerControl>(berta).entered_at, world.now);
  EXPECT_EQ(world.get<Gesture>(berta).emote, 0u);
  EXPECT_EQ(world.get<movement::InputQueue>(berta).last_applied, 0u);
}

TEST(EnterWorld, UsesASpawnPointWithoutASavedPosition) {
  TestWorld world;
  const EntityId ann = world.enter(1);
  EXPECT_LT(distance(world.get<Position>(ann).metres, {128, 0, 128}), 6);
}

TEST(EnterWorld, UsesASpawnPointWhenTheSavedPositionIsNotFreeAnyMore) {
  ZoneDefinition zone = test_zone();
  zone.boxes = {{{50, 2, 50}, {3, 2, 3}, 0}};
  TestWorld world(zone);
  std::uint64_t character = 0;
  for (const math::Vec3 place :
       {math::Vec3{50, 0, 50}, math::Vec3{-5, 0, 50}, math::Vec3{50, 0, 9000},
        math::Vec3{60, -3, 60}, math::Vec3{kNan, 0, 60}, math::Vec3{60, kNan, 60},
        math::Vec3{60, 0, kInfinity}, math::Vec3{60, -kInfinity, 60}}) {
    const EntityId entity = world.enter(++character, place);
    const math::Vec3 position = world.get<Position>(entity).metres;
    EXPECT_TRUE(world.collision.is_free(position, {})) << character;
    if (character != 4 && character != 6 && character != 8) {  // those only lose their height
      EXPECT_LT(distance(position, {128, 0, 128}), 6) << character;
    }
  }
}

TEST(EnterWorld, StandsOnWhatIsBelowTheSavedPosition) {
  ZoneDefinition zone = test_zone();
  zone.boxes = {{{50, 1, 50}, {3, 1, 3}, 0}};
  TestWorld world(zone);
  EXPECT_EQ(world.get<Position>(world.enter(1, math::Vec3{50, 2.5f, 50})).metres.y, 2);
  EXPECT_EQ(world.get<Position>(world.enter(2, math::Vec3{60, 1.2f, 60})).metres.y, 0);
  EXPECT_EQ(world.get<Position>(world.enter(3, math::Vec3{60, kInfinity, 60})).metres.y, 0);
}

TEST(EnterWorld, WrapsABrokenHeading) {
  TestWorld world;
  EnterWorld intent = entering(1, 1);
  intent.position = {50, 0, 50};
  intent.heading = kNan;
  intent.flags = kHasSavedPosition;
  world.intend(intent);
  world.step();
  EXPECT_EQ(world.events<EnteredWorld>()[0].heading, 0);
}

TEST(EnterWorld, RefusesASecondEntryOfACharacterOrASession) {
  TestWorld world;
  world.intend(entering(1, 1));
  world.intend(entering(2, 1));  // in the same tick
  world.intend(entering(1, 2));
  world.step();
  EXPECT_EQ(world.events<EnteredWorld>().size(), 1u);
  EXPECT_EQ(refusals(world),
            (std::vector{EnterRefusal::AlreadyInWorld, EnterRefusal::AlreadyInWorld}));
  world.intend(entering(3, 1));  // in a later one
  world.step();
  EXPECT_EQ(refusals(world), std::vector{EnterRefusal::AlreadyInWorld});
  EXPECT_EQ(world.registry.size(), 1u);
}

TEST(EnterWorld, RefusesWhenTheWorldIsFullUntilSomebodyLeaves) {
  ZoneDefinition zone = test_zone();
  zone.players_max = 2;
  TestWorld world(zone);
  for (std::uint64_t i = 1; i <= 3; ++i) world.intend(entering(i, i));
  world.step();
  EXPECT_EQ(world.events<EnteredWorld>().size(), 2u);
  EXPECT_EQ(refusals(world), std::vector{EnterRefusal::WorldFull});
  world.intend(LeaveWorld{.session = {1}});
  world.intend(entering(3, 3));
  world.step();
  EXPECT_EQ(world.events<EnteredWorld>().size(), 1u);
}

TEST(EnterWorld, RefusesASessionThatEndsInTheSameTick) {
  TestWorld world;
  world.intend(entering(1, 1));
  world.intend(LeaveWorld{.session = {1}});
  world.step();
  EXPECT_EQ(refusals(world), std::vector{EnterRefusal::SessionClosed});
  EXPECT_EQ(world.registry.size(), 0u);
}

TEST(EnterWorld, RefusesWhatIsNoCharacter) {
  TestWorld world;
  world.intend(entering(1, 0));
  world.intend(entering(0, 1));
  world.step();
  EXPECT_EQ(refusals(world),
            (std::vector{EnterRefusal::NotACharacter, EnterRefusal::NotACharacter}));
}

TEST(EnterWorld, LetsInACharacterWhoseOldSessionEndsInTheSameTick) {
  TestWorld world;
  const EntityId before = world.enter(1);
  world.intend(LeaveWorld{.session = {1}});
  world.intend(entering(2, 1));
  world.step();
  EXPECT_EQ(world.events<LeftWorld>().size(), 1u);
  ASSERT_EQ(world.events<EnteredWorld>().size(), 1u);
  EXPECT_NE(world.events<EnteredWorld>()[0].entity, before);
  EXPECT_FALSE(world.registry.alive(before));
  EXPECT_EQ(world.registry.size(), 1u);
}

TEST(EnterWorld, SpreadsACrowdOverFreePlacesRoundTheSpawnPoints) {
  ZoneDefinition zone = test_zone();
  zone.spawn_points = {{{60, 60}, 1}, {{200, 200}, 2}};
  zone.boxes = {{{62, 1, 60}, {1, 1, 1}, 0.5f}, {{200, 1, 203}, {2, 1, 0.5f}, 0}};
  TestWorld world(zone);
  for (std::uint64_t i = 1; i <= 200; ++i) world.intend(entering(i, i));
  world.step();
  int at_first = 0;
  for (const EnteredWorld& entered : world.events<EnteredWorld>()) {
    EXPECT_TRUE(world.collision.is_free(entered.position, {}));
    at_first += entered.heading == 1 ? 1 : 0;
  }
  EXPECT_GT(at_first, 60);
  EXPECT_LT(at_first, 140);
}

TEST(EnterWorld, UsesTheSpawnPointItselfWhenNothingRoundItIsFree) {
  ZoneDefinition zone = test_zone();
  zone.boxes = {{{128, 5, 122}, {12, 5, 5}, 0},
                {{128, 5, 134}, {12, 5, 5}, 0},
                {{122, 5, 128}, {5, 5, 12}, 0},
                {{134, 5, 128}, {5, 5, 12}, 0}};
  TestWorld world(zone);
  for (std::uint64_t i = 1; i <= 20; ++i) {
    EXPECT_LT(distance(world.get<Position>(world.enter(i)).metres, {128, 0, 128}), 1);
  }
}

TEST(LeaveWorld, TellsTheFinalStateAndRemovesTheCharacter) {
  TestWorld world;
  const EntityId ann = world.enter(7, math::Vec3{50, 0, 60});
  world.step(99);
  world.intend(LeaveWorld{.session = {7}, .reason = 5});
  world.step();
  ASSERT_EQ(world.events<LeftWorld>().size(), 1u);
  const LeftWorld& left = world.events<LeftWorld>()[0];
  EXPECT_EQ(left.session, SessionId{7});
  EXPECT_EQ(left.entity, ann);
  EXPECT_EQ(left.character, CharacterId{7});
  EXPECT_EQ(left.account, AccountId{7});
  EXPECT_EQ(left.position, (math::Vec3{50, 0, 60}));
  EXPECT_EQ(left.play_ticks, 100u);
  EXPECT_EQ(left.reason, 5u);
  EXPECT_FALSE(world.registry.alive(ann));
}

TEST(LeaveWorld, TellsARepeatedLeaveOnceAndAnUnknownSessionNever) {
  TestWorld world;
  world.enter(1);
  world.intend(LeaveWorld{.session = {1}});
  world.intend(LeaveWorld{.session = {1}});
  world.intend(LeaveWorld{.session = {2}});
  world.step();
  EXPECT_EQ(world.events<LeftWorld>().size(), 1u);
  world.intend(LeaveWorld{.session = {1}});
  world.step();
  EXPECT_TRUE(world.events<LeftWorld>().empty());
}

struct InAFight {
  InAFight() : arena(arena_rules()) {
    ann = arena.enter(1, {100, 0, 100});
    arena.change<combat::Fighter>(ann).in_combat_until = 1'000'000;
    arena.change<combat::Vitals>(ann).health = 40;
  }
  void leave(bool may_stay) {
    arena.world.intend(LeaveWorld{.session = {1}, .may_stay = may_stay ? 1u : 0u});
    arena.world.step();
  }
  bool is_there() const {
    return std::as_const(arena.world.registry).get<PlayerControl>(ann) != nullptr;
  }
  Arena arena;
  EntityId ann;
};

TEST(StayingBehind, WhoLeavesInAFightCanBeHurtForAWhile) {
  InAFight fight;
  fight.leave(true);
  EXPECT_TRUE(fight.is_there());
  EXPECT_EQ(fight.arena.world.events<StayedBehind>().size(), 1u);
  EXPECT_TRUE(fight.arena.world.events<LeftWorld>().empty());
  fight.arena.world.step(static_cast<int>(kStayTicks) - 1);
  EXPECT_TRUE(fight.is_there());
  fight.arena.world.step();
  EXPECT_FALSE(fight.is_there());
  ASSERT_EQ(fight.arena.world.events<LeftWorld>().size(), 1u);
  EXPECT_EQ(fight.arena.world.events<LeftWorld>()[0].session, SessionId{1});
}

TEST(StayingBehind, WhoIsSentAwayOrFightsNobodyGoesAtOnce) {
  InAFight fight;
  fight.leave(false);
  EXPECT_FALSE(fight.is_there());
  InAFight peace;
  peace.arena.change<combat::Fighter>(peace.ann).in_combat_until = 0;
  peace.leave(true);
  EXPECT_FALSE(peace.is_there());
}

TEST(StayingBehind, WhoComesBackInTimeGoesOnAsHeStands) {
  InAFight fight;
  fight.leave(true);
  fight.arena.world.step(100);
  fight.arena.world.intend(
      EnterWorld{.session = {7}, .character = {1}, .account = {1}, .level = 1});
  fight.arena.world.step();
  ASSERT_EQ(fight.arena.world.events<EnteredWorld>().size(), 1u);
  EXPECT_EQ(fight.arena.world.events<EnteredWorld>()[0].entity, fight.ann);
  EXPECT_EQ(fight.arena.world.events<TakenOver>()[0].old_session, SessionId{1});
  EXPECT_EQ(fight.arena.health(fight.ann), 40) << "nothing is healed by that";
  fight.arena.world.step(static_cast<int>(kStayTicks));
  EXPECT_TRUE(fight.is_there());
}

}  // namespace
}  // namespace tessera::presence
