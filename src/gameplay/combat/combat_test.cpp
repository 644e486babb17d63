// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/combat/combat.h"

#include <gtest/gtest.h>

#include "gameplay/testing/arena.h"

namespace tessera::combat {
namespace {

using math::Vec3;

constexpr Vec3 kHere{100, 0, 100};
constexpr Vec3 kAhead{100, 0, 98};
constexpr float kSouth = 3.1415f;

Outcome outcome_of(OutcomeKind kind, float amount = 0) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.amount = amount;
  return outcome;
}

Outcome effect_outcome(std::uint16_t effect) {
  Outcome outcome = outcome_of(OutcomeKind::ApplyEffect);
  outcome.effect = {effect};
  return outcome;
}

AbilityDefinition quick(std::uint16_t id, std::string name, Outcome outcome) {
  AbilityDefinition ability = simple_ability(id, std::move(name), outcome);
  ability.on_global_cooldown = false;
  return ability;
}

EffectDefinition effect(std::uint16_t id, std::uint16_t duration_ticks) {
  EffectDefinition definition;
  definition.id = {id};
  definition.name = "effect_" + std::to_string(id);
  definition.is_harmful = true;
  definition.duration_ticks = duration_ticks;
  return definition;
}

/// "hit": 10 damage; "curse": effect 1.
Rulebook with(EffectDefinition definition) {
  Rulebook rules = arena_rules();
  rules.abilities.add(quick(1, "hit", damage_of(10)));
  rules.abilities.add(quick(2, "curse", effect_outcome(1)));
  rules.effects.add(std::move(definition));
  return rules;
}

struct Duel {
  explicit Duel(Rulebook rules, float orc_heading = 0)
      : arena(std::move(rules)),
        ann(arena.player(kHere)),
        orc(arena.monster(kAhead, orc_heading)) {}
  Arena arena;
  EntityId ann;
  EntityId orc;
};

void set_base(Rulebook& rules, Stat stat, float value) {
  rules.stats.formulas[static_cast<std::size_t>(stat)].base = value;
}

TEST(Damage, NeverTakesMoreThanThereIsAndKills) {
  Rulebook rules = arena_rules();
  rules.abilities.add(quick(1, "blast", damage_of(250)));
  Duel duel(rules);
  duel.arena.use(duel.ann, "blast", duel.orc);
  EXPECT_EQ(duel.arena.health(duel.orc), 0);
  ASSERT_EQ(duel.arena.world.events<Died>().size(), 1u);
  EXPECT_EQ(duel.arena.world.events<Died>()[0].killer, duel.ann);
  EXPECT_EQ(duel.arena.world.get<Fighter>(duel.orc).life, Life::Dead);
  const auto events = duel.arena.world.events<CombatEvent>();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].amount, 100);
  EXPECT_NE(events[0].flags & kKilled, 0);
  EXPECT_EQ(duel.arena.world.get<Condition>(duel.orc).health, 0);
}

TEST(Damage, ScalesWithPowerAndLevel) {
  Rulebook rules = arena_rules();
  set_base(rules, Stat::AttackPower, 20);
  Outcome blow = damage_of(5);
  blow.per_attack_power = 0.5f;
  blow.per_level = 2;
  rules.abilities.add(quick(1, "hit", blow));
  Duel duel(rules);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 17);
}

TEST(Damage, IsHalvedByTheArmourThatHalvesIt) {
  Rulebook rules = with(effect(1, 60));
  set_base(rules, Stat::Armour, 340);  // 300 + 40 for level 1
  Duel duel(rules);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 5);
}

TEST(Damage, OfAnotherTypeMeetsItsOwnResistance) {
  Rulebook rules = arena_rules();
  set_base(rules, Stat::Armour, 340);
  set_base(rules, Stat::FireResistance, 1020);
  rules.abilities.add(quick(1, "burn", damage_of(20, DamageType::Fire)));
  Duel duel(rules);
  duel.arena.use(duel.ann, "burn", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 5);
}

TEST(Damage, IsDoubledByACriticalHit) {
  Rulebook rules = with(effect(1, 60));
  set_base(rules, Stat::CriticalChance, 1);
  Duel duel(rules);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 20);
  EXPECT_NE(duel.arena.world.events<CombatEvent>()[0].flags & kCritical, 0);
}

TEST(Damage, MissesAsOftenAsTheChanceSays) {
  Rulebook rules = with(effect(1, 60));
  set_base(rules, Stat::HitChance, 0.75f);
  set_base(rules, Stat::HealthMax, 1'000'000);
  Duel duel(rules);
  int missed = 0;
  for (int i = 0; i < 1000; ++i) {
    duel.arena.use(duel.ann, "hit", duel.orc);
    missed += static_cast<int>(duel.arena.count(CombatEventKind::Missed));
  }
  EXPECT_NEAR(missed, 250, 45);  // three standard deviations
}

TEST(Damage, FromBehindCountsMore) {
  Rulebook rules = arena_rules();
  Outcome stab = damage_of(10);
  stab.from_behind = 0.5f;
  rules.abilities.add(quick(1, "stab", stab));
  Duel faced(rules, kSouth);
  faced.arena.use(faced.ann, "stab", faced.orc);
  EXPECT_EQ(faced.arena.damage_to(faced.orc), 10);
  Duel behind(rules, 0);  // the orc looks north, away from Ann
  behind.arena.use(behind.ann, "stab", behind.orc);
  EXPECT_EQ(behind.arena.damage_to(behind.orc), 15);
}

TEST(Damage, ABlockBeginsAsAParryAndThenTakesItsShare) {
  Duel duel(with(effect(1, 60)), kSouth);
  const auto block_since = [&](TickNumber ago) {
    duel.arena.change<Fighter>(duel.orc).blocks_since = duel.arena.world.now + 1 - ago;
  };
  duel.arena.world.step(60);
  block_since(5);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.count(CombatEventKind::Parried), 1u);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 0);
  block_since(30);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 5);
  duel.arena.change<Heading>(duel.orc).radians = 0;  // a shield is of no use behind one
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 15);
}

TEST(Damage, DoesNotTouchWhoDodges) {
  Duel duel(with(effect(1, 60)));
  duel.arena.change<Fighter>(duel.orc).invulnerable_until = 100;
  duel.arena.use(duel.ann, "hit", duel.orc);
  duel.arena.use(duel.ann, "curse", duel.orc);
  EXPECT_EQ(duel.arena.count(CombatEventKind::Dodged), 1u);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 0);
  EXPECT_EQ(duel.arena.world.get<effects::RunningEffects>(duel.orc).count, 0u);
}

TEST(Damage, ShieldsTakeItFirst) {
  EffectDefinition shield = effect(1, 600);
  shield.is_harmful = false;
  shield.shield = 15;
  Rulebook rules = with(shield);
  AbilityDefinition ward = quick(3, "ward", effect_outcome(1));
  ward.shape.kind = ShapeKind::Self;
  ward.outcomes[0].to_self = true;
  rules.abilities.add(ward);
  Duel duel(rules);
  duel.arena.use(duel.orc, "ward");
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 0);
  EXPECT_EQ(duel.arena.world.events<CombatEvent>()[0].absorbed, 10);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 5);
  EXPECT_EQ(duel.arena.world.get<effects::RunningEffects>(duel.orc).count, 0u) << "used up";
}

TEST(Effects, TickAtTheirPeriodAndEnd) {
  EffectDefinition bleed = effect(1, 180);
  bleed.period_ticks = 60;
  bleed.periodic.push_back(damage_of(4));
  Duel duel(with(bleed));
  duel.arena.use(duel.ann, "curse", duel.orc);
  duel.arena.world.step(59);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 0);
  duel.arena.world.step();
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 4);
  duel.arena.world.step(300);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 12);
  EXPECT_EQ(duel.arena.world.get<effects::RunningEffects>(duel.orc).count, 0u);
}

TEST(Effects, ALongOneStillTicksAfterTheWheelHasTurned) {
  EffectDefinition slow = effect(1, 0);
  slow.period_ticks = 1500;  // more than a turn of the wheel
  slow.periodic.push_back(damage_of(4));
  Duel duel(with(slow));
  duel.arena.use(duel.ann, "curse", duel.orc);
  duel.arena.world.step(1499);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 0);
  duel.arena.world.step(1);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 4);
}

TEST(Effects, RefreshAsTheySay) {
  const auto left_after = [](Refresh refresh) {
    EffectDefinition definition = effect(1, 100);
    definition.refresh = refresh;
    definition.stacks_max = 3;
    Duel duel(with(definition));
    duel.arena.use(duel.ann, "curse", duel.orc);
    duel.arena.world.step(39);
    duel.arena.use(duel.ann, "curse", duel.orc);  // 60 ticks are left
    const auto& running = duel.arena.world.get<effects::RunningEffects>(duel.orc);
    EXPECT_EQ(running.count, 1u);
    EXPECT_EQ(running.all[0].stacks, refresh == Refresh::Stack ? 2 : 1);
    return running.all[0].ends_at - duel.arena.world.now;
  };
  EXPECT_EQ(left_after(Refresh::Restart), 100u);
  EXPECT_EQ(left_after(Refresh::Pandemic), 130u);
  EXPECT_EQ(left_after(Refresh::Stack), 100u);
  EXPECT_EQ(left_after(Refresh::Ignore), 60u);
}

TEST(Effects, ChangeStatsWhileTheyRun) {
  EffectDefinition weak = effect(1, 60);
  weak.modifiers.push_back({.stat = Stat::DamageTaken, .multiply = 2});
  Duel duel(with(weak));
  duel.arena.use(duel.ann, "curse", duel.orc);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 20);
  duel.arena.world.step(60);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 30);
}

TEST(Effects, AnAuraReachesFriendsNearAndNobodyElse) {
  EffectDefinition banner = effect(1, 600);
  banner.is_harmful = false;
  banner.period_ticks = 30;
  banner.aura_radius_m = 10;
  banner.aura = {2};
  Rulebook rules = with(banner);
  EffectDefinition courage = effect(2, 60);
  courage.is_harmful = false;
  rules.effects.add(courage);
  AbilityDefinition raise = quick(3, "raise", effect_outcome(1));
  raise.shape.kind = ShapeKind::Self;
  raise.outcomes[0].to_self = true;
  rules.abilities.add(raise);
  Duel duel(rules);
  const EntityId bob = duel.arena.player({105, 0, 100});
  const EntityId far = duel.arena.player({115, 0, 100});
  duel.arena.use(duel.ann, "raise");
  duel.arena.world.step(30);
  const auto count = [&](EntityId entity) {
    return duel.arena.world.get<effects::RunningEffects>(entity).count;
  };
  EXPECT_EQ(count(bob), 1u);
  EXPECT_EQ(count(far), 0u);
  EXPECT_EQ(count(duel.orc), 0u);
  EXPECT_EQ(count(duel.ann), 1u) << "the banner alone";
}

TEST(Control, AStunnedFighterCannotActUntilItEnds) {
  EffectDefinition stun = effect(1, 60);
  stun.control = kCannotAct | kCannotMove;
  stun.category = ControlCategory::Stun;
  Duel duel(with(stun));
  duel.arena.use(duel.ann, "curse", duel.orc);
  duel.arena.use(duel.orc, "hit", duel.ann);
  EXPECT_EQ(duel.arena.refusals(), std::vector{abilities::UseRefusal::Controlled});
  duel.arena.world.step(60);
  duel.arena.use(duel.orc, "hit", duel.ann);
  EXPECT_EQ(duel.arena.damage_to(duel.ann), 10);
}

TEST(Control, WearsOffWithinItsCategoryAndComesBackLater) {
  EffectDefinition stun = effect(1, 80);
  stun.control = kCannotAct;
  stun.category = ControlCategory::Stun;
  Duel duel(with(stun));
  const auto lasts = [&] {
    duel.arena.use(duel.ann, "curse", duel.orc);
    const auto& running = duel.arena.world.get<effects::RunningEffects>(duel.orc);
    const TickNumber ticks = running.count == 0 ? 0 : running.all[0].ends_at - duel.arena.world.now;
    duel.arena.world.step(100);
    return ticks;
  };
  EXPECT_EQ(lasts(), 80u);
  EXPECT_EQ(lasts(), 40u);
  EXPECT_EQ(lasts(), 20u);
  EXPECT_EQ(lasts(), 0u);
  duel.arena.world.step(15 * kTicksPerSecond);
  EXPECT_EQ(lasts(), 80u);
}

TEST(Control, RootsAndSlowsHoldAPlayerWhoWalks) {
  for (const bool roots : {true, false}) {
    EffectDefinition hold = effect(1, 600);
    if (roots) hold.control = kCannotMove;
    if (!roots) hold.modifiers.push_back({.stat = Stat::MoveSpeed, .multiply = 0.5f});
    Arena arena(with(hold));
    arena.world.intend(presence::EnterWorld{.session = {1},
                                            .character = {1},
                                            .account = {1},
                                            .position = kHere,
                                            .flags = presence::kHasSavedPosition,
                                            .class_id = Arena::kClass.value});
    arena.world.step();
    const EntityId ann = arena.world.events<presence::EnteredWorld>()[0].entity;
    arena.world.step();
    arena.use(arena.monster(kAhead), "curse", ann);
    for (std::uint32_t frame = 1; frame <= 60; ++frame) {
      movement::MoveInputs run{.entity = ann, .first_frame = frame, .count = 1};
      run.frames[0].move_x = 127;
      arena.world.intend(run);
      arena.world.step();
    }
    const float way = arena.world.get<Position>(ann).metres.x - kHere.x;
    EXPECT_NEAR(way, roots ? 0 : 2.75f, 0.2f);
  }
}

TEST(Control, SleepBreaksOnDamage) {
  EffectDefinition sleep = effect(1, 600);
  sleep.control = kCannotAct;
  sleep.breaks_on_damage = true;
  Duel duel(with(sleep));
  duel.arena.use(duel.ann, "curse", duel.orc);
  EXPECT_EQ(duel.arena.world.get<Fighter>(duel.orc).controls, kCannotAct);
  duel.arena.use(duel.ann, "hit", duel.orc);
  EXPECT_EQ(duel.arena.world.get<Fighter>(duel.orc).controls, 0);
}

TEST(Control, AnInterruptEndsACastAndSilences) {
  Rulebook rules = arena_rules();
  AbilityDefinition bolt = simple_ability(1, "bolt", damage_of(10, DamageType::Fire));
  bolt.cast_ticks = 120;
  bolt.is_spell = true;
  rules.abilities.add(bolt);
  Outcome kick = outcome_of(OutcomeKind::Interrupt);
  kick.ticks = 60;
  rules.abilities.add(quick(2, "kick", kick));
  Duel duel(rules);
  duel.arena.use(duel.orc, "bolt", duel.ann);
  duel.arena.world.step(60);
  duel.arena.use(duel.ann, "kick", duel.orc);
  EXPECT_EQ(duel.arena.count(CombatEventKind::Interrupted), 1u);
  duel.arena.use(duel.orc, "bolt", duel.ann);
  EXPECT_EQ(duel.arena.refusals(), std::vector{abilities::UseRefusal::Controlled});
  duel.arena.world.step(200);
  EXPECT_EQ(duel.arena.damage_to(duel.ann), 0);
}

TEST(Heal, NeverExceedsTheMaximum) {
  Rulebook rules = with(effect(1, 60));
  AbilityDefinition mend = quick(3, "mend", outcome_of(OutcomeKind::Heal, 30));
  mend.shape.reach = Reach::Friends;
  rules.abilities.add(mend);
  Duel duel(rules);
  duel.arena.use(duel.orc, "hit", duel.ann);
  duel.arena.use(duel.ann, "mend", duel.ann);
  EXPECT_EQ(duel.arena.damage_to(duel.ann), 0);
  EXPECT_EQ(duel.arena.world.events<CombatEvent>()[0].amount, 10);
}

TEST(Dispel, TakesHarmFromFriendsAndHelpFromEnemies) {
  EffectDefinition curse = effect(1, 600);
  curse.dispel = kDispelCurse;
  Rulebook rules = with(curse);
  Outcome cleanse = outcome_of(OutcomeKind::Dispel);
  cleanse.dispels = kDispelCurse;
  AbilityDefinition purify = quick(3, "purify", cleanse);
  purify.shape.reach = Reach::Everyone;
  rules.abilities.add(purify);
  Duel duel(rules);
  duel.arena.use(duel.ann, "curse", duel.orc);
  duel.arena.use(duel.ann, "purify", duel.orc);
  EXPECT_EQ(duel.arena.world.get<effects::RunningEffects>(duel.orc).count, 1u)
      << "an enemy takes off what helps";
  duel.arena.use(duel.orc, "purify", duel.orc);
  EXPECT_EQ(duel.arena.world.get<effects::RunningEffects>(duel.orc).count, 0u);
}

TEST(Regeneration, BringsHealthBackOnlyOutOfCombat) {
  Rulebook rules = with(effect(1, 60));
  set_base(rules, Stat::HealthRegeneration, 3);
  Duel duel(rules);
  duel.arena.use(duel.ann, "hit", duel.orc);
  duel.arena.world.step(rules.combat.combat_ticks - 1);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 10);
  duel.arena.world.step(60);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 7);
  duel.arena.world.step(600);
  EXPECT_EQ(duel.arena.damage_to(duel.orc), 0);
}

TEST(Rage, ComesFromBlowsGivenAndTaken) {
  Rulebook rules = with(effect(1, 60));
  Arena arena(rules);
  const EntityId ann = arena.player(kHere);
  const EntityId orc = arena.monster(kAhead);
  arena.change<Vitals>(ann).resource = 0;
  arena.use(ann, "hit", orc);
  EXPECT_EQ(arena.world.get<Vitals>(ann).resource, 0) << "this class has none";
}

// What a rule remembers beside the world's state must not matter.
TEST(Resolve, GoesOnTheSameAfterTheWorldWasRestored) {
  EffectDefinition bleed = effect(1, 600);
  bleed.period_ticks = 45;
  bleed.periodic.push_back(damage_of(3));
  Rulebook rules = with(bleed);
  Duel duel(rules);
  duel.arena.use(duel.ann, "curse", duel.orc);
  duel.arena.world.step(100);
  std::vector<std::byte> checkpoint;
  duel.arena.world.registry.serialise(checkpoint);
  Duel other(rules);
  ASSERT_TRUE(other.arena.world.registry.deserialise(checkpoint));
  other.arena.world.now = duel.arena.world.now;
  ++other.arena.world.generation.value;
  for (int i = 0; i < 600; ++i) {
    duel.arena.world.step();
    other.arena.world.step();
    ASSERT_EQ(duel.arena.world.registry.hash(), other.arena.world.registry.hash()) << i;
  }
  EXPECT_EQ(other.arena.damage_to(other.orc), 39);
}

}  // namespace
}  // namespace tessera::combat
