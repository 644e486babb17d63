// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/pvp/pvp.h"

#include <gtest/gtest.h>

#include "gameplay/testing/arena.h"

namespace tessera::pvp {
namespace {

using abilities::UseRefusal;
using combat::Life;

/// "hit": 40 damage, "slay": 500, "mend": 20 healing; factors between players are 1.
Rulebook rules_between_players() {
  Rulebook rules = arena_rules();
  const auto add = [&](std::uint16_t id, std::string name, Outcome outcome, Reach reach) {
    AbilityDefinition ability = simple_ability(id, std::move(name), outcome);
    ability.shape.reach = reach;
    ability.shape.range_m = 30;
    ability.on_global_cooldown = false;
    rules.abilities.add(std::move(ability));
  };
  add(1, "hit", damage_of(40), Reach::Enemies);
  add(2, "slay", damage_of(500), Reach::Enemies);
  Outcome heals;
  heals.kind = OutcomeKind::Heal;
  heals.amount = 20;
  add(3, "mend", heals, Reach::Friends);
  rules.pvp.damage = 1;
  rules.pvp.healing = 1;
  return rules;
}

struct Meeting {
  explicit Meeting(Rulebook rules = rules_between_players(), std::uint32_t level = 5)
      : arena(std::move(rules)) {
    ann = arena.enter(1, {100, 0, 100}, level);
    bob = arena.enter(2, {100, 0, 96}, 5);
  }
  void flag(EntityId entity, bool up = true, std::uint32_t banner = 0) {
    arena.world.intend(
        SetFlag{.entity = entity, .action = 1, .is_up = up ? 1u : 0u, .banner = banner});
    arena.world.step();
  }
  void wish(EntityId entity, DuelWish what, EntityId target = {}) {
    arena.world.intend(WishDuel{.entity = entity, .target = target, .action = 1, .wish = what});
    arena.world.step();
  }
  void duel() {
    wish(ann, DuelWish::Challenge, bob);
    wish(bob, DuelWish::Accept);
    arena.world.step(static_cast<int>(arena.rules().pvp.duel_countdown_ticks) + 1);
  }
  const Duel& of(EntityId entity) const { return arena.world.get<Duel>(entity); }
  std::uint32_t honour(EntityId entity) const { return arena.world.get<Renown>(entity).honour; }

  Arena arena;
  EntityId ann;
  EntityId bob;
};

TEST(Flags, OnlyThoseWhoBothRaisedThemHurtEachOther) {
  Meeting meeting;
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.refusals(), std::vector{UseRefusal::NoTarget});
  meeting.flag(meeting.ann);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.refusals(), std::vector{UseRefusal::NoTarget});
  meeting.flag(meeting.bob);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.damage_to(meeting.bob), 40);
}

TEST(Flags, OfOneBannerAreFriends) {
  Meeting meeting;
  const EntityId eve = meeting.arena.enter(3, {98, 0, 96});
  meeting.flag(meeting.ann, true, 1);
  meeting.flag(meeting.bob, true, 1);
  meeting.flag(eve, true, 2);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.refusals(), std::vector{UseRefusal::NoTarget});
  meeting.arena.use(meeting.ann, "hit", eve);
  EXPECT_EQ(meeting.arena.damage_to(eve), 40);
  meeting.flag(eve, true, 1);
  ASSERT_EQ(meeting.arena.world.events<PvpRefused>().size(), 1u) << "not in the middle of a fight";
  EXPECT_EQ(meeting.arena.world.events<PvpRefused>()[0].reason, PvpRefusal::Busy);
  EXPECT_EQ(meeting.arena.world.get<Condition>(eve).marks, kMarkFlagged | 2 << kMarkBannerShift);
}

TEST(Flags, FallSomeTimeAfterTheyWereTakenDownAndNotInAFight) {
  Meeting meeting;
  meeting.flag(meeting.ann);
  meeting.flag(meeting.bob);
  meeting.flag(meeting.ann, false);
  const auto ticks = static_cast<int>(meeting.arena.rules().pvp.flag_ticks);
  meeting.arena.world.step(ticks - 10);
  EXPECT_EQ(meeting.arena.world.get<combat::Fighter>(meeting.ann).is_flagged, 1);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  meeting.arena.world.step(ticks - 10);
  EXPECT_EQ(meeting.arena.world.get<combat::Fighter>(meeting.ann).is_flagged, 1);
  meeting.arena.world.step(20);
  EXPECT_EQ(meeting.arena.world.get<combat::Fighter>(meeting.ann).is_flagged, 0);
}

TEST(Flags, WhoHealsAFlaggedFighterIsFlagged) {
  Meeting meeting;
  const EntityId eve = meeting.arena.enter(3, {98, 0, 96});
  meeting.flag(meeting.ann);
  meeting.flag(meeting.bob);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  meeting.arena.use(eve, "mend", meeting.bob);
  EXPECT_EQ(meeting.arena.world.get<combat::Fighter>(eve).is_flagged, 1);
  EXPECT_EQ(meeting.arena.world.get<Condition>(eve).marks, kMarkFlagged);
  ASSERT_EQ(meeting.arena.world.events<FlagSet>().size(), 1u);
  EXPECT_EQ(meeting.arena.world.events<FlagSet>()[0].entity, eve);
  meeting.arena.use(eve, "mend", meeting.bob);
  EXPECT_TRUE(meeting.arena.world.events<FlagSet>().empty()) << "it is no news any more";
}

TEST(Flags, MarksShowWhoIsFlaggedAndWhoIsInADuel) {
  Meeting meeting;
  const auto marks = [&](EntityId entity) {
    return meeting.arena.world.get<Condition>(entity).marks;
  };
  EXPECT_EQ(marks(meeting.ann), 0);
  meeting.flag(meeting.ann);
  EXPECT_EQ(marks(meeting.ann), kMarkFlagged);
  meeting.duel();
  EXPECT_EQ(marks(meeting.ann), kMarkFlagged | kMarkDuels);
  EXPECT_EQ(marks(meeting.bob), kMarkDuels);
}

TEST(Flags, FactorsBetweenPlayersHaveTheirOwnTable) {
  Rulebook rules = rules_between_players();
  rules.pvp.damage = 0.5f;
  rules.pvp.abilities = {{AbilityId{1}, 0.5f}};
  Meeting meeting(rules);
  meeting.flag(meeting.ann);
  meeting.flag(meeting.bob);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.damage_to(meeting.bob), 10);
}

TEST(Flags, WhoIsFarAboveHurtsLess) {
  Rulebook rules = rules_between_players();
  rules.pvp.level_gap = 4;
  rules.pvp.less_per_level_above = 0.1f;
  Meeting meeting(rules, 14);  // nine above: five too many
  meeting.flag(meeting.ann);
  meeting.flag(meeting.bob);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.damage_to(meeting.bob), 20);
}

TEST(Honour, IsLessForTheSameEnemyEachTimeUntilItIsForgotten) {
  Meeting meeting;
  meeting.flag(meeting.ann);
  meeting.flag(meeting.bob);
  const auto kill = [&] {
    meeting.arena.change<combat::Fighter>(meeting.bob).life = Life::Alive;
    meeting.arena.change<combat::Vitals>(meeting.bob).health = 10;
    meeting.arena.change<Position>(meeting.bob).metres = {100, 0, 96};
    const std::uint32_t before = meeting.honour(meeting.ann);
    meeting.arena.use(meeting.ann, "slay", meeting.bob);
    return meeting.honour(meeting.ann) - before;
  };
  EXPECT_EQ(kill(), 100u);
  EXPECT_EQ(kill(), 50u);
  EXPECT_EQ(kill(), 25u);
  meeting.arena.change<combat::Fighter>(meeting.bob).life = Life::Alive;
  meeting.arena.world.step(static_cast<int>(meeting.arena.rules().pvp.honour_forget_ticks) + 1);
  EXPECT_EQ(kill(), 100u);
}

TEST(Honour, ThereIsNoneForTheWeak) {
  Meeting meeting(rules_between_players(), 20);
  meeting.flag(meeting.ann);
  meeting.flag(meeting.bob);
  meeting.arena.use(meeting.ann, "slay", meeting.bob);
  EXPECT_FALSE(meeting.arena.world.get<combat::Fighter>(meeting.bob).life == Life::Alive);
  EXPECT_EQ(meeting.honour(meeting.ann), 0u);
}

TEST(Duels, BeginAfterAnAnswerAndACountdown) {
  Meeting meeting;
  meeting.wish(meeting.ann, DuelWish::Challenge, meeting.bob);
  EXPECT_EQ(meeting.of(meeting.bob).state, DuelState::IsAsked);
  meeting.wish(meeting.bob, DuelWish::Accept);
  EXPECT_EQ(meeting.of(meeting.ann).state, DuelState::Countdown);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.refusals(), std::vector{UseRefusal::NoTarget}) << "not yet";
  meeting.arena.world.step(static_cast<int>(meeting.arena.rules().pvp.duel_countdown_ticks));
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.damage_to(meeting.bob), 40);
}

TEST(Duels, AreNotAboutLife) {
  Meeting meeting;
  meeting.duel();
  meeting.arena.use(meeting.ann, "slay", meeting.bob);
  EXPECT_EQ(meeting.arena.health(meeting.bob), 1);
  ASSERT_EQ(meeting.arena.world.events<DuelEnded>().size(), 1u);
  EXPECT_EQ(meeting.arena.world.events<DuelEnded>()[0].winner, meeting.ann);
  EXPECT_EQ(meeting.arena.world.events<DuelEnded>()[0].end, DuelEnd::Yielded);
  EXPECT_EQ(meeting.of(meeting.bob).state, DuelState::None);
  meeting.arena.use(meeting.ann, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.refusals(), std::vector{UseRefusal::NoTarget}) << "it is over";
}

TEST(Duels, AreNobodyElsesBusiness) {
  Meeting meeting;
  const EntityId eve = meeting.arena.enter(3, {98, 0, 96});
  meeting.duel();
  meeting.arena.use(eve, "hit", meeting.bob);
  EXPECT_EQ(meeting.arena.refusals(), std::vector{UseRefusal::NoTarget});
}

TEST(Duels, WhoLeavesTheCircleForTooLongHasLost) {
  Meeting meeting;
  meeting.duel();
  meeting.arena.change<Position>(meeting.bob).metres = {100, 0, 160};
  meeting.arena.world.step(60);
  EXPECT_EQ(meeting.of(meeting.bob).state, DuelState::Fights) << "he may come back";
  meeting.arena.world.step(static_cast<int>(meeting.arena.rules().pvp.duel_flee_ticks));
  EXPECT_EQ(meeting.of(meeting.ann).state, DuelState::None);
  EXPECT_EQ(meeting.of(meeting.bob).state, DuelState::None);
}

TEST(Duels, CanBeDeclinedAndLapse) {
  Meeting meeting;
  meeting.wish(meeting.ann, DuelWish::Challenge, meeting.bob);
  meeting.wish(meeting.bob, DuelWish::Decline);
  EXPECT_EQ(meeting.of(meeting.ann).state, DuelState::None);
  meeting.wish(meeting.ann, DuelWish::Challenge, meeting.bob);
  meeting.arena.world.step(static_cast<int>(meeting.arena.rules().pvp.duel_ask_ticks) + 1);
  EXPECT_EQ(meeting.of(meeting.ann).state, DuelState::None);
  EXPECT_EQ(meeting.of(meeting.bob).state, DuelState::None);
}

TEST(Duels, EndWhenOneLeavesTheWorld) {
  Meeting meeting;
  meeting.duel();
  meeting.arena.world.intend(presence::LeaveWorld{.session = {2}});
  meeting.arena.world.step(2);
  EXPECT_EQ(meeting.of(meeting.ann).state, DuelState::None);
  EXPECT_EQ(meeting.arena.world.get<combat::Fighter>(meeting.ann).duel, 0u);
}

TEST(Duels, AreRefusedWithAReason) {
  Meeting meeting;
  const auto refusal = [&] { return meeting.arena.world.events<PvpRefused>()[0].reason; };
  meeting.wish(meeting.ann, DuelWish::Accept);
  EXPECT_EQ(refusal(), PvpRefusal::NotAsked);
  meeting.wish(meeting.ann, DuelWish::Challenge, meeting.ann);
  EXPECT_EQ(refusal(), PvpRefusal::NoTarget);
  meeting.arena.change<Position>(meeting.bob).metres = {100, 0, 160};
  meeting.wish(meeting.ann, DuelWish::Challenge, meeting.bob);
  EXPECT_EQ(refusal(), PvpRefusal::TooFar);
  meeting.arena.change<Position>(meeting.bob).metres = {100, 0, 96};
  meeting.arena.change<combat::Fighter>(meeting.bob).in_combat_until = 1'000'000;
  meeting.wish(meeting.ann, DuelWish::Challenge, meeting.bob);
  EXPECT_EQ(refusal(), PvpRefusal::Busy);
}

}  // namespace
}  // namespace tessera::pvp
