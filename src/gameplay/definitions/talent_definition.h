// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a player may learn beyond the abilities of his class: small things that he chooses, in a
// tree of rows. What he has learned is in gameplay/combat/talents.h, how in gameplay/talents.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gameplay/definitions/outcome.h"
#include "gameplay/definitions/stats.h"

namespace tessera {

struct TalentTag {};
using TalentId = StrongId<TalentTag, std::uint16_t>;

inline constexpr std::uint32_t kTalentRanksMax = 3;
inline constexpr std::uint32_t kTalentRowMax = 5;
/// A row opens when for each row before it so many points are spent in the tree.
inline constexpr std::uint32_t kTalentPointsPerRow = 4;

/// What a rank changes of an ability. Ranks and talents multiply.
struct AbilityChange {
  AbilityId ability;
  float amount_factor = 1;  ///< of what the ability does itself; effects it leaves are as they are
  float cooldown_factor = 1;
  float cost_factor = 1;
};

struct TalentDefinition {
  TalentId id;
  std::string name;   ///< one lower-case word; how content refers to it
  std::string title;  ///< for people
  std::string help;
  ClassId class_id;
  std::uint8_t row = 0;
  std::uint8_t ranks = 1;
  TalentId after;                       ///< this one must be learned whole before; none: nothing
  std::vector<StatModifier> modifiers;  ///< of each rank
  std::vector<AbilityChange> abilities;
};

}  // namespace tessera
