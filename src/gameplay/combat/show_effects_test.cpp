// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "gameplay/combat/combat.h"
#include "gameplay/testing/arena.h"

namespace tessera::combat {
namespace {

/// Ability "curse_N" puts effect N on, for N seconds; of effect 9 it is for ever, up to three
/// times.
Rulebook curses() {
  Rulebook rules = arena_rules();
  for (std::uint16_t id = 1; id <= 9; ++id) {
    EffectDefinition effect;
    effect.id = {id};
    effect.name = "effect_" + std::to_string(id);
    effect.is_harmful = true;
    effect.duration_ticks = static_cast<std::uint16_t>(id == 9 ? 0 : id * kTicksPerSecond);
    effect.stacks_max = 3;
    effect.refresh = Refresh::Stack;
    rules.effects.add(std::move(effect));
    Outcome outcome;
    outcome.kind = OutcomeKind::ApplyEffect;
    outcome.effect = {id};
    AbilityDefinition ability = simple_ability(id, "curse_" + std::to_string(id), outcome);
    ability.on_global_cooldown = false;
    rules.abilities.add(std::move(ability));
  }
  return rules;
}

struct Cursed {
  void curse(int effect) { arena.use(ann, "curse_" + std::to_string(effect), orc); }
  const ShownEffects* shown() const {
    return std::as_const(arena.world.registry).get<ShownEffects>(orc);
  }

  Arena arena{curses()};
  EntityId ann = arena.player({100, 0, 100});
  EntityId orc = arena.monster({100, 0, 98});
};

TEST(ShowEffects, ShowsWhatRunsWithItsStacksAndItsEnd) {
  Cursed cursed;
  EXPECT_EQ(cursed.shown(), nullptr);
  cursed.curse(2);
  cursed.curse(9);
  cursed.curse(9);
  ASSERT_NE(cursed.shown(), nullptr);
  EXPECT_EQ(cursed.shown()->effects[0], 2);
  EXPECT_EQ(cursed.shown()->ends_at[0], 1u + 120);
  EXPECT_EQ(cursed.shown()->effects[1], 9);
  EXPECT_EQ(cursed.shown()->ends_at[1], 0u) << "until it is taken off";
  EXPECT_EQ(cursed.shown()->stacks[1], 2);
  EXPECT_EQ(cursed.shown()->effects[2], 0);
}

TEST(ShowEffects, ShowsNoMoreThanEightAndTheNextWhenOneEnds) {
  Cursed cursed;
  for (int effect = 1; effect <= 9; ++effect) cursed.curse(effect);
  EXPECT_EQ(cursed.shown()->effects.back(), 8);
  cursed.arena.world.step(kTicksPerSecond);
  EXPECT_EQ(cursed.shown()->effects.front(), 2);
  EXPECT_EQ(cursed.shown()->effects.back(), 9);
}

TEST(ShowEffects, IsWrittenOnlyWhenSomethingChanges) {
  Cursed cursed;
  cursed.curse(9);
  cursed.arena.world.step(2);
  const std::uint64_t since = cursed.arena.world.registry.version();
  cursed.arena.world.step(60);
  std::size_t written = 0;
  cursed.arena.world.registry.view<const ShownEffects>().chunks_changed_since(
      since, [&](std::span<const EntityId> entities, auto) { written += entities.size(); });
  EXPECT_EQ(written, 0u);
}

TEST(ShowEffects, OfTheDeadShowsNothing) {
  Cursed cursed;
  cursed.curse(5);
  cursed.arena.change<effects::RunningEffects>(cursed.orc) = {};
  cursed.arena.world.step();
  EXPECT_EQ(*cursed.shown(), ShownEffects{});
}

}  // namespace
}  // namespace tessera::combat
