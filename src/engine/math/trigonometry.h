// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Sine, cosine and arc tangent that give the same bits everywhere: g++, clang++, x86-64, ARM,
// WebAssembly. The C library's functions differ between platforms; these use only + - * / and
// floor, in single precision and a fixed order, and need -ffp-contract=off.
// Largest absolute error: 1.1e-7 for sin and cos, 3.0e-7 for atan2 (trigonometry_test.cpp).
#pragma once

namespace tessera::math {

inline constexpr float kPi = 3.14159265f;
inline constexpr float kHalfPi = 1.57079633f;
inline constexpr float kTwoPi = 6.28318531f;

/// Beyond this angle, in radians, and for NaN, sin and cos answer as for 0.
inline constexpr float kTrigonometryRange = 8192.0f;

struct SinCos {
  float sin = 0;
  float cos = 1;
};

/// Both at once; cheaper than one after the other. About 4 ns.
SinCos sin_cos(float radians);
float sin(float radians);
float cos(float radians);

/// The angle of the vector (x, y) from the x axis, in [-pi, pi]; 0 for (0, 0), and for NaN.
float atan2(float y, float x);

}  // namespace tessera::math
