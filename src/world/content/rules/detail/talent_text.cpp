// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/rules/detail/rule_text.h"

namespace tessera::content::detail {
namespace {

constexpr std::size_t kChangesMax = 8;

AbilityChange read_change(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "a change of an ability");
  AbilityChange change;
  change.ability = {read_reference(map, "ability", names.abilities, "ability")};
  change.amount_factor = map.number("amount_factor", {0, 10}, 1);
  change.cooldown_factor = map.number("cooldown_factor", kShare, 1);
  change.cost_factor = map.number("cost_factor", kShare, 1);
  map.finish();
  if (!map.has("ability")) map.fail("a change of an ability needs the key 'ability': add it");
  return change;
}

}  // namespace

TalentDefinition read_talent(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "a talent");
  TalentDefinition talent;
  const Named named = read_named(map);
  talent.id = {named.id};
  talent.name = named.name;
  talent.title = named.title;
  if (map.has("help")) talent.help = map.text("help", kHelpBytesMax);
  talent.class_id = {read_reference(map, "class", names.classes, "class")};
  talent.row = static_cast<std::uint8_t>(map.count("row", 0, kTalentRowMax, 0));
  talent.ranks = static_cast<std::uint8_t>(map.count("ranks", 1, kTalentRanksMax, 1));
  talent.after = {read_reference(map, "after", names.talents, "talent")};
  for (const YAML::Node& modifier : map.list("stats", 0, kChangesMax)) {
    talent.modifiers.push_back(read_modifier(source, modifier));
  }
  for (const YAML::Node& change : map.list("abilities", 0, kChangesMax)) {
    talent.abilities.push_back(read_change(source, change, names));
  }
  map.finish();
  if (!map.has("class")) map.fail("a talent needs the key 'class', whose it is: add it");
  if (talent.modifiers.empty() && talent.abilities.empty()) {
    map.fail("a talent needs 'stats' or 'abilities', what it changes: add one of them");
  }
  return talent;
}

}  // namespace tessera::content::detail
