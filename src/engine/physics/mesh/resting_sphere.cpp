// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/mesh/resting_sphere.h"

#include <algorithm>
#include <cmath>

namespace tessera::physics {
namespace {

using math::Vec2;
using math::Vec3;

constexpr float kNone = -std::numeric_limits<float>::infinity();

/// On a corner: the sphere's centre lies within its radius of it, over the map.
float rest_on(Vec3 corner, Vec2 place, float radius) {
  const Vec2 offset = place - flat(corner);
  const float left = radius * radius - dot(offset, offset);
  return left >= 0 ? corner.y + std::sqrt(left) : kNone;
}

/// On an edge: over the map the centre is `aside` of the edge's line, so the cylinder round the
/// line is touched where the rest of the radius, seen across the edge, leads.
float rest_on(Vec3 from, Vec3 to, Vec2 place, float radius) {
  const Vec3 edge = to - from;
  const Vec2 run = flat(edge);
  const float run_squared = dot(run, run);
  if (run_squared <= 0) return kNone;  // upright: its upper corner is touched
  const Vec2 offset = place - flat(from);
  const float along = dot(offset, run) / run_squared;  // the nearest point of the line, on the map
  const Vec2 aside = offset - run * along;
  const float left = radius * radius - dot(aside, aside);
  if (left < 0) return kNone;
  // In the upright plane along the edge a circle of this radius rests on a line of this slope.
  const float across = std::sqrt(left);
  const float slope = edge.y / std::sqrt(run_squared);
  const float stretch = std::sqrt(1 + slope * slope);
  const float height = from.y + edge.y * along + across * stretch;
  const float contact = along + across * slope / stretch / std::sqrt(run_squared);
  return contact >= 0 && contact <= 1 ? height : kNone;
}

/// On the face: the plane is touched a radius away along its normal, if that is inside the
/// triangle.
float rest_on(const Triangle& triangle, Vec2 place, float radius) {
  Vec3 normal = triangle.normal();
  if (normal.y < 0) normal = normal * -1.0f;
  const float size = length(normal);
  if (!(normal.y > 1e-6f * size)) return kNone;  // upright: its edges are touched
  const Vec3 unit = normal * (1 / size);
  const Vec2 contact = place - flat(unit) * radius;
  const Vec2 corners[] = {flat(triangle.a), flat(triangle.b), flat(triangle.c), flat(triangle.a)};
  int lefts = 0;
  int rights = 0;
  for (int side = 0; side < 3; ++side) {
    const Vec2 edge = corners[side + 1] - corners[side];
    const Vec2 offset = contact - corners[side];
    const float turn = edge.x * offset.z - edge.z * offset.x;
    lefts += turn < 0 ? 1 : 0;
    rights += turn > 0 ? 1 : 0;
  }
  if (lefts > 0 && rights > 0) return kNone;
  const Vec2 offset = contact - corners[0];
  const float contact_height = triangle.a.y - dot(offset, flat(unit)) / unit.y;
  return contact_height + unit.y * radius;
}

}  // namespace

std::optional<float> resting_height(const Triangle& triangle, Vec2 place, float radius) {
  float height = rest_on(triangle, place, radius);
  if (height == kNone) {
    height = std::max({rest_on(triangle.a, triangle.b, place, radius),
                       rest_on(triangle.b, triangle.c, place, radius),
                       rest_on(triangle.c, triangle.a, place, radius),
                       rest_on(triangle.a, place, radius), rest_on(triangle.b, place, radius),
                       rest_on(triangle.c, place, radius)});
  }
  if (height == kNone) return std::nullopt;
  return height;
}

}  // namespace tessera::physics
