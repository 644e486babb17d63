// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "world/content/rules/detail/rule_text.h"

namespace tessera::content::detail {
namespace {

constexpr std::array<std::string_view, 13> kOutcomeKinds{
    "damage", "heal",      "effect",     "dispel", "resource", "combo",         "threat",
    "taunt",  "interrupt", "knock_back", "pull",   "leap",     "reset_cooldown"};
constexpr std::array<std::string_view, 6> kDamageTypeNames{"physical", "fire",   "frost",
                                                           "nature",   "shadow", "holy"};
constexpr std::array<std::string_view, 4> kDispelNames{"magic", "poison", "curse", "bleed"};
constexpr Limits kAmount{0, 100'000};
constexpr float kTakenMost = -1000;  ///< of a resource
constexpr Limits kSpeed{0, 60};

bool is_lower_case_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

std::uint16_t ticks_of(MapReader& map, std::string_view key, std::optional<float> fallback) {
  const float seconds = map.number(key, {0, 1000}, fallback);
  return static_cast<std::uint16_t>(ticks_from_seconds(double{seconds}));
}

Named read_named(MapReader& map) {
  Named named;
  named.id = static_cast<std::uint16_t>(map.count("id", 1, 65'535));
  named.name = map.text("name", kRuleNameBytesMax);
  if (!is_lower_case_word(named.name)) {
    map.fail(
        fmt::format("'name' is {}; expected is one word of a-z, 0-9 and _", in_quotes(named.name)));
  }
  named.title = map.text("title", kTitleBytesMax);
  return named;
}

std::uint16_t read_reference(MapReader& map, std::string_view key,
                             const std::map<std::string, std::uint16_t, std::less<>>& names,
                             std::string_view what) {
  if (!map.has(key)) return 0;
  const std::string name = map.text(key, kRuleNameBytesMax);
  const auto found = names.find(name);
  if (found != names.end()) return found->second;
  map.fail(fmt::format("'{}' names the {} {}, which does not exist: mend the name, or add it", key,
                       what, in_quotes(name)));
  return 0;
}

std::uint8_t read_dispels(MapReader& map, std::string_view key) {
  std::uint8_t kinds = 0;
  for (const YAML::Node& node : map.list(key, 0, kDispelNames.size())) {
    const std::string word = node.IsScalar() ? node.Scalar() : "";
    const auto found = std::ranges::find(kDispelNames, word);
    if (found == kDispelNames.end()) {
      map.fail(
          fmt::format("'{}' has {}; known are: magic, poison, curse, bleed", key, in_quotes(word)));
    } else {
      kinds |= static_cast<std::uint8_t>(1u << (found - kDispelNames.begin()));
    }
  }
  return kinds;
}

Outcome read_outcome(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "an outcome");
  Outcome outcome;
  outcome.kind = static_cast<OutcomeKind>(map.choice("kind", kOutcomeKinds));
  outcome.type = static_cast<DamageType>(map.choice("type", kDamageTypeNames));
  constexpr std::array<std::string_view, 2> kWhom{"target", "self"};
  outcome.to_self = map.choice("to", kWhom) == 1;
  const bool may_take = outcome.kind == OutcomeKind::GainResource;
  outcome.amount = map.number("amount", {may_take ? kTakenMost : 0, kAmount.high}, 0);
  outcome.per_level = map.number("per_level", {0, 1000}, 0);
  outcome.per_attack_power = map.number("attack_power", kFactor, 0);
  outcome.per_spell_power = map.number("spell_power", kFactor, 0);
  outcome.per_combo_point = map.number("per_combo_point", kFactor, 0);
  outcome.spread = map.number("spread", kShare, 0);
  outcome.from_behind = map.number("from_behind", kFactor, 0);
  outcome.chance = map.number("chance", kShare, 1);
  outcome.threat = map.number("threat", kFactor, 1);
  outcome.leech = map.number("leech", {0, 2}, 0);
  outcome.effect = {read_reference(map, "effect", names.effects, "effect")};
  outcome.count = static_cast<std::uint16_t>(map.count("count", 1, 100, 1));
  outcome.ticks = ticks_of(map, "lasts_s");
  outcome.away_m_per_s = map.number("away_m_per_s", kSpeed, 0);
  outcome.up_m_per_s = map.number("up_m_per_s", kSpeed, 0);
  outcome.ability = {read_reference(map, "ability", names.abilities, "ability")};
  outcome.dispels = read_dispels(map, "dispels");
  map.finish();
  if (outcome.kind == OutcomeKind::ApplyEffect && !map.has("effect")) {
    map.fail("an outcome of the kind 'effect' needs the key 'effect', the name of one: add it");
  }
  if (outcome.kind == OutcomeKind::ResetCooldown && !map.has("ability")) {
    map.fail("an outcome of the kind 'reset_cooldown' needs the key 'ability': add it");
  }
  if (outcome.kind == OutcomeKind::Dispel && outcome.dispels == 0) {
    map.fail("an outcome of the kind 'dispel' needs the key 'dispels', a list of kinds: add it");
  }
  return outcome;
}

}  // namespace tessera::content::detail
