// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One thing that happens to one fighter: the word of which abilities and effects are made.
#pragma once

#include <cstdint>

#include "engine/core/ids.h"

namespace tessera {

struct AbilityTag {};
using AbilityId = StrongId<AbilityTag, std::uint16_t>;
struct EffectTag {};
using EffectId = StrongId<EffectTag, std::uint16_t>;
struct ClassTag {};
using ClassId = StrongId<ClassTag, std::uint16_t>;

enum class DamageType : std::uint8_t { Physical, Fire, Frost, Nature, Shadow, Holy };
inline constexpr std::size_t kDamageTypes = 6;

enum class OutcomeKind : std::uint8_t {
  Damage,
  Heal,
  ApplyEffect,
  Dispel,         ///< takes effects of some kinds off
  GainResource,   ///< mana, rage or energy; a negative amount burns it
  GainCombo,      ///< combo points
  Threat,         ///< only with creatures
  Taunt,          ///< the creature fights the actor for a while
  Interrupt,      ///< ends a cast, and silences for a while
  KnockBack,      ///< away from the actor
  Pull,           ///< towards the actor
  Leap,           ///< the actor himself, where he aims
  ResetCooldown,  ///< of one of the actor's abilities
};

/// Which kinds of effects a dispel takes.
inline constexpr std::uint8_t kDispelMagic = 1;
inline constexpr std::uint8_t kDispelPoison = 2;
inline constexpr std::uint8_t kDispelCurse = 4;
inline constexpr std::uint8_t kDispelBleed = 8;

struct Outcome {
  OutcomeKind kind{};
  DamageType type{};
  bool to_self = false;  ///< to who acts, not to whom he strikes
  std::uint8_t dispels = 0;
  /// Damage, healing, resource, combo points, threat: amount plus what stats and level add.
  float amount = 0;
  float per_level = 0;
  float per_attack_power = 0;
  float per_spell_power = 0;
  float per_combo_point = 0;  ///< of the points a finisher consumes: times (1 + this * points)
  float spread = 0;           ///< the amount varies by this share, up and down
  float from_behind = 0;      ///< in a back attack times (1 + this)
  float chance = 1;
  float threat = 1;  ///< the threat of damage and healing, times this
  float leech = 0;   ///< this share of the damage heals the actor
  EffectId effect{};
  std::uint16_t count = 1;  ///< stacks of the effect; effects that a dispel takes
  std::uint16_t ticks = 0;  ///< of an interrupt's silence, of a taunt
  float away_m_per_s = 0;   ///< knock-back, pull, leap
  float up_m_per_s = 0;
  AbilityId ability{};  ///< ResetCooldown
};

}  // namespace tessera
