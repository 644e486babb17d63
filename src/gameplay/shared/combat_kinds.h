// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The words of the combat log: written by gameplay/combat, told by protocol/combat.
#pragma once

#include <cstdint>

namespace tessera::combat {

/// The order is on the wire: new ones go to the end.
enum class CombatEventKind : std::uint8_t {
  Damage,
  Heal,
  Missed,
  Dodged,
  Parried,
  EffectOn,
  EffectOff,
  Immune,
  Interrupted,
  Dispelled,
  Resource,
  Threat,  ///< nothing but threat: no client is told
};
/// Of those that clients are told.
inline constexpr std::uint8_t kCombatEventKindMax =
    static_cast<std::uint8_t>(CombatEventKind::Resource);

inline constexpr std::uint8_t kCritical = 1;
inline constexpr std::uint8_t kBlocked = 2;
inline constexpr std::uint8_t kFromBehind = 4;
inline constexpr std::uint8_t kPeriodic = 8;
inline constexpr std::uint8_t kKilled = 16;
inline constexpr std::uint8_t kCombatFlagsMax = 31;

}  // namespace tessera::combat
