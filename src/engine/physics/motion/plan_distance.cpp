// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A triangle cut by two level planes leaves a part with at most five corners. With the triangle's
// corners sorted by height, `long` from the lowest to the highest, `bent` by way of the middle one:
//
//        highest            top: long_high to bent_high, on the upper plane (or the highest corner)
//        /     \            the outline goes long_low, long_high, bent_high, middle, bent_low
//      long    middle       and back; the middle corner falls on one of its neighbours when it is
//        \    /             not between the planes
//        lowest
#include "engine/physics/motion/plan_distance.h"

#include <utility>

namespace tessera::physics {
namespace {

using math::Float4;
using math::Mask4;
using math::select;
using math::splat;
using math::Vec3x4;

/// Below this an area, in square metres twice counted, is a line: an upright triangle.
constexpr float kAreaMin = 1e-5f;

void sort_by_height(Vec3x4& lower, Vec3x4& upper) {
  const Mask4 swapped = lower.y > upper.y;
  const Vec3x4 former = lower;
  lower = select(swapped, upper, lower);
  upper = select(swapped, former, upper);
}

/// Where an edge crosses a height; `level` says which share of a level edge to take.
Vec3x4 crossing(const Vec3x4& lower, const Vec3x4& upper, Float4 height, float level) {
  const Float4 rise = upper.y - lower.y;
  const Mask4 is_level = rise <= splat(0);
  const Float4 share = (height - lower.y) / select(is_level, splat(1), rise);
  return lower + (upper - lower) * select(is_level, splat(level), share);
}

struct Outline {
  Float4 distance_squared = splat(PlanNearest::kNoPart);
  Float4 x = splat(0);
  Float4 z = splat(0);
  Float4 area = splat(0);
  Float4 turn_min = splat(0);
  Float4 turn_max = splat(0);

  void add_side(const Vec3x4& from, const Vec3x4& to) {
    const Float4 run_x = to.x - from.x;
    const Float4 run_z = to.z - from.z;
    const Float4 along = -(from.x * run_x + from.z * run_z);
    const Float4 size = math::max(run_x * run_x + run_z * run_z, splat(1e-20f));
    const Float4 share = math::min(math::max(along / size, splat(0)), splat(1));
    const Float4 near_x = from.x + run_x * share;
    const Float4 near_z = from.z + run_z * share;
    const Float4 squared = near_x * near_x + near_z * near_z;
    const Mask4 nearer = squared < distance_squared;
    distance_squared = select(nearer, squared, distance_squared);
    x = select(nearer, near_x, x);
    z = select(nearer, near_z, z);
    const Float4 turn = from.x * run_z - from.z * run_x;
    area += turn;
    turn_min = math::min(turn_min, turn);
    turn_max = math::max(turn_max, turn);
  }
};

}  // namespace

PlanNearest plan_nearest(const Vec3x4& a, const Vec3x4& b, const Vec3x4& c, float low, float high) {
  Vec3x4 lowest = a;
  Vec3x4 middle = b;
  Vec3x4 highest = c;
  sort_by_height(lowest, middle);
  sort_by_height(middle, highest);
  sort_by_height(lowest, middle);
  const Mask4 apart = (highest.y <= splat(low)) | (lowest.y >= splat(high));
  const Float4 bottom = math::min(math::max(lowest.y, splat(low)), highest.y);
  const Float4 top = math::max(math::min(highest.y, splat(high)), lowest.y);

  const Vec3x4 long_low = crossing(lowest, highest, bottom, 0);
  const Vec3x4 long_high = crossing(lowest, highest, top, 1);
  const Mask4 low_is_above = bottom >= middle.y;
  const Mask4 high_is_above = top >= middle.y;
  const Vec3x4 bent_low = crossing(select(low_is_above, middle, lowest),
                                   select(low_is_above, highest, middle), bottom, 0);
  const Vec3x4 bent_high = crossing(select(high_is_above, middle, lowest),
                                    select(high_is_above, highest, middle), top, 1);
  const Vec3x4 corner =
      select(middle.y < bottom, bent_low, select(middle.y > top, bent_high, middle));

  Outline outline;
  outline.add_side(long_low, long_high);
  outline.add_side(long_high, bent_high);
  outline.add_side(bent_high, corner);
  outline.add_side(corner, bent_low);
  outline.add_side(bent_low, long_low);
  const Mask4 one_way = (outline.turn_min >= splat(0)) | (outline.turn_max <= splat(0));
  return {.distance_squared = select(apart, splat(PlanNearest::kNoPart), outline.distance_squared),
          .x = outline.x,
          .z = outline.z,
          .inside = one_way & (math::abs(outline.area) > splat(kAreaMin)) & ~apart};
}

}  // namespace tessera::physics
