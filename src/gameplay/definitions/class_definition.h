// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a player's character can be, and what creatures are as fighters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gameplay/definitions/ability_definition.h"
#include "gameplay/definitions/stats.h"

namespace tessera {

inline constexpr std::uint32_t kLevelMax = 30;

struct LearnedAbility {
  AbilityId ability;
  std::uint16_t level = 1;  ///< from which it is known
};

struct ClassDefinition {
  ClassId id;
  std::string name;
  std::string title;
  bool is_playable = false;  ///< players may choose it
  ResourceKind resource{};
  PrimaryStats primary{};  ///< at level 1
  PrimaryStats per_level{};
  std::uint16_t rage_per_hit = 0;  ///< resource gained by a hit dealt
  std::uint16_t rage_per_hit_taken = 0;
  std::uint8_t combo_max = 0;  ///< combo points it can have; 0: none
  std::vector<LearnedAbility> abilities;

  /// Its place in the list of abilities.
  std::optional<std::size_t> place_of(AbilityId ability) const {
    for (std::size_t i = 0; i < abilities.size(); ++i) {
      if (abilities[i].ability == ability) return i;
    }
    return std::nullopt;
  }

  PrimaryStats primary_at(std::uint32_t level) const {
    PrimaryStats stats = primary;
    for (std::size_t i = 0; i < kPrimaryStats; ++i) {
      stats[i] += per_level[i] * static_cast<float>(level - 1);
    }
    return stats;
  }
};

}  // namespace tessera
