// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/math/trigonometry.h"

#include <cmath>
#include <cstdint>

namespace tessera::math {
namespace {

// pi/2 in three parts (Cody and Waite). The first two have 10 bits each, so that their products
// with a quadrant number of 13 bits are exact.
constexpr float kHalfPiHigh = 1.5703125f;
constexpr float kHalfPiMiddle = 0.00048351287841796875f;
constexpr float kHalfPiLow = 3.1391647326017846e-07f;

// The polynomials interpolate at the Chebyshev nodes of the reduced range, in the square s of the
// argument: sin r = r + r s P(s), cos r = 1 - s/2 + s s P(s) on |r| <= pi/4.
float sin_reduced(float r) {
  const float s = r * r;
  return r +
         r * s * (-0.1666666460175411f + s * (0.008332736559177135f - s * 0.0001958537320669295f));
}

float cos_reduced(float r) {
  const float s = r * r;
  const float p =
      0.041666664598827986f + s * (-0.0013888291300557282f + s * 2.4545419078386766e-05f);
  return 1.0f - s * 0.5f + s * s * p;
}

// atan t = t + t s P(s) on |t| <= tan(pi/8).
float atan_reduced(float t) {
  const float s = t * t;
  const float p =
      -0.33333331686451945f +
      s * (0.19999523397226818f +
           s * (-0.1426336657969349f + s * (0.10737396966863184f - s * 0.06431038709884582f)));
  return t + t * s * p;
}

// atan t on 0 <= t <= 1; above tan(pi/8) by atan t = pi/4 + atan((t - 1) / (t + 1)).
float atan_unit(float t) {
  constexpr float kTanEighthPi = 0.41421356f;
  return t > kTanEighthPi ? 0.78539816f + atan_reduced((t - 1.0f) / (t + 1.0f)) : atan_reduced(t);
}

}  // namespace

SinCos sin_cos(float radians) {
  if (!(radians >= -kTrigonometryRange && radians <= kTrigonometryRange)) return {};
  const float quadrant = std::floor(radians * 0.63661977f + 0.5f);
  const float r =
      ((radians - quadrant * kHalfPiHigh) - quadrant * kHalfPiMiddle) - quadrant * kHalfPiLow;
  const float s = sin_reduced(r);
  const float c = cos_reduced(r);
  switch (static_cast<std::int32_t>(quadrant) & 3) {
    case 0:
      return {s, c};
    case 1:
      return {c, -s};
    case 2:
      return {-s, -c};
    default:
      return {-c, s};
  }
}

float sin(float radians) { return sin_cos(radians).sin; }
float cos(float radians) { return sin_cos(radians).cos; }

float atan2(float y, float x) {
  const float ax = x < 0 ? -x : x;
  const float ay = y < 0 ? -y : y;
  const float larger = ax > ay ? ax : ay;
  if (!(larger > 0) || !(ax <= 3.4e38f && ay <= 3.4e38f)) return 0;
  float angle = ay > ax ? kHalfPi - atan_unit(ax / ay) : atan_unit(ay / ax);
  if (x < 0) angle = kPi - angle;
  return y < 0 ? -angle : angle;
}

}  // namespace tessera::math
