// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The solid triangles about a body, gathered once and then asked several times within a step: how
// near is the next wall, where does the foot rest, how high may the head go. All triangles are
// asked at once, four to an instruction, relative to the body, so that floats stay exact far from
// the origin.
#pragma once

#include <array>

#include "engine/physics/collision_world.h"
#include "engine/physics/motion/plan_distance.h"
#include "engine/physics/motion/resting_sphere.h"

namespace tessera::physics {

class Surroundings {
 public:
  /// Whatever touches `box`. The world must outlive it, and its doors stay as they are.
  Surroundings(const CollisionWorld& world, const Bounds& box);

  bool empty() const { return count_ == 0; }

  /// The nearest triangle to the upright axis through `foot`, between two heights above it, seen
  /// from above; those farther than `reach` may be left out.
  struct Wall {
    float distance_squared = PlanNearest::kNoPart;
    math::Vec2 offset;    ///< of the nearest place, from the axis
    bool inside = false;  ///< the axis goes through it: no way out can be told
  };
  Wall nearest_wall(math::Vec3 foot, float reach, float low, float high) const;

  /// Where the foot of a capsule rests that is let down along the axis: heights of the foot in the
  /// world, kNone where there is nothing.
  struct Footing {
    float firm = kNone;       ///< on what carries a body
    float steep = kNone;      ///< on what does not
    math::Vec2 steep_normal;  ///< of that triangle, seen from above; not of length 1
  };
  /// Only what is touched no higher than `contact_max` above `foot` counts. Firm is what is touched
  /// from above, within 45 degrees; and, if `face_slope_max` is above 0, also every edge of a face
  /// that rises no more than this per metre.
  Footing footing(math::Vec3 foot, float radius, float contact_max, float face_slope_max) const;

  /// The highest place of the foot at which the capsule's upper end is free, above or a little
  /// below `foot`; kOpenSky under nothing.
  enum class Ends : std::uint8_t {
    Firm,  ///< only what is touched from below, within 45 degrees
    Whole
  };
  float foot_limit(math::Vec3 foot, const StandingCapsule& shape, Ends ends) const;

  /// Does the capsule reach into any of them by more than kFreeTolerance?
  bool overlaps(const Capsule& capsule) const;

  static constexpr float kNone = Rest::kPast;
  static constexpr float kOpenSky = -Rest::kPast;

 private:
  struct Near {
    const FourTriangles* block;
    math::Mask4 solid;
  };
  /// 512 triangles within reach of one body. Beyond that the tree is asked each time: slower, and
  /// the same.
  static constexpr std::size_t kNearMax = 128;

  template <class Visit>
  void each(Visit&& visit) const;

  const CollisionWorld& world_;
  Bounds box_;
  std::size_t count_ = 0;
  bool overflowed_ = false;
  std::array<Near, kNearMax> near_;  // not cleared: only the first count_ are read
};

/// The share of the radius by which a sphere's points within 45 degrees of its lowest one are
/// higher than that: 1 - cos 45.
inline constexpr float kCapShare = 0.29289322f;

}  // namespace tessera::physics
