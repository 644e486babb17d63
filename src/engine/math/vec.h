// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Vectors of single precision. World axes: x east, y up, z south; unit metre.
#pragma once

#include <cmath>

namespace tessera::math {

struct Vec2 {
  float x = 0;
  float z = 0;
  constexpr bool operator==(const Vec2&) const = default;
};

struct Vec3 {
  float x = 0;
  float y = 0;
  float z = 0;
  constexpr bool operator==(const Vec3&) const = default;
};

constexpr Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.z + b.z}; }
constexpr Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.z - b.z}; }
constexpr Vec2 operator*(Vec2 a, float s) { return {a.x * s, a.z * s}; }
constexpr float dot(Vec2 a, Vec2 b) { return a.x * b.x + a.z * b.z; }
inline float length(Vec2 a) { return std::sqrt(dot(a, a)); }

constexpr Vec3 operator+(Vec3 a, Vec3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
constexpr Vec3 operator-(Vec3 a, Vec3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
constexpr Vec3 operator*(Vec3 a, float s) { return {a.x * s, a.y * s, a.z * s}; }
constexpr float dot(Vec3 a, Vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
constexpr Vec3 cross(Vec3 a, Vec3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline float length(Vec3 a) { return std::sqrt(dot(a, a)); }
inline float distance(Vec3 a, Vec3 b) { return length(a - b); }
/// The part of a vector in the ground plane.
constexpr Vec2 flat(Vec3 a) { return {a.x, a.z}; }

}  // namespace tessera::math
