// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/motion/surroundings.h"

#include <algorithm>
#include <bit>

namespace tessera::physics {
namespace {

using math::Float4;
using math::lanes;
using math::Mask4;
using math::select;
using math::splat;
using math::Vec3;
using math::Vec3x4;

struct Corners {
  Vec3x4 a;
  Vec3x4 b;
  Vec3x4 c;

  Corners(const FourTriangles& block, Vec3 origin) {
    const Vec3x4 from = math::splat(origin);
    a = block.a - from;
    b = block.b - from;
    c = block.c - from;
  }
  Float4 low_y() const { return math::min(math::min(a.y, b.y), c.y); }
  Float4 high_y() const { return math::max(math::max(a.y, b.y), c.y); }
  /// The lanes whose boxes, seen from above, come within `radius` of the axis along x and z.
  Mask4 within(float radius) const {
    const Float4 reach = splat(radius);
    return (math::min(math::min(a.x, b.x), c.x) < reach) &
           (math::max(math::max(a.x, b.x), c.x) > -reach) &
           (math::min(math::min(a.z, b.z), c.z) < reach) &
           (math::max(math::max(a.z, b.z), c.z) > -reach);
  }
};

}  // namespace

Surroundings::Surroundings(const CollisionWorld& world, const Bounds& box)
    : world_(world), box_(box) {
  world.each_solid_block(box, [&](const FourTriangles& block, Mask4 solid) {
    if (count_ == kNearMax) {
      overflowed_ = true;
      return;
    }
    near_[count_++] = {&block, solid};
  });
}

template <class Visit>
void Surroundings::each(Visit&& visit) const {
  if (overflowed_) return world_.each_solid_block(box_, visit);
  for (std::size_t i = 0; i < count_; ++i) visit(*near_[i].block, near_[i].solid);
}

Surroundings::Wall Surroundings::nearest_wall(Vec3 foot, float reach, float low, float high) const {
  Wall wall;
  each([&](const FourTriangles& block, Mask4 solid) {
    const Corners corners(block, foot);
    solid &=
        (corners.high_y() > splat(low)) & (corners.low_y() < splat(high)) & corners.within(reach);
    if (lanes(solid) == 0) return;
    const PlanNearest nearest = plan_nearest(corners.a, corners.b, corners.c, low, high);
    const Mask4 nearer = solid & (nearest.distance_squared < splat(wall.distance_squared));
    for (unsigned bits = lanes(nearer); bits != 0; bits &= bits - 1) {
      const auto lane = static_cast<unsigned>(std::countr_zero(bits));
      if (nearest.distance_squared[lane] >= wall.distance_squared) continue;
      wall = {nearest.distance_squared[lane],
              {nearest.x[lane], nearest.z[lane]},
              nearest.inside[lane] != 0};
    }
  });
  return wall;
}

Surroundings::Footing Surroundings::footing(Vec3 foot, float radius, float contact_max,
                                            float face_slope_max) const {
  Footing found;
  each([&](const FourTriangles& block, Mask4 solid) {
    const Corners corners(block, foot);
    solid &= (corners.low_y() <= splat(contact_max)) & corners.within(radius);
    if (lanes(solid) == 0) return;
    const Rest rest = rest_on(corners.a, corners.b, corners.c, radius);
    solid &= (rest.centre != splat(Rest::kPast)) & (rest.contact <= splat(contact_max));
    const Vec3x4 normal = cross(corners.b - corners.a, corners.c - corners.a);
    // A hair beyond 45 degrees still carries, so that slopes of exactly 45 do.
    Mask4 firm = rest.centre - rest.contact >= splat(radius * (1 - kCapShare - 1e-4f));
    if (face_slope_max > 0) {
      const Float4 run = normal.x * normal.x + normal.z * normal.z;
      firm |= run <= splat(face_slope_max * face_slope_max * 1.0002f) * normal.y * normal.y;
    }
    const Float4 height = rest.centre + splat(foot.y - radius);
    const float best_firm = math::highest(select(solid & firm, height, splat(kNone)));
    found.firm = std::max(found.firm, best_firm);
    const Float4 steep = select(solid & ~firm, height, splat(kNone));
    if (math::highest(steep) <= found.steep) return;
    for (unsigned lane = 0; lane < 4; ++lane) {
      if (steep[lane] <= found.steep) continue;
      found.steep = steep[lane];
      const float side = normal.y[lane] < 0 ? -1.0f : 1.0f;
      found.steep_normal = {normal.x[lane] * side, normal.z[lane] * side};
    }
  });
  return found;
}

float Surroundings::foot_limit(Vec3 foot, const StandingCapsule& shape, Ends ends) const {
  const float contact_min = shape.height - shape.radius * kCapShare - kFreeTolerance;
  float limit = kOpenSky;
  each([&](const FourTriangles& block, Mask4 solid) {
    Corners corners(block, foot);
    solid &= (corners.high_y() >= splat(contact_min)) & corners.within(shape.radius);
    if (lanes(solid) == 0) return;
    // Upside down, the upper end is let down onto the ceiling.
    for (Vec3x4* const corner : {&corners.a, &corners.b, &corners.c}) corner->y = -corner->y;
    const Rest rest = rest_on(corners.a, corners.b, corners.c, shape.radius);
    solid &= (rest.centre != splat(Rest::kPast)) & (rest.contact <= splat(-contact_min));
    if (ends == Ends::Firm) {
      solid &= rest.centre - rest.contact >= splat(shape.radius * (1 - kCapShare - 1e-4f));
    }
    const float centre = -math::highest(select(solid, rest.centre, splat(Rest::kPast)));
    if (centre == kOpenSky) return;
    limit = std::min(limit, foot.y + (centre - (shape.height - shape.radius)));
  });
  return limit;
}

bool Surroundings::overlaps(const Capsule& capsule) const {
  const float reach = capsule.radius - kFreeTolerance;
  bool found = false;
  each([&](const FourTriangles& block, Mask4 solid) {
    for (unsigned lane = 0; lane < 4 && !found; ++lane) {
      if (solid[lane] == 0) continue;
      const Nearest nearest = nearest_points(block.triangle(lane), capsule.segment);
      found = nearest.distance_squared < reach * reach;
    }
  });
  return found;
}

}  // namespace tessera::physics
