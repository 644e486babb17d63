// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The roll with which a character dodges: what of it a step must know from the step before. Server
// and client count it in input frames, so both have the same bits.
#pragma once

#include <cstdint>

#include "engine/ecs/component.h"

namespace tessera::movement {

/// From the start of a roll to where it ends: 0.4 s; and to the next one that may begin: 1.2 s.
inline constexpr std::uint8_t kRollTicks = 24;
inline constexpr std::uint8_t kRollAgainTicks = 72;

/// Written by the step of a character (character_motion.h). Every value is harmless.
struct Roll {
  std::uint16_t way = 0;     ///< where to: a quantised heading
  std::uint8_t ticks = 0;    ///< until the next may begin
  std::uint8_t buttons = 0;  ///< kButton... that the last frame held
  constexpr bool operator==(const Roll&) const = default;
  friend constexpr auto describe(ecs::Described<Roll>) {
    return ecs::component<Roll>("roll", {}, ecs::field("way", &Roll::way),
                                ecs::field("ticks", &Roll::ticks),
                                ecs::field("buttons", &Roll::buttons));
  }
};

constexpr bool is_rolling(const Roll& roll) { return roll.ticks > kRollAgainTicks - kRollTicks; }

}  // namespace tessera::movement
