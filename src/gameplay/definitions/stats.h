// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a fighter is measured by, and the one table that says how each stat follows from the others.
// The primary stats come from class and level; every other is
//
//   base + per_level * level + sum of coefficient * primary stat
//
// and then what runs on the fighter (effects, talents) adds to it and multiplies it. So designers
// read in one file where a number comes from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tessera {

enum class Stat : std::uint8_t {
  // primary
  Strength,
  Agility,
  Intellect,
  Stamina,
  Spirit,
  // derived
  HealthMax,       ///< points
  ResourceMax,     ///< points of what the class spends: mana, rage, energy
  AttackPower,     ///< what physical abilities scale with
  SpellPower,      ///< what all others scale with
  CriticalChance,  ///< 0 to 1
  CriticalDamage,  ///< what a critical hit is multiplied by
  HitChance,       ///< 0 to 1, against a target of the same level
  Haste,           ///< casts, channels and the global cooldown pass so many times as fast
  Armour,          ///< points against physical damage
  FireResistance,  ///< points, as all resistances
  FrostResistance,
  NatureResistance,
  ShadowResistance,
  HolyResistance,
  BlockShare,            ///< of a blocked hit's damage, 0 to 1
  MoveSpeed,             ///< 1: as everybody
  HealthRegeneration,    ///< points a second, out of combat
  ResourceRegeneration,  ///< points a second, always; rage decays with a negative one out of combat
  DamageDone,            ///< factors: 1 is as it is
  DamageTaken,
  HealingDone,
  HealingTaken,
  ThreatDone,
};
inline constexpr std::size_t kStats = static_cast<std::size_t>(Stat::ThreatDone) + 1;
inline constexpr std::size_t kPrimaryStats = static_cast<std::size_t>(Stat::Spirit) + 1;

/// As content writes them, by Stat.
inline constexpr std::array<std::string_view, kStats> kStatNames{"strength",
                                                                 "agility",
                                                                 "intellect",
                                                                 "stamina",
                                                                 "spirit",
                                                                 "health_max",
                                                                 "resource_max",
                                                                 "attack_power",
                                                                 "spell_power",
                                                                 "critical_chance",
                                                                 "critical_damage",
                                                                 "hit_chance",
                                                                 "haste",
                                                                 "armour",
                                                                 "fire_resistance",
                                                                 "frost_resistance",
                                                                 "nature_resistance",
                                                                 "shadow_resistance",
                                                                 "holy_resistance",
                                                                 "block_share",
                                                                 "move_speed",
                                                                 "health_regeneration",
                                                                 "resource_regeneration",
                                                                 "damage_done",
                                                                 "damage_taken",
                                                                 "healing_done",
                                                                 "healing_taken",
                                                                 "threat_done"};

using PrimaryStats = std::array<float, kPrimaryStats>;

/// A value for each stat.
struct StatValues {
  std::array<float, kStats> of{};
  constexpr float& operator[](Stat stat) { return of[static_cast<std::size_t>(stat)]; }
  constexpr float operator[](Stat stat) const { return of[static_cast<std::size_t>(stat)]; }
  constexpr bool operator==(const StatValues&) const = default;
};

/// How one derived stat comes about.
struct StatFormula {
  float base = 0;
  float per_level = 0;
  PrimaryStats per_primary{};
  float low = 0;  ///< the value after everything stays within [low, high]
  float high = 1e9f;
};

struct StatTable {
  /// By Stat; of the primary ones only low and high count.
  std::array<StatFormula, kStats> formulas{};
};

/// A change that something which runs on a fighter makes to one of its stats.
struct StatModifier {
  Stat stat{};
  float add = 0;
  float multiply = 1;
};

/// Derives all stats. Modifiers of primary stats come first, so that what follows from those feels
/// them. Of one stat all additions come before all factors. Some 100 ns.
template <class Modifiers>
constexpr StatValues derive_stats(const StatTable& table, const PrimaryStats& primary,
                                  std::uint32_t level, const Modifiers& modifiers) {
  StatValues add{};
  StatValues multiply{};
  multiply.of.fill(1);
  for (const StatModifier& modifier : modifiers) {
    add[modifier.stat] += modifier.add;
    multiply[modifier.stat] *= modifier.multiply;
  }
  StatValues values{};
  for (std::size_t i = 0; i < kStats; ++i) {
    const StatFormula& formula = table.formulas[i];
    float value = 0;
    if (i < kPrimaryStats) {
      value = primary[i];
    } else {
      value = formula.base + formula.per_level * static_cast<float>(level);
      for (std::size_t p = 0; p < kPrimaryStats; ++p)
        value += formula.per_primary[p] * values.of[p];
    }
    value = (value + add.of[i]) * multiply.of[i];
    values.of[i] = value < formula.low ? formula.low : value > formula.high ? formula.high : value;
  }
  return values;
}

}  // namespace tessera
