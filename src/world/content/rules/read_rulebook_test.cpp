// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/rules/read_rulebook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace tessera::content {
namespace {

using testing::HasSubstr;

RuleSource source_of(std::vector<RuleFile> files) {
  RuleSource source;
  source.folder = "content";
  source.files = std::move(files);
  return source;
}

std::string faults_of(const std::string& name, const std::string& text) {
  const auto rules = read_rulebook(source_of({{name, text}}));
  if (rules) return "";
  std::string all;
  for (const Fault& fault : rules.error()) all += to_text(fault) + "\n";
  return all;
}

constexpr const char* kStrike =
    "{id: 1, name: strike, title: Strike, shape: {kind: target, range_m: 3}, do: [{kind: damage, "
    "amount: 5}]}";

TEST(ReadRulebook, TheWorldsOwnRulesAreInOrder) {
  const auto source = read_rule_source("content");
  ASSERT_TRUE(source);
  const auto rules = read_rulebook(*source);
  ASSERT_TRUE(rules) << to_error(rules.error()).message;
  EXPECT_EQ(rules->hash, source->hash);
  int players = 0;
  for (const ClassDefinition& kind : rules->classes.all()) {
    if (!kind.is_playable) continue;
    ++players;
    EXPECT_GE(kind.abilities.size(), 10u) << kind.name;
    for (const LearnedAbility& learned : kind.abilities) {
      const AbilityDefinition* const ability = rules->abilities.find(learned.ability);
      ASSERT_NE(ability, nullptr);
      EXPECT_FALSE(ability->help.empty()) << ability->name;
      EXPECT_TRUE(ability->resource == ResourceKind::None || ability->resource == kind.resource)
          << ability->name << " is paid in what a " << kind.name << " does not have";
    }
  }
  EXPECT_EQ(players, 4);
}

TEST(ReadRulebook, EveryAbilityBelongsToSomebody) {
  const auto rules = read_rulebook(*read_rule_source("content"));
  ASSERT_TRUE(rules);
  std::set<AbilityId> known;
  for (const ClassDefinition& kind : rules->classes.all()) {
    for (const LearnedAbility& learned : kind.abilities) known.insert(learned.ability);
  }
  for (const AbilityDefinition& ability : rules->abilities.all()) {
    EXPECT_EQ(known.count(ability.id), 1u) << ability.name;
  }
}

TEST(ReadRulebook, EveryClassOfPlayersHasATreeOfTalents) {
  const auto rules = read_rulebook(*read_rule_source("content"));
  ASSERT_TRUE(rules);
  std::map<ClassId, int> counts;
  for (const TalentDefinition& talent : rules->talents.all()) {
    ++counts[talent.class_id];
    EXPECT_FALSE(talent.help.empty()) << talent.name;
    const ClassDefinition* const kind = rules->classes.find(talent.class_id);
    ASSERT_NE(kind, nullptr);
    for (const AbilityChange& change : talent.abilities) {
      EXPECT_TRUE(kind->place_of(change.ability)) << talent.name;
    }
  }
  EXPECT_EQ(counts.size(), 4u);
  for (const auto& [kind, count] : counts) EXPECT_GE(count, 12);
}

TEST(ReadRulebook, RefusesTalentsThatNobodyCouldLearn) {
  const auto faults = [](const std::string& talents) {
    const auto rules = read_rulebook(source_of(
        {{"abilities/a.yaml", std::string("abilities: [") + kStrike + "]"},
         {"classes/c.yaml",
          "classes: [{id: 1, name: c, title: C, at_level_1: {}, per_level: {}, abilities: "
          "[{ability: strike}]}, {id: 2, name: d, title: D, at_level_1: {}, per_level: {}, "
          "abilities: [{ability: strike}]}]"},
         {"talents/t.yaml", "talents: [" + talents + "]"}}));
    if (rules) return std::string();
    std::string all;
    for (const Fault& fault : rules.error()) all += to_text(fault) + "\n";
    return all;
  };
  const std::string base =
      "{id: 1, name: base, title: B, class: c, ranks: 3, stats: [{stat: haste}]}";
  EXPECT_EQ(faults(base), "");
  EXPECT_THAT(faults(base + ", {id: 2, name: high, title: H, class: c, row: 1, stats: [{stat: "
                            "haste}]}"),
              HasSubstr("row 1 opens with 4 points, and the rows before it take only 3"));
  EXPECT_THAT(faults(base + ", {id: 2, name: other, title: O, class: d, after: base, stats: "
                            "[{stat: haste}]}"),
              HasSubstr("another class's"));
  EXPECT_THAT(faults("{id: 1, name: a, title: A, class: c, after: b, stats: [{stat: haste}]}, "
                     "{id: 2, name: b, title: B, class: c, after: a, stats: [{stat: haste}]}"),
              HasSubstr("must come after itself"));
  EXPECT_THAT(faults("{id: 1, name: idle, title: I, class: c}"), HasSubstr("what it changes"));
}

TEST(ReadRulebook, ReadsWhatAnAbilitySays) {
  const auto rules = read_rulebook(
      source_of({{"abilities/a.yaml",
                  "abilities: [{id: 7, name: bolt, title: Bolt, resource: mana, cost: 9, "
                  "cast_s: 1.5, cooldown_s: 10, charges: 2, spell: true, shape: {kind: "
                  "projectile, range_m: 30, speed_m_per_s: 20}, do: [{kind: damage, type: "
                  "fire, amount: 5, spell_power: 0.5}, {kind: effect, effect: hot}]}]"},
                 {"effects/e.yaml",
                  "effects: [{id: 3, name: hot, title: Hot, harmful: true, lasts_s: 2, "
                  "every_s: 0.5, periodic: [{kind: damage, amount: 1}]}]"}}));
  ASSERT_TRUE(rules) << to_error(rules.error()).message;
  const AbilityDefinition* const bolt = rules->abilities.find("bolt");
  ASSERT_NE(bolt, nullptr);
  EXPECT_EQ(bolt->id, AbilityId{7});
  EXPECT_EQ(bolt->cast_ticks, 90);
  EXPECT_EQ(bolt->cooldown_ticks, 600);
  EXPECT_EQ(bolt->charges, 2);
  EXPECT_EQ(bolt->outcomes[0].type, DamageType::Fire);
  EXPECT_EQ(bolt->outcomes[1].effect, EffectId{3});
  EXPECT_EQ(rules->effects.find(EffectId{3})->period_ticks, 30);
}

TEST(ReadRulebook, SaysWhereAndWhatIsWrong) {
  EXPECT_THAT(faults_of("abilities/a.yaml",
                        "abilities:\n  - {id: 1, name: strike, title: S, shape: {kind: target, "
                        "range_m: 3}, do: [{kind: damage, amount: -5}]}"),
              AllOf(HasSubstr("content/abilities/a.yaml:2"), HasSubstr("'amount'"),
                    HasSubstr("from 0 to")));
  EXPECT_THAT(faults_of("abilities/a.yaml",
                        "abilities: [{id: 1, name: s, title: S, shape: {kind: target, range_m: 3}, "
                        "do: [{kind: effect, effect: burnt}]}]"),
              HasSubstr("names the effect 'burnt', which does not exist"));
  EXPECT_THAT(faults_of("abilities/a.yaml",
                        "abilities: [{id: 1, name: s, title: S, shape: {kind: target, range_m: 3}, "
                        "do: [{kind: damage, amount: 1}], combo: [{after: s, to_s: 1}]}]"),
              HasSubstr("cannot follow itself"));
  EXPECT_THAT(faults_of("classes/c.yaml",
                        "classes: [{id: 1, name: c, title: C, at_level_1: {}, per_level: {}, "
                        "abilities: [{ability: fly}]}]"),
              HasSubstr("the ability 'fly', which does not exist"));
  EXPECT_THAT(faults_of("rules/other.yaml", "a: 1"),
              HasSubstr("stats.yaml, combat.yaml, pvp.yaml and experience.yaml"));
  EXPECT_THAT(faults_of("rules/stats.yaml", "health_max: {base: 1}"), HasSubstr("'attack_power'"));
  EXPECT_THAT(faults_of("effects/e.yaml",
                        "effects: [{id: 1, name: e, title: E, stats: [{stat: luck, add: 1}]}]"),
              HasSubstr("there is no stat 'luck'"));
}

TEST(ReadRulebook, RefusesIdsAndNamesThatAreUsedTwice) {
  const std::string one = kStrike;
  EXPECT_THAT(faults_of("abilities/a.yaml", "abilities: [" + one + ", " + one + "]"),
              HasSubstr("used twice"));
  std::string renamed = one;
  renamed.replace(renamed.find("strike"), 6, "blow");
  EXPECT_THAT(faults_of("abilities/a.yaml", "abilities: [" + one + ", " + renamed + "]"),
              HasSubstr("belongs to 'strike' already"));
}

TEST(ReadRulebook, RefusesEffectsThatBringThemselvesAbout) {
  EXPECT_THAT(
      faults_of(
          "effects/e.yaml",
          "effects:\n"
          "  - {id: 1, name: a, title: A, lasts_s: 1, at_end: [{kind: effect, effect: b}]}\n"
          "  - {id: 2, name: b, title: B, lasts_s: 1, at_end: [{kind: effect, effect: c}]}\n"
          "  - {id: 3, name: c, title: C, lasts_s: 1, at_end: [{kind: effect, effect: a}]}\n"),
      HasSubstr("brings itself about"));
  EXPECT_EQ(faults_of("effects/e.yaml",
                      "effects:\n"
                      "  - {id: 1, name: a, title: A, lasts_s: 1, at_end: [{kind: effect, effect: "
                      "b}, {kind: effect, effect: c}]}\n"
                      "  - {id: 2, name: b, title: B, lasts_s: 1, at_end: [{kind: effect, effect: "
                      "c}]}\n"
                      "  - {id: 3, name: c, title: C, lasts_s: 1}\n"),
            "");
}

}  // namespace
}  // namespace tessera::content
