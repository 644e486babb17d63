// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "tools/simulate/simulate_fights.h"

namespace tessera::simulate {
namespace {

std::string name_of(const Contestant& side) {
  return fmt::format("{}:{}", side.class_name, side.level);
}

}  // namespace

std::vector<std::pair<std::string, double>> most_damage(const SideReport& side, std::size_t most) {
  std::vector<std::pair<std::string, double>> all(side.damage_by.begin(), side.damage_by.end());
  std::ranges::sort(all, [](const auto& a, const auto& b) {
    return a.second > b.second || (a.second == b.second && a.first < b.first);
  });
  if (all.size() > most) all.resize(most);
  return all;
}

std::string table_of(const FightReport& report) {
  std::string text;
  const auto line = [&]<typename... Parts>(fmt::format_string<Parts...> form, Parts&&... parts) {
    fmt::format_to(std::back_inserter(text), form, std::forward<Parts>(parts)...);
    text += '\n';
  };
  line("{} fights{}, seed {}: {:.1f} +- {:.1f} s each, {} undecided after {:.0f} s", report.fights,
       report.options.as_players ? " as players" : "", report.options.seed, report.seconds.mean(),
       report.seconds.confidence(), report.draws, report.options.longest_s);
  line("{:<18}{:>16}{:>16}{:>18}{:>18}", "", "wins", "health left", "damage a fight",
       "healing a fight");
  for (std::size_t i = 0; i < 2; ++i) {
    const SideReport& side = report.sides[i];
    const WinRate wins = win_rate(side.wins, report.fights);
    line("{:<18}{:>16}{:>16}{:>18}{:>18}", name_of(report.options.sides[i]),
         fmt::format("{:.1f} +- {:.1f} %", 100 * wins.share, 100 * wins.confidence),
         fmt::format("{:.0f} +- {:.0f} %", 100 * side.health_left.mean(),
                     100 * side.health_left.confidence()),
         fmt::format("{:.0f} +- {:.0f}", side.damage.mean(), side.damage.confidence()),
         fmt::format("{:.0f} +- {:.0f}", side.healing.mean(), side.healing.confidence()));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    line("damage of {}", name_of(report.options.sides[i]));
    for (const auto& [name, damage] : most_damage(report.sides[i], 24)) {
      const double share = damage / std::max(report.sides[i].damage.mean(), 1.0);
      line("  {:<24}{:>10.1f}{:>8.1f} %", name, damage, 100 * share);
    }
  }
  return text;
}

}  // namespace tessera::simulate
