// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/combat/talents.h"

#include <algorithm>
#include <charconv>

namespace tessera::combat {
namespace {

/// What stands before `end`; the text begins after it then.
std::string_view take_part(std::string_view& text, char end) {
  const std::string_view part = text.substr(0, text.find(end));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

/// 0 for anything else.
std::uint32_t number_of(std::string_view part) {
  std::uint32_t number = 0;
  const auto read = std::from_chars(part.data(), part.data() + part.size(), number);
  return read.ec == std::errc{} && read.ptr == part.data() + part.size() ? number : 0;
}

}  // namespace

std::uint32_t ranks_of(const Talents& talents, TalentId talent) {
  for (const LearnedTalent& one : talents.learned()) {
    if (one.talent == talent) return one.ranks;
  }
  return 0;
}

std::uint32_t points_spent(const Talents& talents) {
  std::uint32_t points = 0;
  for (const LearnedTalent& one : talents.learned()) points += one.ranks;
  return points;
}

std::uint32_t points_left(const Talents& talents, std::uint32_t level) {
  const std::uint32_t points = level - std::min(level, 1u);
  return points - std::min(points, points_spent(talents));
}

AbilityFactors ability_factors(const Rulebook& rules, const Talents* talents, AbilityId ability) {
  AbilityFactors factors;
  if (talents == nullptr) return factors;
  for (const LearnedTalent& one : talents->learned()) {
    const TalentDefinition* const definition = rules.talents.find(one.talent);
    if (definition == nullptr) continue;
    for (const AbilityChange& change : definition->abilities) {
      if (change.ability != ability) continue;
      for (std::uint32_t rank = 0; rank < one.ranks; ++rank) {
        factors.amount *= change.amount_factor;
        factors.cooldown *= change.cooldown_factor;
        factors.cost *= change.cost_factor;
      }
    }
  }
  return factors;
}

Talents usable_talents(const Rulebook& rules, ClassId class_id, std::uint32_t level,
                       const Talents& saved) {
  Talents usable;
  for (const LearnedTalent& one : saved.learned()) {
    const TalentDefinition* const definition = rules.talents.find(one.talent);
    if (definition == nullptr || definition->class_id != class_id) continue;
    if (ranks_of(usable, one.talent) > 0 || one.ranks == 0) continue;
    usable.all[usable.count++] = {one.talent, std::min(one.ranks, definition->ranks)};
  }
  return points_spent(usable) < std::max(level, 1u) ? usable : Talents{};
}

std::string talents_text(const Talents& talents) {
  std::string text;
  for (const LearnedTalent& one : talents.learned()) {
    if (!text.empty()) text += ',';
    text += std::to_string(one.talent.value) + ':' + std::to_string(one.ranks);
  }
  return text;
}

Talents talents_of_text(std::string_view text) {
  Talents talents;
  while (!text.empty() && talents.count < kTalentsMax) {
    std::string_view one = take_part(text, ',');
    const std::uint32_t id = number_of(take_part(one, ':'));
    const std::uint32_t ranks = number_of(one);
    if (id == 0 || id > 0xffff || ranks == 0 || ranks > kTalentRanksMax) continue;
    talents.all[talents.count++] = {{static_cast<std::uint16_t>(id)},
                                    static_cast<std::uint8_t>(ranks)};
  }
  return talents;
}

}  // namespace tessera::combat
