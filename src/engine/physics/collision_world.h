// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a zone's bodies bump into: the edge of the world, the terrain, solid triangles, closed
// doors. The geometry is shared and never changes; only doors do, between ticks, so every thread
// may ask during one. A client that holds the same content and the same doors gets the same
// answers, bit for bit.
#pragma once

#include <bitset>
#include <memory>
#include <span>

#include "engine/math/vec.h"
#include "engine/physics/mesh/capsule.h"
#include "engine/physics/static_geometry.h"

namespace tessera::physics {

/// An upright capsule; its position is the centre of its foot, the lowest point.
struct StandingCapsule {
  float radius = 0.4f;
  float height = 1.8f;  ///< at least twice the radius

  Capsule at(math::Vec3 foot) const {
    return {{{foot.x, foot.y + radius, foot.z}, {foot.x, foot.y + height - radius, foot.z}},
            radius};
  }
};

/// The distance at which a body is kept from a wall. Positions of four kilometres have steps of
/// 0.25 mm; this is large against that, and too small to see.
inline constexpr float kSkin = 0.002f;

/// Who reaches less than this into something is free: the rounding of places, and a little.
inline constexpr float kFreeTolerance = 0.001f;

class CollisionWorld {
 public:
  explicit CollisionWorld(std::shared_ptr<const StaticGeometry> geometry);
  /// A world without doors and water.
  CollisionWorld(const Rectangle& bounds, HeightField terrain,
                 std::span<const Triangle> solids = {});

  const StaticGeometry& geometry() const { return *geometry_; }
  const Rectangle& bounds() const { return geometry_->bounds; }
  const HeightField& terrain() const { return geometry_->terrain; }
  float water_level_m() const { return geometry_->water_level_m; }

  /// Doors are closed at first. `door`: its place in geometry().doors.
  bool is_open(std::size_t door) const { return open_doors_[door]; }
  void set_open(std::size_t door, bool open) { open_doors_[door] = open; }

  /// Calls `visit(block, solid)` for the triangles that touch `box` and some near it; `solid` has
  /// the lanes that hold one which is no open door's.
  template <class Visit>
  void each_solid_block(const Bounds& box, Visit&& visit) const {
    geometry_->solids.each_block_touching(
        box, [&](const FourTriangles& block) { visit(block, solid_lanes(block)); });
  }

  /// The nearest place at least `radius` from the world's edge; for NaN the lower corner.
  math::Vec2 inside_bounds(math::Vec2 place, float radius) const;

  /// Where a body's foot rests that is let down at `place` from `foot_max`, or a little above: on
  /// the terrain or the highest triangle below, however steep.
  float floor_at(math::Vec2 place, float radius, float foot_max) const;

  /// Does the capsule reach into a solid triangle by more than kFreeTolerance?
  bool overlaps_solid(const Capsule& capsule) const;

  /// Is the point within a closed solid? Solids are closed, and turned outwards, as content is;
  /// they may overlap.
  bool is_inside_solid(math::Vec3 point) const;

  /// May a body stand or hang here: within the bounds, not below the ground, in nothing solid?
  bool is_free(math::Vec3 foot, const StandingCapsule& shape) const;

 private:
  math::Mask4 solid_lanes(const FourTriangles& block) const {
    math::Mask4 solid = block.held();
    const math::Mask4 of_doors =
        std::bit_cast<math::Mask4>(block.number) >= math::Mask4{} + first_door_triangle_;
    if (math::lanes(solid & of_doors) != 0) remove_open_doors(block, solid);
    return solid;
  }
  /// How many closed solids the point lies in: a line upwards leaves so many more than it enters.
  int solids_round(math::Vec3 point) const;
  bool is_solid(std::uint32_t triangle) const;
  void remove_open_doors(const FourTriangles& block, math::Mask4& solid) const;

  std::shared_ptr<const StaticGeometry> geometry_;
  std::int32_t first_door_triangle_ = 0;  ///< those from here on are doors'
  std::bitset<kDoorsMax> open_doors_;
};

}  // namespace tessera::physics
