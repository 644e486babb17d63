// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "world/content/rules/detail/rule_text.h"

namespace tessera::content::detail {
namespace {

constexpr std::array<std::string_view, 4> kRefreshes{"restart", "pandemic", "stack", "ignore"};
constexpr std::array<std::string_view, 4> kControls{"move", "act", "cast", "stay"};
constexpr std::array<std::string_view, kControlCategories> kCategories{
    "none", "stun", "root", "slow", "silence", "fear", "sleep"};

std::optional<std::size_t> place_of(std::string_view word,
                                    std::span<const std::string_view> words) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

/// A list of words as bits.
std::uint8_t read_bits(MapReader& map, std::string_view key,
                       std::span<const std::string_view> words) {
  std::uint8_t bits = 0;
  for (const YAML::Node& node : map.list(key, 0, words.size())) {
    const std::string word = node.IsScalar() ? node.Scalar() : "";
    if (const auto place = place_of(word, words)) {
      bits |= static_cast<std::uint8_t>(1u << *place);
    } else {
      map.fail(fmt::format("'{}' has {}; known are: {}", key, in_quotes(word),
                           fmt::join(words.begin(), words.end(), ", ")));
    }
  }
  return bits;
}

}  // namespace

StatModifier read_modifier(YamlSource& source, const YAML::Node& node) {
  MapReader map(source, node, "a change of a stat");
  StatModifier modifier;
  const std::string stat = map.text("stat", kRuleNameBytesMax);
  if (const auto place = place_of(stat, kStatNames)) {
    modifier.stat = static_cast<Stat>(*place);
  } else {
    map.fail(fmt::format("there is no stat {}: rules/stats.yaml has them all", in_quotes(stat)));
  }
  modifier.add = map.number("add", {-1000, 100'000}, 0);
  modifier.multiply = map.number("multiply", {0, 10}, 1);
  map.finish();
  return modifier;
}

EffectDefinition read_effect(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "an effect");
  EffectDefinition effect;
  const Named named = read_named(map);
  effect.id = {named.id};
  effect.name = named.name;
  effect.title = named.title;
  effect.is_harmful = map.flag("harmful", false);
  effect.duration_ticks = ticks_of(map, "lasts_s");
  effect.period_ticks = ticks_of(map, "every_s");
  effect.stacks_max = static_cast<std::uint8_t>(map.count("stacks_max", 1, 100, 1));
  effect.refresh = static_cast<Refresh>(map.choice("refresh", kRefreshes));
  effect.dispel = read_dispels(map, "dispelled_by");
  effect.control = read_bits(map, "cannot", kControls);
  effect.category = static_cast<ControlCategory>(map.choice("category", kCategories));
  effect.breaks_on_damage = map.flag("breaks_on_damage", false);
  effect.immune_categories = read_bits(map, "immune_to", kCategories);
  effect.shield = map.number("shield", {0, 100'000}, 0);
  effect.shield_per_spell_power = map.number("shield_spell_power", kFactor, 0);
  effect.per_actor = map.flag("per_actor", true);
  effect.aura_radius_m = map.number("aura_radius_m", {0, 40}, 0);
  effect.aura = {read_reference(map, "aura", names.effects, "effect")};
  for (const YAML::Node& modifier : map.list("stats", 0, 16)) {
    effect.modifiers.push_back(read_modifier(source, modifier));
  }
  for (const YAML::Node& outcome : map.list("periodic", 0, 8)) {
    effect.periodic.push_back(read_outcome(source, outcome, names));
  }
  for (const YAML::Node& outcome : map.list("at_end", 0, 8)) {
    effect.at_end.push_back(read_outcome(source, outcome, names));
  }
  effect.colour = map.colour("colour", effect.colour);
  map.finish();
  if (!effect.periodic.empty() && effect.period_ticks == 0) {
    map.fail("an effect with 'periodic' outcomes needs 'every_s': add it");
  }
  if (effect.aura_radius_m > 0 && (!effect.aura || effect.period_ticks == 0)) {
    map.fail(
        "an effect with 'aura_radius_m' needs 'aura' and 'every_s', what spreads and how often: "
        "add them");
  }
  if (!effect.at_end.empty() && effect.duration_ticks == 0) {
    map.fail("an effect with outcomes 'at_end' needs 'lasts_s': add it");
  }
  return effect;
}

}  // namespace tessera::content::detail
