// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a zone's bodies bump into: the edge of the world, the terrain, static boxes. It never
// changes while the zone runs, so every thread may ask it at once, and a client that holds the same
// content gets the same answers, bit for bit.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/math/vec.h"
#include "engine/physics/box.h"
#include "engine/physics/box_grid.h"
#include "engine/physics/height_field.h"

namespace tessera::physics {

struct Rectangle {
  math::Vec2 low;
  math::Vec2 high;
};

/// An upright cylinder; a body's position is the centre of its foot.
struct Cylinder {
  float radius = 0.4f;  ///< below kBoxReach
  float height = 1.8f;
};

/// The distance at which a body is kept from a wall. Positions of four kilometres have steps of
/// 0.25 mm; this is large against that, and too small to see.
inline constexpr float kSkin = 0.002f;

class CollisionWorld {
 public:
  CollisionWorld(const Rectangle& bounds, HeightField terrain, std::span<const BoxShape> boxes);

  const Rectangle& bounds() const { return bounds_; }
  const HeightField& terrain() const { return terrain_; }
  std::span<const Box> boxes() const { return boxes_; }

  /// The nearest place at least `radius` from the world's edge; for NaN the lower corner.
  math::Vec2 inside_bounds(math::Vec2 place, float radius) const;

  /// What carries a body at `place` whose feet are no higher than `feet_max`: the terrain, or the
  /// highest top, up to there, of the boxes under its foot.
  float floor_at(math::Vec2 place, float radius, float feet_max) const;

  /// The lowest bottom, not below `head`, of the boxes above a body; infinity under the open sky.
  float ceiling_at(math::Vec2 place, float radius, float head) const;

  /// Does any box reach into this part of the air? Touching is not reaching in.
  bool hits_box(math::Vec2 place, float radius, float low, float high) const;

  /// Moves a circle out of all boxes that reach into the air between low and high; none if there is
  /// no room near by.
  std::optional<math::Vec2> pushed_out_of_boxes(math::Vec2 place, float radius, float low,
                                                float high) const;

  /// May a body stand or hang here: within the bounds, not below the ground, in no box?
  bool is_free(math::Vec3 feet, const Cylinder& shape) const;

 private:
  Rectangle bounds_;
  HeightField terrain_;
  std::vector<Box> boxes_;
  BoxGrid grid_;
};

}  // namespace tessera::physics
