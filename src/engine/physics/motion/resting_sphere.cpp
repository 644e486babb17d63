// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/motion/resting_sphere.h"

namespace tessera::physics {
namespace {

using math::Float4;
using math::Mask4;
using math::select;
using math::splat;
using math::Vec3x4;

/// A face this near to upright (as the normal's part upwards) is touched on its edges only.
constexpr float kUpright = 1e-6f;
/// A run shorter than this, in square metres, is that of an upright edge.
constexpr float kRunMin = 1e-12f;

void take_higher(Rest& best, Mask4 valid, Float4 centre, Float4 contact) {
  const Mask4 higher = valid & (centre > best.centre);
  best.centre = select(higher, centre, best.centre);
  best.contact = select(higher, contact, best.contact);
}

/// On a corner: the axis passes within the radius of it.
void try_corner(Rest& best, const Vec3x4& corner, Float4 radius_squared) {
  const Float4 left = radius_squared - (corner.x * corner.x + corner.z * corner.z);
  const Float4 above = math::sqrt(math::max(left, splat(0)));
  take_higher(best, left >= splat(0), corner.y + above, corner.y);
}

/// On an edge: seen from above the axis is `aside` of its line, so the cylinder round the line is
/// touched where the rest of the radius, seen across the edge, leads: a circle that rests on a
/// slope.
void try_edge(Rest& best, const Vec3x4& from, const Vec3x4& to, Float4 radius_squared) {
  const Vec3x4 edge = to - from;
  const Float4 run_squared = edge.x * edge.x + edge.z * edge.z;
  const Mask4 upright = run_squared < splat(kRunMin);  // its upper corner is touched
  const Float4 per_run = splat(1) / select(upright, splat(1), run_squared);
  const Float4 along = -(from.x * edge.x + from.z * edge.z) * per_run;  // nearest, from above
  const Float4 aside_x = from.x + edge.x * along;
  const Float4 aside_z = from.z + edge.z * along;
  const Float4 left = radius_squared - (aside_x * aside_x + aside_z * aside_z);
  const Float4 across = math::max(left, splat(0)) * per_run;
  const Float4 length_squared = run_squared + edge.y * edge.y;
  const Float4 lift = math::sqrt(across * length_squared);
  const Float4 contact = along + edge.y * lift / select(upright, splat(1), length_squared);
  const Mask4 valid = (left >= splat(0)) & ~upright & (contact >= splat(0)) & (contact <= splat(1));
  take_higher(best, valid, from.y + edge.y * along + lift, from.y + edge.y * contact);
}

/// On the face: the plane is touched a radius away along its normal, if that is inside.
void try_face(Rest& best, const Vec3x4& a, const Vec3x4& b, const Vec3x4& c, float radius) {
  Vec3x4 normal = cross(b - a, c - a);
  normal = select(normal.y < splat(0), normal * splat(-1), normal);
  const Float4 size = math::sqrt(dot(normal, normal));
  const Mask4 level_enough = normal.y > size * splat(kUpright);
  const Float4 per_size = splat(radius) / select(level_enough, size, splat(1));
  const Float4 contact_x = -normal.x * per_size;
  const Float4 contact_z = -normal.z * per_size;
  const auto turn = [&](const Vec3x4& from, const Vec3x4& to) {
    return (to.x - from.x) * (contact_z - from.z) - (to.z - from.z) * (contact_x - from.x);
  };
  const Float4 ab = turn(a, b);
  const Float4 bc = turn(b, c);
  const Float4 ca = turn(c, a);
  const Mask4 inside = ((ab >= splat(0)) & (bc >= splat(0)) & (ca >= splat(0))) |
                       ((ab <= splat(0)) & (bc <= splat(0)) & (ca <= splat(0)));
  const Float4 down = (contact_x - a.x) * normal.x + (contact_z - a.z) * normal.z;
  const Float4 contact = a.y - down / select(level_enough, normal.y, splat(1));
  take_higher(best, inside & level_enough, contact + normal.y * per_size, contact);
}

}  // namespace

Rest rest_on(const Vec3x4& a, const Vec3x4& b, const Vec3x4& c, float radius) {
  Rest best{splat(Rest::kPast), splat(Rest::kPast)};
  const Float4 radius_squared = splat(radius * radius);
  try_face(best, a, b, c, radius);
  try_edge(best, a, b, radius_squared);
  try_edge(best, b, c, radius_squared);
  try_edge(best, c, a, radius_squared);
  try_corner(best, a, radius_squared);
  try_corner(best, b, radius_squared);
  try_corner(best, c, radius_squared);
  return best;
}

std::optional<float> resting_height(const Triangle& triangle, math::Vec2 place, float radius) {
  const math::Vec3 axis{place.x, 0, place.z};
  const Rest rest = rest_on(math::splat(triangle.a - axis), math::splat(triangle.b - axis),
                            math::splat(triangle.c - axis), radius);
  if (rest.centre[0] == Rest::kPast) return std::nullopt;
  return rest.centre[0];
}

}  // namespace tessera::physics
