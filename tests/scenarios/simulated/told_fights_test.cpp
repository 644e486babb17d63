// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One blesses another behind bad lines while a third watches: all of them are told of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "gameplay/testing/arena.h"
#include "simulated_zone.h"

namespace tessera::scenarios {
namespace {

using client::CombatHappened;
using combat::CombatEventKind;
using math::Vec3;

constexpr Vec3 kHere{256, 0, 256};
constexpr std::uint16_t kBlessing = 7;  ///< the ability and its effect
constexpr ClassId kPriest{3};

/// A second to cast, two seconds to last.
ZoneDefinition blessed_zone() {
  Rulebook rules = arena_rules();
  EffectDefinition effect;
  effect.id = {kBlessing};
  effect.name = "blessing";
  effect.duration_ticks = 120;
  rules.effects.add(effect);
  Outcome outcome;
  outcome.kind = OutcomeKind::ApplyEffect;
  outcome.effect = {kBlessing};
  AbilityDefinition bless = simple_ability(kBlessing, "bless", outcome);
  bless.shape.reach = Reach::Friends;
  bless.cast_ticks = 60;
  rules.abilities.add(bless);
  ClassDefinition priest;
  priest.id = kPriest;
  priest.name = "priest";
  priest.abilities = {{{kBlessing}, 1}};
  rules.classes.add(priest);
  ZoneDefinition zone;
  zone.name = "flat";
  zone.bounds = {{0, 0}, {512, 512}};
  zone.spawn_points = {{{256, 256}, 0}};
  zone.rules = std::make_shared<const Rulebook>(std::move(rules));
  return zone;
}

/// What one of the three has seen.
struct Seen {
  std::vector<CombatHappened> lines;
  int frames_with_cast = 0;
  int frames_with_effect = 0;

  std::ptrdiff_t count(CombatEventKind kind) const {
    return std::ranges::count(lines, kind, &CombatHappened::kind);
  }
};

TEST(ToldFights, ACastItsEffectAndTheEndOfItAreSeenByAllThree) {
  SimulatedZone zone(blessed_zone(), {.loss_percent = 5, .delay_ms = 60, .jitter_ms = 10}, 11);
  zone.class_id = kPriest.value;
  std::array<Person*, 3> people{&zone.enter(kHere), &zone.enter(kHere + Vec3{0, 0, -3}),
                                &zone.enter(kHere + Vec3{8, 0, 0})};
  std::array<Seen, 3> seen;
  int pressed = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    people[i]->play = [&, i](Person& self, std::int64_t now_us) {
      const auto lines = self.core.combat_events();
      seen[i].lines.insert(seen[i].lines.end(), lines.begin(), lines.end());
      self.core.clear_events();
      const auto* ann = self.core.replica().find(people[0]->core.own_entity());
      const auto* ben = self.core.replica().find(people[1]->core.own_entity());
      if (ann == nullptr || ben == nullptr) return;
      seen[i].frames_with_cast += ann->cast.ability == kBlessing ? 1 : 0;
      seen[i].frames_with_effect += ben->effects.effects[0] == kBlessing ? 1 : 0;
      if (i != 0 || pressed != 0 || zone.zone().now() < 300) return;
      pressed = self.core.begin_action(now_us, {.kind = protocol::ActionKind::Ability,
                                                .value = kBlessing,
                                                .target = people[1]->core.own_entity()});
    };
  }
  zone.step(900);
  EXPECT_NE(pressed, 0);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    SCOPED_TRACE(testing::Message() << "person " << i);
    EXPECT_GT(seen[i].frames_with_cast, 60);
    EXPECT_GT(seen[i].frames_with_effect, 90);
    EXPECT_LT(seen[i].frames_with_effect, 150);
    ASSERT_LE(seen[i].count(CombatEventKind::EffectOn), 1);
    if (i == 2) continue;  // what a watcher misses is not told again
    ASSERT_EQ(seen[i].count(CombatEventKind::EffectOn), 1);
    EXPECT_EQ(seen[i].count(CombatEventKind::EffectOff), 1);
    EXPECT_EQ(seen[i].lines[0].actor, people[0]->core.own_entity());
    EXPECT_EQ(seen[i].lines[0].target, people[1]->core.own_entity());
    EXPECT_EQ(seen[i].lines[0].effect, kBlessing);
  }
  EXPECT_EQ(zone.replayed_ticks(), 900u);
}

}  // namespace
}  // namespace tessera::scenarios
