// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What runs on a fighter for a while: damage and healing over time, shields, changes of stats,
// control.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gameplay/definitions/outcome.h"
#include "gameplay/definitions/stats.h"

namespace tessera {

/// What a controlled fighter cannot do. An effect may have several.
inline constexpr std::uint8_t kCannotMove = 1;
inline constexpr std::uint8_t kCannotAct = 2;   ///< abilities of any kind
inline constexpr std::uint8_t kCannotCast = 4;  ///< those that are not physical
inline constexpr std::uint8_t kFlees = 8;       ///< a creature runs away; a player cannot act

/// Controls of one category wear off against each other.
enum class ControlCategory : std::uint8_t { None, Stun, Root, Slow, Silence, Fear, Sleep, Count };
inline constexpr std::size_t kControlCategories = static_cast<std::size_t>(ControlCategory::Count);

/// What a further application does to one that runs.
enum class Refresh : std::uint8_t {
  Restart,   ///< the time begins anew
  Pandemic,  ///< the same, and what was left is added, up to 30 % of the duration
  Stack,     ///< one stack more, and the time begins anew
  Ignore,    ///< nothing
};

struct EffectDefinition {
  EffectId id;
  std::string name;
  std::string title;
  bool is_harmful = false;
  std::uint16_t duration_ticks = 0;  ///< 0: until it is taken off
  std::uint16_t period_ticks = 0;    ///< 0: its outcomes come when it ends, if ever
  std::uint8_t stacks_max = 1;
  Refresh refresh{};
  std::uint8_t dispel = 0;   ///< kDispel...; 0: nothing takes it off
  std::uint8_t control = 0;  ///< kCannot...
  ControlCategory category{};
  bool breaks_on_damage = false;
  std::uint8_t immune_categories = 0;  ///< bit by ControlCategory, while it runs
  float shield = 0;                    ///< damage it takes in the place of health, plus ...
  float shield_per_spell_power = 0;
  bool per_actor = true;    ///< each actor has one of his own on the same target
  float aura_radius_m = 0;  ///< each period `aura` is put on friends (or, if harmful, enemies)
  EffectId aura;
  std::vector<StatModifier> modifiers;  ///< times the stacks
  std::vector<Outcome> periodic;        ///< each period, times the stacks
  std::vector<Outcome> at_end;          ///< when its time is over, not when it is taken off

  std::uint32_t colour = 0xffffff;  ///< what clients show
};

}  // namespace tessera
