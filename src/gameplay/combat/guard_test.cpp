// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "gameplay/combat/combat.h"
#include "gameplay/testing/arena.h"

namespace tessera::combat {
namespace {

using math::Vec3;

constexpr Vec3 kHere{100, 0, 100};
constexpr Vec3 kNorth{100, 0, 98};
constexpr Vec3 kSouth{100, 0, 102};
constexpr std::uint8_t kBlock = movement::kButtonBlock;
constexpr std::uint8_t kDodge = movement::kButtonDodge;

Rulebook guard_rules() {
  Rulebook rules = arena_rules();
  AbilityDefinition hit = simple_ability(1, "hit", damage_of(10));
  hit.on_global_cooldown = false;
  hit.shape.range_m = 20;
  AbilityDefinition bolt = hit;
  bolt.id = {2};
  bolt.name = "bolt";
  bolt.cast_ticks = 60;
  rules.abilities.add(hit);
  rules.abilities.add(bolt);
  return rules;
}

/// Ann, who looks north, and an orc.
struct Bout {
  explicit Bout(Vec3 orc_place = kNorth) : arena(guard_rules()) {
    arena.world.intend(presence::EnterWorld{.session = {1},
                                            .character = {1},
                                            .account = {1},
                                            .position = kHere,
                                            .flags = presence::kHasSavedPosition,
                                            .class_id = Arena::kClass.value});
    arena.world.step();
    ann = arena.world.events<presence::EnteredWorld>()[0].entity;
    orc = arena.monster(orc_place);
    hold(0, 10);
  }
  void press(std::uint8_t buttons) {
    movement::MoveInputs inputs{.entity = ann, .first_frame = ++frame, .count = 1};
    inputs.frames[0].buttons = buttons;
    arena.world.intend(inputs);
  }
  void hold(std::uint8_t buttons, int ticks) {
    for (int i = 0; i < ticks; ++i) {
      press(buttons);
      arena.world.step();
    }
  }
  void is_hit(std::uint8_t buttons) {
    press(buttons);
    arena.use(orc, "hit", ann);
  }
  bool blocks() const { return arena.world.get<Fighter>(ann).blocks_since != 0; }
  std::uint8_t shown() const { return arena.world.get<Condition>(ann).flags; }

  Arena arena;
  EntityId ann;
  EntityId orc;
  std::uint32_t frame = 0;
};

TEST(StandGuard, ADodgeLetsABlowPass) {
  Bout bout;
  bout.is_hit(kDodge);
  EXPECT_EQ(bout.arena.world.events<RollBegan>().size(), 1u);
  EXPECT_EQ(bout.arena.count(CombatEventKind::Dodged), 1u);
  EXPECT_NE(bout.shown() & kShownDodges, 0);
  bout.hold(0, 13);
  bout.is_hit(0);
  EXPECT_EQ(bout.arena.count(CombatEventKind::Dodged), 1u) << "the fifteenth tick";
  bout.is_hit(0);
  EXPECT_EQ(bout.arena.damage_to(bout.ann), 10) << "still rolling, but too late";
  EXPECT_EQ(bout.shown() & kShownDodges, 0);
}

TEST(StandGuard, NobodyDodgesForEverByPressingFast) {
  Bout bout;
  std::size_t rolls = 0;
  for (int i = 0; i < 300; ++i) {
    bout.hold(i % 2 == 0 ? kDodge : 0, 1);
    rolls += bout.arena.world.events<RollBegan>().size();
  }
  EXPECT_EQ(rolls, 5u);
}

TEST(StandGuard, ABlockBegunInTimeParries) {
  Bout bout;
  bout.hold(kBlock, 3);
  EXPECT_NE(bout.shown() & kShownBlocks, 0);
  bout.is_hit(kBlock);
  EXPECT_EQ(bout.arena.count(CombatEventKind::Parried), 1u);
  EXPECT_EQ(bout.arena.damage_to(bout.ann), 0);
}

TEST(StandGuard, ALongHeldBlockTakesItsShare) {
  Bout bout;
  bout.hold(kBlock, 60);
  bout.is_hit(kBlock);
  EXPECT_EQ(bout.arena.damage_to(bout.ann), 5);
  bout.is_hit(0);
  EXPECT_EQ(bout.arena.damage_to(bout.ann), 15);
}

TEST(StandGuard, ABlockFromBehindDoesNotHelp) {
  Bout bout(kSouth);
  bout.hold(kBlock, 3);
  bout.is_hit(kBlock);
  EXPECT_EQ(bout.arena.damage_to(bout.ann), 10);
}

TEST(StandGuard, TheNextBlockTakesAMoment) {
  Bout bout;
  bout.hold(kBlock, 20);
  bout.hold(0, 1);
  bout.hold(kBlock, 29);
  EXPECT_FALSE(bout.blocks());
  bout.hold(kBlock, 1);
  EXPECT_TRUE(bout.blocks());
}

TEST(StandGuard, AnAbilityEndsTheBlockAndACastKeepsItDown) {
  Bout bout;
  bout.hold(kBlock, 20);
  bout.press(kBlock);
  bout.arena.use(bout.ann, "hit", bout.orc);
  EXPECT_FALSE(bout.blocks());
  bout.hold(kBlock, 30);
  EXPECT_TRUE(bout.blocks()) << "held, it comes back";
  bout.press(kBlock);
  bout.arena.use(bout.ann, "bolt", bout.orc);
  bout.hold(kBlock, 40);
  EXPECT_FALSE(bout.blocks());
}

TEST(StandGuard, ARollBreaksACastThatNeedsAStand) {
  Bout bout;
  bout.press(0);
  bout.arena.use(bout.ann, "bolt", bout.orc);
  EXPECT_TRUE(bout.arena.world.get<Casting>(bout.ann).ability);
  bout.hold(kDodge, 1);
  bout.hold(0, 2);
  EXPECT_FALSE(bout.arena.world.get<Casting>(bout.ann).ability);
}

TEST(StandGuard, TheHelplessAndTheDeadDoNot) {
  Bout bout;
  bout.arena.change<Fighter>(bout.ann).controls = kCannotAct;
  bout.hold(kBlock, 5);
  EXPECT_FALSE(bout.blocks());
  bout.arena.change<Fighter>(bout.ann).controls = 0;
  bout.arena.change<Fighter>(bout.ann).life = Life::Dead;
  bout.hold(kBlock | kDodge, 5);
  EXPECT_FALSE(bout.blocks());
  EXPECT_EQ(bout.arena.world.get<Fighter>(bout.ann).invulnerable_until, 0u);
}

}  // namespace
}  // namespace tessera::combat
