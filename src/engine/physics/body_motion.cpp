// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/body_motion.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tessera::physics {
namespace {

/// A rise below this on steep ground is rounding, not climbing.
constexpr float kClimbTolerance = 0.0005f;

/// A way beyond this is a broken number, not a motion.
constexpr float kWayMax = 1e6f;

bool is_steep(math::Vec2 gradient, float slope_max) {
  return dot(gradient, gradient) > slope_max * slope_max;
}

/// Would the body, going there, climb terrain that is too steep?
bool climbs(const CollisionWorld& world, const BodyShape& shape, const Body& body, math::Vec2 to,
            math::Vec2& gradient) {
  const HeightField::Ground ground = world.terrain().ground_at(to);
  gradient = ground.gradient;
  return is_steep(ground.gradient, shape.slope_max) &&
         ground.height_m > body.position.y + kClimbTolerance;
}

/// The way that remains when steep ground stops the climb: its part across the slope, or none.
math::Vec2 kept_off_slopes(const CollisionWorld& world, const BodyShape& shape, const Body& body,
                           math::Vec2 way) {
  const math::Vec2 from = flat(body.position);
  math::Vec2 gradient;
  if (!climbs(world, shape, body, from + way, gradient)) return way;
  const math::Vec2 across{-gradient.z, gradient.x};
  const math::Vec2 kept = across * (dot(way, across) / dot(across, across));
  return climbs(world, shape, body, from + kept, gradient) ? math::Vec2{} : kept;
}

/// The place that a part of the way leads to, beside all walls and no farther than the way is long;
/// none if there is no room.
std::optional<math::Vec2> place_beside_walls(const CollisionWorld& world, const BodyShape& shape,
                                             const Body& body, math::Vec2 way) {
  const float radius = shape.cylinder.radius;
  const float low = body.position.y + (body.grounded ? shape.step_up_m : 0.0f);
  const float high = body.position.y + shape.cylinder.height;
  const math::Vec2 from = flat(body.position);
  const math::Vec2 wanted = world.inside_bounds(from + way, radius);
  const auto pushed = world.pushed_out_of_boxes(wanted, radius, low, high);
  if (!pushed) return std::nullopt;
  if (*pushed == wanted) return wanted;

  // Round a corner the push may lengthen the way by a hundredth: cut it back along its own line.
  math::Vec2 moved = *pushed - from;
  const float limit = dot(way, way);
  if (dot(moved, moved) > limit) moved = moved * std::sqrt(limit / dot(moved, moved));
  const math::Vec2 place = world.inside_bounds(from + moved, radius);
  if (!world.hits_box(place, radius, low, high)) return place;
  // Who stands in a wall already (content has changed under it) is let out.
  if (world.hits_box(from, radius, low, high)) return pushed;
  return std::nullopt;
}

/// One part of a way, shorter than half the radius. False if it was not walked as asked.
bool walk_part(const CollisionWorld& world, const BodyShape& shape, Body& body, math::Vec2 way) {
  const math::Vec2 allowed = kept_off_slopes(world, shape, body, way);
  const auto place = place_beside_walls(world, shape, body, allowed);
  if (!place) return false;

  math::Vec2 gradient;
  const bool as_asked = *place == flat(body.position) + way;
  if (!as_asked && climbs(world, shape, body, *place, gradient)) return false;

  const float feet = body.position.y;
  const float step = body.grounded ? shape.step_up_m : 0.0f;
  const float floor = world.floor_at(*place, shape.cylinder.radius, feet + step);
  const bool carried = floor >= feet - step;
  const float new_feet = carried ? floor : feet;
  if (new_feet > feet &&
      world.hits_box(*place, shape.cylinder.radius, new_feet, new_feet + shape.cylinder.height)) {
    return false;  // no room to stand up there
  }
  body.position = {place->x, new_feet, place->z};
  body.grounded = carried;
  return as_asked;
}

}  // namespace

bool walk(const CollisionWorld& world, const BodyShape& shape, Body& body, math::Vec2 way) {
  const float length = math::length(way);
  if (!(length > 0)) return true;
  if (length > kWayMax) return false;
  const float parts_wanted = std::floor(length / (shape.cylinder.radius * 0.5f)) + 1;
  const int parts = static_cast<int>(std::min(parts_wanted, static_cast<float>(kMotionPartsMax)));
  const float farthest = static_cast<float>(kMotionPartsMax) * shape.cylinder.radius * 0.5f;
  const float kept = length > farthest ? farthest / length : 1.0f;
  const math::Vec2 part = way * (kept / static_cast<float>(parts));
  bool as_asked = kept == 1.0f;
  for (int i = 0; i < parts; ++i) {
    if (!walk_part(world, shape, body, part)) as_asked = false;
  }
  return as_asked;
}

bool rise(const CollisionWorld& world, const BodyShape& shape, Body& body, float rise) {
  const math::Vec2 place = flat(body.position);
  const float radius = shape.cylinder.radius;
  const float feet = body.position.y;
  const float wanted = feet + rise;
  if (rise > 0) {
    const float ceiling = world.ceiling_at(place, radius, feet + shape.cylinder.height - kSkin);
    const float highest = std::max(feet, ceiling - shape.cylinder.height - kSkin);
    body.position.y = std::min(wanted, highest);
    return wanted > highest;
  }
  const float floor = world.floor_at(place, radius, feet);
  if (wanted > floor) {
    body.position.y = wanted;
    return false;
  }
  body.position.y = std::max(floor, wanted);
  body.grounded = true;
  return true;
}

bool stands_on_steep_ground(const CollisionWorld& world, const BodyShape& shape, const Body& body) {
  const HeightField::Ground ground = world.terrain().ground_at(flat(body.position));
  return is_steep(ground.gradient, shape.slope_max) &&
         body.position.y <= ground.height_m + kClimbTolerance;
}

}  // namespace tessera::physics
