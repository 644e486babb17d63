// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Headings: radians clockwise from north (-z), kept in [-pi, pi); and their quantised form, the
// 65,536 parts of a turn, in which clients send where they look.
#pragma once

#include <cmath>
#include <cstdint>

#include "engine/math/trigonometry.h"
#include "engine/math/vec.h"

namespace tessera::math {

/// The same direction in [-pi, pi). 0 for what is no angle: NaN and beyond kTrigonometryRange.
inline float wrap_angle(float radians) {
  if (!(radians >= -kTrigonometryRange && radians <= kTrigonometryRange)) return 0;
  const float wrapped = radians - kTwoPi * std::floor((radians + kPi) * (1.0f / kTwoPi));
  if (wrapped < -kPi) return -kPi;
  return wrapped < kPi ? wrapped : -kPi;  // rounding may reach pi itself
}

/// The nearest of `65536` parts of a turn; 0 is north, 0x4000 east.
inline std::uint16_t quantise_angle(float radians) {
  const float parts = std::floor(wrap_angle(radians) * (65536.0f / kTwoPi) + 0.5f);
  return static_cast<std::uint16_t>(static_cast<std::int32_t>(parts));
}

/// The angle of a quantised heading, in [-pi, pi). Every value survives a round trip.
constexpr float angle_from_quantised(std::uint16_t parts) {
  return static_cast<float>(static_cast<std::int16_t>(parts)) * (kTwoPi / 65536.0f);
}

/// The unit vector that a heading looks along.
inline Vec2 direction_of_heading(float heading) {
  const SinCos angle = sin_cos(heading);
  return {angle.sin, -angle.cos};
}

/// The heading that looks along a vector of any length; 0 for the zero vector.
inline float heading_of_direction(Vec2 direction) {
  return wrap_angle(atan2(direction.x, -direction.z));
}

}  // namespace tessera::math
