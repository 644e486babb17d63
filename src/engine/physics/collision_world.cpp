// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/collision_world.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/core/assert.h"

namespace tessera::physics {
namespace {

/// Two walls that meet need two pushes; more are narrow niches, which are then refused.
constexpr int kPushesMax = 4;

/// How far below a floor still counts as on it: the rounding of a height.
constexpr float kFloorTolerance = 0.001f;

float clamped(float value, float low, float high) {
  if (!(value > low)) return low;  // NaN too
  return value < high ? value : high;
}

}  // namespace

CollisionWorld::CollisionWorld(const Rectangle& bounds, HeightField terrain,
                               std::span<const BoxShape> boxes)
    : bounds_(bounds), terrain_(std::move(terrain)) {
  TESSERA_ASSERT(bounds.low.x < bounds.high.x && bounds.low.z < bounds.high.z,
                 "collision world: empty bounds");
  boxes_.reserve(boxes.size());
  for (const BoxShape& shape : boxes) boxes_.emplace_back(shape);
  grid_ = BoxGrid(boxes_);
}

math::Vec2 CollisionWorld::inside_bounds(math::Vec2 place, float radius) const {
  return {clamped(place.x, bounds_.low.x + radius, bounds_.high.x - radius),
          clamped(place.z, bounds_.low.z + radius, bounds_.high.z - radius)};
}

float CollisionWorld::floor_at(math::Vec2 place, float radius, float feet_max) const {
  float floor = terrain_.height_at(place);
  for (const Box& box : grid_.near(place)) {
    if (box.top <= feet_max && box.top > floor && box.touches_circle(place, radius))
      floor = box.top;
  }
  return floor;
}

float CollisionWorld::ceiling_at(math::Vec2 place, float radius, float head) const {
  float ceiling = std::numeric_limits<float>::infinity();
  for (const Box& box : grid_.near(place)) {
    if (box.bottom >= head && box.bottom < ceiling && box.touches_circle(place, radius)) {
      ceiling = box.bottom;
    }
  }
  return ceiling;
}

bool CollisionWorld::hits_box(math::Vec2 place, float radius, float low, float high) const {
  for (const Box& box : grid_.near(place)) {
    if (box.top > low && box.bottom < high && box.touches_circle(place, radius)) return true;
  }
  return false;
}

std::optional<math::Vec2> CollisionWorld::pushed_out_of_boxes(math::Vec2 place, float radius,
                                                              float low, float high) const {
  for (int push = 0; push < kPushesMax; ++push) {
    bool free = true;
    for (const Box& box : grid_.near(place)) {
      if (box.top > low && box.bottom < high && box.touches_circle(place, radius)) {
        place = pushed_out(box, place, radius + kSkin);
        free = false;
      }
    }
    if (free) return place;
  }
  if (hits_box(place, radius, low, high)) return std::nullopt;
  return place;
}

bool CollisionWorld::is_free(math::Vec3 feet, const Cylinder& shape) const {
  const math::Vec2 place = flat(feet);
  const math::Vec2 inside = inside_bounds(place, shape.radius);
  if (!(inside == place) || !(feet.y >= terrain_.height_at(place) - kFloorTolerance)) return false;
  return !hits_box(place, shape.radius, feet.y + kFloorTolerance,
                   feet.y + shape.height - kFloorTolerance);
}

}  // namespace tessera::physics
