// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>

#include <array>

#include "world/content/rules/detail/rule_text.h"

namespace tessera::content::detail {
namespace {

constexpr std::array<std::string_view, 4> kResources{"none", "mana", "rage", "energy"};
constexpr std::size_t kAbilitiesOfClassMax = 24;
constexpr Limits kStatLimits{-1000, 1'000'000};

PrimaryStats read_primary(YamlSource& source, const std::optional<YAML::Node>& node,
                          std::string_view what, Limits limits) {
  PrimaryStats stats{};
  if (!node) return stats;
  MapReader map(source, *node, what);
  for (std::size_t i = 0; i < kPrimaryStats; ++i) stats[i] = map.number(kStatNames[i], limits, 0);
  map.finish();
  return stats;
}

}  // namespace

ClassDefinition read_class(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "a class");
  ClassDefinition kind;
  const Named named = read_named(map);
  kind.id = {named.id};
  kind.name = named.name;
  kind.title = named.title;
  kind.is_playable = map.flag("playable", false);
  kind.resource = static_cast<ResourceKind>(map.choice("resource", kResources));
  kind.primary = read_primary(source, map.map("at_level_1", true), "stats at level 1", {0, 1000});
  kind.per_level = read_primary(source, map.map("per_level", true), "stats per level", {0, 100});
  kind.rage_per_hit = static_cast<std::uint16_t>(map.count("rage_per_hit", 0, 100, 0));
  kind.rage_per_hit_taken = static_cast<std::uint16_t>(map.count("rage_per_hit_taken", 0, 100, 0));
  kind.combo_max = static_cast<std::uint8_t>(map.count("combo_max", 0, 10, 0));
  for (const YAML::Node& learned : map.list("abilities", 1, kAbilitiesOfClassMax)) {
    MapReader entry(source, learned, "an ability of a class");
    LearnedAbility ability;
    ability.ability = {read_reference(entry, "ability", names.abilities, "ability")};
    ability.level = static_cast<std::uint16_t>(entry.count("level", 1, kLevelMax, 1));
    entry.finish();
    if (!entry.has("ability")) entry.fail("an ability of a class needs the key 'ability': add it");
    if (kind.place_of(ability.ability)) entry.fail("the class has this ability already: remove it");
    kind.abilities.push_back(ability);
  }
  map.finish();
  return kind;
}

StatTable read_stats(YamlSource& source, const YAML::Node& node) {
  MapReader map(source, node, "the stats");
  StatTable table;
  for (std::size_t i = 0; i < kStats; ++i) {
    const bool is_primary = i < kPrimaryStats;
    const auto entry = map.map(kStatNames[i], !is_primary);
    if (!entry) continue;
    MapReader stat(source, *entry, fmt::format("the stat {}", kStatNames[i]));
    StatFormula& formula = table.formulas[i];
    if (!is_primary) {
      formula.base = stat.number("base", {-1000, 100'000}, 0);
      formula.per_level = stat.number("per_level", {-1000, 1000}, 0);
      for (std::size_t p = 0; p < kPrimaryStats; ++p) {
        formula.per_primary[p] = stat.number(kStatNames[p], {-1000, 1000}, 0);
      }
    }
    formula.low = stat.number("low", kStatLimits, 0);
    formula.high = stat.number("high", kStatLimits, 1e9f);
    stat.finish();
    if (formula.high < formula.low) stat.fail("'high' of a stat must not be below its 'low'");
  }
  map.finish();
  return table;
}

CombatNumbers read_combat(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "the numbers of combat");
  CombatNumbers numbers;
  const auto seconds = [](std::uint16_t ticks) { return static_cast<float>(ticks) * kTickSeconds; };
  numbers.global_cooldown_ticks =
      ticks_of(map, "global_cooldown_s", seconds(numbers.global_cooldown_ticks));
  numbers.combat_ticks = ticks_of(map, "combat_s", seconds(numbers.combat_ticks));
  numbers.armour_half_base = map.number("armour_half_base", {1, 100'000}, numbers.armour_half_base);
  numbers.armour_half_per_level =
      map.number("armour_half_per_level", {0, 10'000}, numbers.armour_half_per_level);
  numbers.miss_per_level = map.number("miss_per_level", kShare, numbers.miss_per_level);
  numbers.hit_chance_min = map.number("hit_chance_min", kShare, numbers.hit_chance_min);
  numbers.block_half_angle = map.number("block_half_angle", {0, 3.2f}, numbers.block_half_angle);
  numbers.parry_ticks = ticks_of(map, "parry_s", seconds(numbers.parry_ticks));
  numbers.block_pause_ticks = ticks_of(map, "block_pause_s", seconds(numbers.block_pause_ticks));
  numbers.dodge_ticks = ticks_of(map, "dodge_s", seconds(numbers.dodge_ticks));
  numbers.back_half_angle = map.number("back_half_angle", {0, 3.2f}, numbers.back_half_angle);
  numbers.diminish_share = map.number("diminish_share", kShare, numbers.diminish_share);
  numbers.diminish_immune_after = static_cast<std::uint8_t>(
      map.count("diminish_immune_after", 1, 10, numbers.diminish_immune_after));
  numbers.diminish_forget_ticks =
      ticks_of(map, "diminish_forget_s", seconds(numbers.diminish_forget_ticks));
  numbers.healing_threat = map.number("healing_threat", kFactor, numbers.healing_threat);
  numbers.weariness = {read_reference(map, "weariness", names.effects, "effect")};
  map.finish();
  return numbers;
}

ExperienceNumbers read_experience(YamlSource& source, const YAML::Node& node) {
  MapReader map(source, node, "the numbers of experience");
  ExperienceNumbers numbers;
  constexpr Limits kPoints{0, 1'000'000};
  numbers.next_base = map.number("next_base", {1, 1'000'000}, numbers.next_base);
  numbers.next_per_level = map.number("next_per_level", kPoints, numbers.next_per_level);
  numbers.next_per_level_squared =
      map.number("next_per_level_squared", kPoints, numbers.next_per_level_squared);
  numbers.kill_base = map.number("kill_base", kPoints, numbers.kill_base);
  numbers.kill_per_level = map.number("kill_per_level", kPoints, numbers.kill_per_level);
  numbers.more_per_level_above =
      map.number("more_per_level_above", kShare, numbers.more_per_level_above);
  numbers.less_per_level_below =
      map.number("less_per_level_below", kShare, numbers.less_per_level_below);
  numbers.more_per_sharer = map.number("more_per_sharer", kShare, numbers.more_per_sharer);
  map.finish();
  return numbers;
}

}  // namespace tessera::content::detail
