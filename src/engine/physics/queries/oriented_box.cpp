// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>
#include <cmath>

#include "engine/math/angles.h"
#include "engine/physics/queries/areas_of_effect.h"

namespace tessera::physics {
namespace {

using math::Vec3;

/// A crossed axis shorter than this belongs to parallel edges and separates nothing.
constexpr float kAxisMin_squared = 1e-12f;

using Local = std::array<float, 3>;

Local in_box(const OrientedBox& box, Vec3 direction) {
  return {dot(direction, box.axes[0]), dot(direction, box.axes[1]), dot(direction, box.axes[2])};
}

/// A segment as a box sees it.
struct SegmentInBox {
  Local from;
  Local way;
  Local half;

  /// How far the point at `share` lies outside along an axis.
  float outside(std::size_t axis, float share) const {
    const float place = from[axis] + way[axis] * share;
    return place - std::clamp(place, -half[axis], half[axis]);
  }
  /// Half the growth of the square of the distance along the way. It never falls: the distance from
  /// something convex has one lowest stretch.
  float growth(float share) const {
    float sum = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) sum += way[axis] * outside(axis, share);
    return sum;
  }
  float distance_squared(float share) const {
    float sum = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      sum += outside(axis, share) * outside(axis, share);
    }
    return sum;
  }
};

/// Do the projections of triangle and box on this axis lie side by side?
bool separates(const std::array<Vec3, 3>& corners, Vec3 half, Vec3 axis) {
  if (dot(axis, axis) < kAxisMin_squared) return false;
  const float a = dot(corners[0], axis);
  const float b = dot(corners[1], axis);
  const float c = dot(corners[2], axis);
  const float reach =
      half.x * std::fabs(axis.x) + half.y * std::fabs(axis.y) + half.z * std::fabs(axis.z);
  return std::min({a, b, c}) >= reach || std::max({a, b, c}) <= -reach;
}

/// By the theorem of separating axes: the box's, the triangle's normal, and all edges crossed.
bool reaches_in(const OrientedBox& box, const Triangle& triangle) {
  const auto local = [&](Vec3 place) {
    const Local at = in_box(box, place - box.centre);
    return Vec3{at[0], at[1], at[2]};
  };
  const std::array<Vec3, 3> corners{local(triangle.a), local(triangle.b), local(triangle.c)};
  constexpr std::array<Vec3, 3> kAxes{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
  for (const Vec3 axis : kAxes) {
    if (separates(corners, box.half, axis)) return false;
  }
  const std::array<Vec3, 3> edges{corners[1] - corners[0], corners[2] - corners[1],
                                  corners[0] - corners[2]};
  if (separates(corners, box.half, cross(edges[0], edges[1]))) return false;
  for (const Vec3 edge : edges) {
    for (const Vec3 axis : kAxes) {
      if (separates(corners, box.half, cross(edge, axis))) return false;
    }
  }
  return true;
}

}  // namespace

Bounds OrientedBox::bounds() const {
  const auto reach = [&](float x, float y, float z) {
    return half.x * std::fabs(x) + half.y * std::fabs(y) + half.z * std::fabs(z);
  };
  const Vec3 extent{reach(axes[0].x, axes[1].x, axes[2].x), reach(axes[0].y, axes[1].y, axes[2].y),
                    reach(axes[0].z, axes[1].z, axes[2].z)};
  return {centre - extent, centre + extent};
}

OrientedBox upright_box(Vec3 centre, Vec3 half, float heading_rad) {
  const math::Vec2 ahead = math::direction_of_heading(heading_rad);
  return {centre, half, {Vec3{-ahead.z, 0, ahead.x}, Vec3{0, 1, 0}, Vec3{ahead.x, 0, ahead.z}}};
}

OrientedBox beam(Vec3 from, Vec3 to, float half_width, float half_height) {
  const Vec3 way = to - from;
  const float reach = length(way);
  const Vec3 ahead = reach > 0 ? way * (1 / reach) : Vec3{0, 0, -1};
  const Vec3 aside = cross(ahead, {0, 1, 0});
  const float level = length(aside);
  const Vec3 right = level > 0 ? aside * (1 / level) : Vec3{1, 0, 0};  // straight up: any will do
  return {(from + to) * 0.5f,
          {half_width, half_height, reach * 0.5f},
          {right, cross(right, ahead), ahead}};
}

float distance_squared(const OrientedBox& box, const Segment& segment) {
  const SegmentInBox seen{in_box(box, segment.from - box.centre),
                          in_box(box, segment.to - segment.from),
                          {box.half.x, box.half.y, box.half.z}};
  if (seen.growth(0) >= 0) return seen.distance_squared(0);
  if (seen.growth(1) <= 0) return seen.distance_squared(1);
  // Between the planes of the box's sides the growth is a straight line. The lowest place lies
  // between the last plane at which it falls and the first at which it grows.
  float falling = 0;
  float growing = 1;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (seen.way[axis] == 0) continue;
    for (const float side : {-seen.half[axis], seen.half[axis]}) {
      const float share = (side - seen.from[axis]) / seen.way[axis];
      if (!(share > falling && share < growing)) continue;
      (seen.growth(share) < 0 ? falling : growing) = share;
    }
  }
  const float low = seen.growth(falling);
  const float high = seen.growth(growing);
  const float part = high > low ? -low / (high - low) : 0;
  return seen.distance_squared(falling + (growing - falling) * std::clamp(part, 0.0f, 1.0f));
}

bool overlaps(const StaticWorld& world, const OrientedBox& box) {
  if (is_under_terrain(world, box.centre)) return true;
  bool found = false;
  world.mesh->each_touching(box.bounds(), [&](std::uint32_t number, const Triangle& triangle) {
    found = found || (is_solid(world, number) && reaches_in(box, triangle));
  });
  if (found) return true;
  each_touching(
      *world.terrain, *world.blocks, box.bounds(),
      [&](std::uint32_t, const Triangle& triangle) { found = found || reaches_in(box, triangle); });
  return found;
}

}  // namespace tessera::physics
