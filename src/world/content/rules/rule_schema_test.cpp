// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "gameplay/definitions/stats.h"
#include "world/content/rules/read_rulebook.h"
#include "world/content/source/testing/schema_agreement.h"

namespace tessera::content {
namespace {

constexpr const char* kOutcome =
    "{kind: damage, type: fire, to: target, amount: 1, per_level: 1, attack_power: 1, spell_power: "
    "1, per_combo_point: 1, spread: 0.5, from_behind: 1, chance: 0.5, threat: 1, leech: 1, effect: "
    "hot, count: 1, lasts_s: 1, away_m_per_s: 1, up_m_per_s: 1, ability: other, dispels: [magic]}";

std::string whole_abilities() {
  return fmt::format(
      "abilities: [{{id: 7, name: bolt, title: Bolt, resource: mana, cost: 0, combo_points: 1, "
      "cast_s: 1, channel_s: 0, channel_every_s: 1, cooldown_s: 1, charges: 1, spell: true, "
      "global_cooldown: true, moves_while_casting: true, can_be_interrupted: true, can_be_blocked: "
      "true, can_miss: true, needs_behind: true, needs_effect: hot, consumes_effect: true, combo: "
      "[{{after: other, from_s: 0.5, to_s: 1}}], shape: {{kind: self, reach: enemies, range_m: 1, "
      "radius_m: 1, inner_m: 1, angle_deg: 90, width_m: 1, jump_m: 1, jumps: 1, jump_share: 1, "
      "speed_m_per_s: 1, gravity_m_per_s2: 1, turn_rate_rad_per_s: 1, targets_max: 1}}, do: [{}], "
      "animation: cast, colour: \"#ffffff\", help: Burns.}}]",
      kOutcome);
}

constexpr const char* kOther =
    "abilities: [{id: 8, name: other, title: Other, shape: {kind: self}, do: [{kind: heal}]}]";
constexpr const char* kHot =
    "effects: [{id: 3, name: hot, title: Hot}, {id: 4, name: warm, title: Warm}]";

constexpr const char* kClass =
    "classes: [{id: 1, name: c, title: C, at_level_1: {}, per_level: {}, abilities: [{ability: "
    "other}]}]";
constexpr const char* kTalent =
    "talents: [{id: 1, name: base, title: B, class: c, ranks: 3, stats: [{stat: haste}]}, {id: 2, "
    "name: more, title: M, class: c, stats: [{stat: haste}]}]";

/// What the reader thinks of a file beside others that it may refer to.
bool accepts(const std::string& name, const std::string& text) {
  RuleSource source;
  source.folder = "content";
  source.files = {{"abilities/other.yaml", kOther}, {"effects/other.yaml", kHot}, {name, text}};
  if (!name.starts_with("classes/")) source.files.push_back({"classes/other.yaml", kClass});
  if (name.starts_with("talents/")) source.files.push_back({"talents/other.yaml", kTalent});
  return read_rulebook(source).has_value();
}

void check(const std::string& schema, const std::string& name, const std::string& whole) {
  SchemaAgreement("content/schema/" + schema + ".schema.json", whole, [&](const std::string& text) {
    return accepts(name, text);
  }).check();
}

TEST(RuleSchemas, OfAbilitiesAgreeWithTheReader) {
  check("abilities", "abilities/a.yaml", whole_abilities());
}

TEST(RuleSchemas, OfEffectsAgreeWithTheReader) {
  check(
      "effects", "effects/e.yaml",
      "effects: [{id: 9, name: e, title: E, harmful: true, lasts_s: 1, every_s: 1, stacks_max: 1, "
      "refresh: restart, dispelled_by: [magic], cannot: [move], category: stun, "
      "breaks_on_damage: true, immune_to: [stun], shield: 1, shield_spell_power: 1, per_actor: "
      "true, aura_radius_m: 0, aura: warm, stats: [{stat: haste, add: 1, multiply: 1}], periodic: "
      "[], at_end: [], colour: \"#ffffff\"}]");
}

TEST(RuleSchemas, OfClassesAgreeWithTheReader) {
  const std::string primary = "{strength: 1, agility: 1, intellect: 1, stamina: 1, spirit: 1}";
  check("classes", "classes/c.yaml",
        "classes: [{id: 1, name: c, title: C, playable: true, resource: mana, at_level_1: " +
            primary + ", per_level: " + primary +
            ", rage_per_hit: 1, rage_per_hit_taken: 1, combo_max: 1, abilities: [{ability: other, "
            "level: 1}]}]");
}

TEST(RuleSchemas, OfBehavioursAgreeWithTheReader) {
  check("behaviours", "behaviours/b.yaml",
        "behaviours: [{id: 1, name: b, title: B, sight_m: 1, sight_deg: 1, hearing_m: 1, help_m: "
        "1, leash_m: 9, tree: {do: stroll}}]");
}

/// The words of a tree, each with what the schema says it needs.
TEST(RuleSchemas, OfTreesHaveTheWordsOfTheReader) {
  const auto text = platform::read_text_file("content/schema/behaviours.schema.json");
  ASSERT_TRUE(text);
  const YAML::Node forms = YAML::Load(*text)["$defs"]["node"]["oneOf"];
  int words = 0;
  for (const YAML::Node& form : forms) {
    for (const char* verb : {"if", "do"}) {
      const YAML::Node choices = form["properties"][verb];
      if (!choices) continue;
      for (const YAML::Node& word : choices["enum"]) {
        ++words;
        std::string node = fmt::format("{{{}: {}", verb, word.as<std::string>());
        const std::string bare = node + "}";
        bool needs_number = false;
        for (const YAML::Node& key : form["required"]) {
          const auto name = key.as<std::string>();
          if (name == verb) continue;
          needs_number = true;
          node +=
              fmt::format(", {}: {}", name, form["properties"][name]["minimum"].as<std::string>());
        }
        const auto whole = [](const std::string& tree) {
          return "behaviours: [{id: 1, name: b, title: B, tree: " + tree + "}]";
        };
        EXPECT_TRUE(accepts("behaviours/b.yaml", whole(node + "}"))) << node;
        EXPECT_EQ(accepts("behaviours/b.yaml", whole(bare)), !needs_number) << bare;
      }
    }
  }
  EXPECT_EQ(words, 20);
  EXPECT_FALSE(
      accepts("behaviours/b.yaml", "behaviours: [{id: 1, name: b, title: B, tree: {do: dance}}]"));
}

TEST(RuleSchemas, OfTalentsAgreeWithTheReader) {
  check("talents", "talents/t.yaml",
        "talents: [{id: 9, name: t, title: T, help: H, class: c, row: 1, ranks: 2, after: base, "
        "stats: [{stat: haste, add: 1, multiply: 1}], abilities: [{ability: other, amount_factor: "
        "1, cooldown_factor: 1, cost_factor: 1}]}]");
}

TEST(RuleSchemas, OfStatsAgreeWithTheReader) {
  std::string whole;
  for (std::size_t i = 0; i < kStats; ++i) {
    const bool is_primary = i < kPrimaryStats;
    whole += fmt::format("{}: {{{}low: 0, high: 9}}\n", kStatNames[i],
                         is_primary ? ""
                                    : "base: 1, per_level: 1, strength: 1, agility: 1, intellect: "
                                      "1, stamina: 1, spirit: 1, ");
  }
  check("stats", "rules/stats.yaml", whole);
}

TEST(RuleSchemas, OfCombatAgreeWithTheReader) {
  check("combat", "rules/combat.yaml",
        "{global_cooldown_s: 1, combat_s: 1, armour_half_base: 1, armour_half_per_level: 1, "
        "miss_per_level: 0.1, hit_chance_min: 0.1, block_half_angle: 1, parry_s: 1, "
        "block_pause_s: 1, dodge_s: 1, back_half_angle: 1, diminish_share: 0.5, "
        "diminish_immune_after: 1, diminish_forget_s: 1, "
        "healing_threat: 1, weariness: hot}");
}

TEST(RuleSchemas, OfPvpAgreeWithTheReader) {
  check("pvp", "rules/pvp.yaml",
        "{damage: 1, healing: 1, control: 1, abilities: [{ability: other, factor: 1}], classes: "
        "[{class: c, factor: 1}], level_gap: 1, less_per_level_above: 0.1, level_share_min: 0.1, "
        "flag_s: 1, honour: 1, honour_decay: 0.1, honour_level_gap: 1, honour_forget_s: 1, "
        "duel_ask_s: 1, duel_countdown_s: 1, duel_radius_m: 9, duel_flee_s: 1}");
}

TEST(RuleSchemas, OfExperienceAgreeWithTheReader) {
  check("experience", "rules/experience.yaml",
        "{next_base: 1, next_per_level: 1, next_per_level_squared: 1, kill_base: 1, "
        "kill_per_level: 1, more_per_level_above: 0.1, less_per_level_below: 0.1, "
        "more_per_sharer: 0.1}");
}

}  // namespace
}  // namespace tessera::content
