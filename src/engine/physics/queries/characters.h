// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Characters as abilities and projectiles meet them: upright capsules that stand on their feet.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/math/vec.h"
#include "engine/physics/mesh/capsule.h"

namespace tessera::physics {

struct UprightCapsule {
  math::Vec3 feet;      ///< its lowest point
  float radius = 0.4f;  ///< above 0
  float height = 1.8f;  ///< less than twice the radius counts as that: a ball

  /// From the centre of the lower ball to that of the upper one.
  Segment segment() const {
    const float upper = std::max(height - radius, radius);
    return {{feet.x, feet.y + radius, feet.z}, {feet.x, feet.y + upper, feet.z}};
  }
  Capsule capsule() const { return {segment(), radius}; }
};

struct CharacterHit {
  float share = 0;    ///< of the way that is free; 0 when it starts inside
  math::Vec3 point;   ///< on the character
  math::Vec3 normal;  ///< of length 1, from there outwards; zero when it starts on the axis
};

/// Where a ball on its way first touches a character; radius 0 is a ray. In closed form, some
/// 20 ns. Touching and leaving is no hit.
std::optional<CharacterHit> cast_at(const UprightCapsule& character, math::Vec3 from,
                                    math::Vec3 way, float radius);

/// Candidates of an overlap query, in columns so that four are looked at at once. Kept by the
/// caller from tick to tick for its memory; filled from a spatial::GridIndex, or whole once a tick.
class CharacterColumns {
 public:
  void clear();
  void add(const UprightCapsule& character);
  std::size_t size() const { return size_; }
  UprightCapsule operator[](std::size_t index) const;

  /// Padded to a multiple of four.
  const float* x() const { return x_.data(); }
  const float* z() const { return z_.data(); }
  const float* low() const { return low_.data(); }    ///< centre of the lower ball
  const float* high() const { return high_.data(); }  ///< centre of the upper ball
  const float* radius() const { return radius_.data(); }

 private:
  std::size_t size_ = 0;
  std::vector<float> x_;
  std::vector<float> z_;
  std::vector<float> low_;
  std::vector<float> high_;
  std::vector<float> radius_;
};

}  // namespace tessera::physics
