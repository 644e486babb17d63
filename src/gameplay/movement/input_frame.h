// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a player asks of its character for one sixtieth of a second. Clients send nothing else about
// movement: no positions, no speeds. And what a step must know of the frames before: the roll with
// which a character dodges. Server and client count it in frames, so both have the same bits. Every
// value of every field is harmless, so a decoder need not judge them.
#pragma once

#include <cstdint>

#include "engine/ecs/component.h"

namespace tessera::movement {

inline constexpr std::uint8_t kButtonJump = 1;
inline constexpr std::uint8_t kButtonWalk = 2;   ///< walk instead of run
inline constexpr std::uint8_t kButtonBlock = 4;  ///< held: slower, and no jumps
inline constexpr std::uint8_t kButtonDodge = 8;  ///< a roll, when it is newly pressed
/// The other bits are free; the step ignores them.
inline constexpr std::uint8_t kButtonsKnown =
    kButtonJump | kButtonWalk | kButtonBlock | kButtonDodge;
/// What begins with a press: frames that stand in for lost ones do not have it.
inline constexpr std::uint8_t kButtonsPressed = kButtonJump | kButtonDodge;

struct InputFrame {
  std::uint16_t aim = 0;  ///< where to look: a quantised heading (engine/math/angles.h)
  /// Where to go, on the map, in 1/127 of full speed: x east, z south. Longer than 127 counts as
  /// 127.
  std::int8_t move_x = 0;
  std::int8_t move_z = 0;
  std::uint8_t buttons = 0;
  std::uint8_t reserved = 0;  ///< zero
  constexpr bool operator==(const InputFrame&) const = default;
};

/// From the start of a roll to where it ends: 0.4 s; and to the next one that may begin: 1.2 s.
inline constexpr std::uint8_t kRollTicks = 24;
inline constexpr std::uint8_t kRollAgainTicks = 72;

/// Written by the step of a character (character_motion.h).
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

template <>
inline constexpr bool tessera::ecs::kIsPlainField<tessera::movement::InputFrame> = true;
