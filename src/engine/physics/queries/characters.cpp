// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/queries/characters.h"

#include <cmath>

namespace tessera::physics {
namespace {

using math::Vec3;

/// The point of an upright segment that is nearest to `place`.
Vec3 nearest_on(const Segment& axis, Vec3 place) {
  return {axis.from.x, std::clamp(place.y, axis.from.y, axis.to.y), axis.from.z};
}

/// Where a point on its way enters what lies within `radius` of the origin; Vec may be flat. Behind
/// the start it is negative. None when it passes by.
template <class Vec>
std::optional<float> enters(Vec offset, Vec way, float radius) {
  const float way_squared = dot(way, way);
  if (!(way_squared > 0)) return std::nullopt;
  // Seen from where it is nearest, a long way does not eat the digits of a small radius.
  const float nearest = -dot(way, offset) / way_squared;
  const Vec beside = offset + way * nearest;
  const float inside = radius * radius - dot(beside, beside);
  if (!(inside >= 0)) return std::nullopt;
  return nearest - std::sqrt(inside / way_squared);
}

/// Where a point comes within `radius` of an upright segment: on the side of the cylinder round it
/// or on the balls at its ends. Those make one convex shape, so the first of the three is it.
std::optional<float> first_touch(const Segment& axis, Vec3 from, Vec3 way, float radius) {
  std::optional<float> best;
  const auto side = enters(flat(from - axis.from), flat(way), radius);
  if (side) {
    const float height = from.y + way.y * *side;
    if (height >= axis.from.y && height <= axis.to.y) best = side;
  }
  for (const Vec3 centre : {axis.from, axis.to}) {
    const auto ball = enters(from - centre, way, radius);
    if (ball && (!best || *ball < *best)) best = ball;
  }
  return best;
}

}  // namespace

std::optional<CharacterHit> cast_at(const UprightCapsule& character, Vec3 from, Vec3 way,
                                    float radius) {
  const Segment axis = character.segment();
  const float reach = character.radius + radius;
  CharacterHit hit;
  const auto touch_at = [&](Vec3 place) {
    const Vec3 on_axis = nearest_on(axis, place);
    const Vec3 offset = place - on_axis;
    const float away = length(offset);
    hit.normal = away > 0 ? offset * (1 / away) : Vec3{};
    hit.point = on_axis + hit.normal * character.radius;
    return away;
  };
  const float distance = touch_at(from);
  if (distance <= reach) {
    const bool leaves = distance > reach - kCastTolerance && dot(way, hit.normal) >= 0;
    if (leaves) return std::nullopt;
    return hit;
  }
  const auto share = first_touch(axis, from, way, reach);
  if (!share || !(*share >= 0) || !(*share <= 1)) return std::nullopt;
  hit.share = *share;
  touch_at(from + way * hit.share);
  return hit;
}

void CharacterColumns::clear() {
  size_ = 0;
  for (auto* const column : {&x_, &z_, &low_, &high_, &radius_}) column->clear();
}

void CharacterColumns::add(const UprightCapsule& character) {
  if (size_ % 4 == 0) {
    for (auto* const column : {&x_, &z_, &low_, &high_, &radius_}) {
      column->insert(column->end(), 4, 0.0f);
    }
  }
  const Segment axis = character.segment();
  x_[size_] = axis.from.x;
  z_[size_] = axis.from.z;
  low_[size_] = axis.from.y;
  high_[size_] = axis.to.y;
  radius_[size_] = character.radius;
  ++size_;
}

UprightCapsule CharacterColumns::operator[](std::size_t index) const {
  const float radius = radius_[index];
  return {{x_[index], low_[index] - radius, z_[index]},
          radius,
          high_[index] - low_[index] + 2 * radius};
}

}  // namespace tessera::physics
