// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/rules/detail/rule_text.h"

namespace tessera::content::detail {

PvpNumbers read_pvp(YamlSource& source, const YAML::Node& node, const RuleNames& names) {
  MapReader map(source, node, "the numbers between players");
  PvpNumbers numbers;
  const auto seconds = [&](std::string_view key, TickNumber fallback) -> TickNumber {
    return ticks_of(map, key, static_cast<float>(fallback) * kTickSeconds);
  };
  numbers.damage = map.number("damage", kFactor, numbers.damage);
  numbers.healing = map.number("healing", kFactor, numbers.healing);
  numbers.control = map.number("control", kFactor, numbers.control);
  const auto read_factors = [&](std::string_view list, const std::string& key, const auto& known,
                                auto& factors) {
    for (const YAML::Node& one : map.list(list, 0, 1000)) {
      MapReader entry(source, one, "a factor between players");
      const auto id = read_reference(entry, key, known, key);
      if (!entry.has(key)) entry.fail("it needs the key '" + key + "': add it");
      factors.emplace_back(id, entry.number("factor", kFactor));
      entry.finish();
    }
  };
  read_factors("abilities", "ability", names.abilities, numbers.abilities);
  read_factors("classes", "class", names.classes, numbers.classes);
  const auto levels = [&](std::string_view key, std::uint16_t fallback) {
    return static_cast<std::uint16_t>(map.count(key, 0, kLevelMax, fallback));
  };
  numbers.level_gap = levels("level_gap", numbers.level_gap);
  numbers.less_per_level_above =
      map.number("less_per_level_above", kShare, numbers.less_per_level_above);
  numbers.level_share_min = map.number("level_share_min", kShare, numbers.level_share_min);
  numbers.flag_ticks = seconds("flag_s", numbers.flag_ticks);
  numbers.honour = map.number("honour", {0, 100'000}, numbers.honour);
  numbers.honour_decay = map.number("honour_decay", kShare, numbers.honour_decay);
  numbers.honour_level_gap = levels("honour_level_gap", numbers.honour_level_gap);
  numbers.honour_forget_ticks = seconds("honour_forget_s", numbers.honour_forget_ticks);
  numbers.duel_ask_ticks = seconds("duel_ask_s", numbers.duel_ask_ticks);
  numbers.duel_countdown_ticks = seconds("duel_countdown_s", numbers.duel_countdown_ticks);
  numbers.duel_radius_m = map.number("duel_radius_m", {5, 100}, numbers.duel_radius_m);
  numbers.duel_flee_ticks = seconds("duel_flee_s", numbers.duel_flee_ticks);
  map.finish();
  return numbers;
}

}  // namespace tessera::content::detail
