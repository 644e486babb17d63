// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/motion/body_motion.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/physics/motion/surroundings.h"

namespace tessera::physics {
namespace {

using math::Vec2;
using math::Vec3;

/// A rise below this on steep ground is rounding, not climbing.
constexpr float kClimbTolerance = 0.0005f;
/// A way beyond this is a broken number, not a motion.
constexpr float kWayMax = 1e6f;
/// How far one call slides a body aside, as a share of its radius: at 60 calls a second a player's
/// slides at 4.8 m/s, below its run.
constexpr float kSlideShare = 0.2f;
/// Two walls that meet need two pushes; more are narrow niches, which are then refused.
constexpr int kPushesMax = 6;

bool is_steep(Vec2 gradient, float slope_max) {
  return dot(gradient, gradient) > slope_max * slope_max;
}

Vec3 at_height(Vec2 place, float height) { return {place.x, height, place.z}; }

/// Where a part of a way leads to, seen from above.
struct Place {
  Vec2 at;
  bool tight = false;  ///< nearer to a wall than the radius
};

/// One part of a motion, no longer than half the radius.
struct Part {
  const CollisionWorld& world;
  const BodyShape& shape;
  const Surroundings& near;
  Body& body;

  float radius() const { return shape.capsule.radius; }
  float cap() const { return shape.capsule.radius * kCapShare; }
  float step() const { return body.grounded ? shape.step_up_m : cap(); }

  bool climbs_terrain(Vec2 to, Vec2& gradient) const;
  Vec2 kept_off_steep_terrain(Vec2 way) const;
  Surroundings::Wall wall_at(Vec2 place, float foot) const;
  std::optional<Vec2> pushed_out(Vec2 place, float foot) const;
  std::optional<Place> place_beside_walls(Vec2 way) const;
  bool settle(const Place& place, Vec2& steep_normal);
  bool walk(Vec2 way);
  bool hangs_free(Vec3 foot) const;
  bool slide_to(float height);
  Rise fall(float depth);
  Rise climb(float height);
};

/// Would the body, going there, climb terrain that is too steep?
bool Part::climbs_terrain(Vec2 to, Vec2& gradient) const {
  const HeightField::Ground ground = world.terrain().ground_at(to);
  gradient = ground.gradient;
  return is_steep(ground.gradient, shape.slope_max) &&
         ground.height_m > body.position.y + kClimbTolerance;
}

/// The way that remains when steep terrain stops the climb: its part across the slope, or none.
Vec2 Part::kept_off_steep_terrain(Vec2 way) const {
  const Vec2 from = flat(body.position);
  Vec2 gradient;
  if (!climbs_terrain(from + way, gradient)) return way;
  const Vec2 across{-gradient.z, gradient.x};
  const Vec2 kept = across * (dot(way, across) / dot(across, across));
  return climbs_terrain(from + kept, gradient) ? Vec2{} : kept;
}

Surroundings::Wall Part::wall_at(Vec2 place, float foot) const {
  return near.nearest_wall(at_height(place, foot), radius(), step(), shape.capsule.height - cap());
}

/// The nearest place beside all walls; none if it takes too many pushes.
std::optional<Vec2> Part::pushed_out(Vec2 place, float foot) const {
  const float limit = radius() * radius();
  for (int push = 0; push < kPushesMax; ++push) {
    const Surroundings::Wall wall = wall_at(place, foot);
    if (wall.distance_squared >= limit) return place;
    if (wall.inside || wall.distance_squared <= 0) return std::nullopt;
    const float distance = std::sqrt(wall.distance_squared);
    const Vec2 away = wall.offset * ((radius() + kSkin - distance) / distance);
    place = world.inside_bounds(place - away, radius());
  }
  return std::nullopt;
}

/// The place that a part of the way leads to, beside all walls and no farther than the way is long;
/// none if there is no room.
std::optional<Place> Part::place_beside_walls(Vec2 way) const {
  const Vec2 from = flat(body.position);
  const Vec2 wanted = world.inside_bounds(from + way, radius());
  if (near.empty()) return Place{wanted};
  const float foot = body.position.y;
  const auto pushed = pushed_out(wanted, foot);
  if (pushed && *pushed == wanted) return Place{wanted};

  // Round a corner the push may lengthen the way by a hundredth: cut it back along its own line.
  Vec2 moved = pushed.value_or(wanted) - from;
  const float limit = dot(way, way);
  const float size = dot(moved, moved);
  if (size > limit) moved = moved * std::sqrt(limit / size);
  const Vec2 place = world.inside_bounds(from + moved, radius());
  const float distance = wall_at(place, foot).distance_squared;
  if (pushed && distance >= radius() * radius()) return Place{place};
  // Who is nearer to a wall than its radius already (beside its round foot or head, or a door has
  // closed) may go where it gets no nearer.
  if (distance < wall_at(from, foot).distance_squared) return std::nullopt;
  return Place{place, true};
}

/// Stands the body on what is at `place`, or leaves it in the air there. False, and nothing done,
/// if that would be a climb (then `steep_normal` is that of what is too steep) or has no head-room.
bool Part::settle(const Place& to, Vec2& steep_normal) {
  const Vec2 place = to.at;
  const float foot = body.position.y;
  const float ground = world.terrain().height_at(place);
  Surroundings::Footing footing;
  if (!near.empty()) {
    footing = near.footing(at_height(place, foot), radius(), step() + kFreeTolerance,
                           body.grounded ? shape.slope_max : 0);
  }
  const float floor = std::max(ground, footing.firm);
  if (footing.steep > std::max(foot, floor) + kFreeTolerance) {
    steep_normal = footing.steep_normal;
    return false;
  }
  const bool carried = body.grounded ? floor >= foot - shape.step_up_m : floor >= foot;
  const bool too_steep = footing.steep > floor + kFreeTolerance;
  const float new_foot = carried && !too_steep ? floor : std::max(foot, floor);
  if (!near.empty() && near.foot_limit(at_height(place, foot), shape.capsule,
                                       Surroundings::Ends::Whole) < new_foot - kFreeTolerance) {
    steep_normal = {};
    return false;
  }
  const Vec3 position = at_height(place, new_foot);
  // In a tight place nothing of the above is sure; who starts free stays free all the same.
  if (to.tight && near.overlaps(shape.capsule.at(position)) &&
      !near.overlaps(shape.capsule.at(body.position))) {
    steep_normal = {};
    return false;
  }
  body.position = position;
  body.grounded = carried && !too_steep;
  return true;
}

bool Part::walk(Vec2 way) {
  Vec2 allowed = kept_off_steep_terrain(way);
  // The second time along what was too steep the first time.
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto place = place_beside_walls(allowed);
    if (!place) return false;
    Vec2 normal;
    const bool as_asked = place->at == flat(body.position) + way;
    if (!as_asked && climbs_terrain(place->at, normal)) return false;
    if (settle(*place, normal)) return as_asked;
    const float into = dot(allowed, normal);
    if (into >= 0) return false;
    allowed = allowed - normal * (into / dot(normal, normal));
  }
  return false;
}

/// Is there room for the body, neither in a floor nor in a ceiling, if it hangs there?
bool Part::hangs_free(Vec3 foot) const {
  return foot.y >= world.terrain().height_at(flat(foot)) && !near.overlaps(shape.capsule.at(foot));
}

/// Moves the body up or down to a height, and aside, by no more, from what its upper or lower end
/// would touch there. Where that takes a longer way, it only goes aside. False, and nothing done,
/// if there is no room.
bool Part::slide_to(float height) {
  const Vec3 from = body.position;
  const auto place = pushed_out(flat(from), height);
  if (!place) return false;
  const Vec2 aside = *place - flat(from);
  const float size = math::length(aside);
  const float size_max = radius() * kSlideShare;
  const Vec3 to = size <= size_max ? at_height(*place, height)
                                   : at_height(flat(from) + aside * (size_max / size), from.y);
  if (!hangs_free(to)) return false;
  body.position = to;
  return true;
}

/// Falls by `depth`, no more than half the radius.
Rise Part::fall(float depth) {
  const Vec3 from = body.position;
  const float ground = world.terrain().height_at(flat(from));
  const float firm = near.empty() ? Surroundings::kNone
                                  : near.footing(from, radius(), cap() + kFreeTolerance, 0).firm;
  const float floor = std::max(ground, std::min(firm, from.y));
  const float wanted = std::max(from.y - depth, floor);
  if (near.empty() || wall_at(flat(from), wanted).distance_squared >= radius() * radius()) {
    body.position.y = wanted;
    body.grounded = wanted == floor;
    return body.grounded ? Rise::Stopped : Rise::AsAsked;
  }
  if (slide_to(wanted)) return Rise::Slid;
  body.grounded = true;  // wedged between steep rocks
  return Rise::Stopped;
}

/// Rises by `height`, no more than half the radius.
Rise Part::climb(float height) {
  const Vec3 from = body.position;
  if (near.empty()) {
    body.position.y += height;
    return Rise::AsAsked;
  }
  const float highest = near.foot_limit(from, shape.capsule, Surroundings::Ends::Firm) - kSkin;
  const float asked = from.y + height;
  const float wanted = std::min(asked, std::max(from.y, highest));
  if (wall_at(flat(from), wanted).distance_squared >= radius() * radius()) {
    body.position.y = wanted;
    return wanted < asked ? Rise::Stopped : Rise::AsAsked;
  }
  return slide_to(wanted) ? Rise::Slid : Rise::Stopped;
}

/// What a body may touch that gets `aside` along the map at most, and up or down.
Bounds reach_of(const BodyShape& shape, Vec3 from, float aside, float down, float up) {
  const float reach = aside + shape.capsule.radius + 2 * kSkin;
  return {from - Vec3{reach, down + kSkin, reach},
          from + Vec3{reach, up + shape.capsule.height + kSkin, reach}};
}

}  // namespace

bool walk(const CollisionWorld& world, const BodyShape& shape, Body& body, Vec2 way) {
  const float length = math::length(way);
  if (!(length > 0)) return true;
  if (length > kWayMax) return false;
  const float radius = shape.capsule.radius;
  const float parts_wanted = std::floor(length / (radius * 0.5f)) + 1;
  const int parts = static_cast<int>(std::min(parts_wanted, static_cast<float>(kMotionPartsMax)));
  const float farthest = static_cast<float>(kMotionPartsMax) * radius * 0.5f;
  const float kept = length > farthest ? farthest / length : 1.0f;
  const Vec2 part = way * (kept / static_cast<float>(parts));
  const float climb = static_cast<float>(parts) * shape.step_up_m;
  const Bounds bounds = reach_of(shape, body.position, length * kept, climb, climb);
  const Surroundings near(world, bounds);
  Part motion{world, shape, near, body};
  bool as_asked = kept == 1.0f;
  for (int i = 0; i < parts; ++i) {
    if (!motion.walk(part)) as_asked = false;
  }
  return as_asked;
}

Rise rise(const CollisionWorld& world, const BodyShape& shape, Body& body, float rise) {
  const float radius = shape.capsule.radius;
  const float limit = static_cast<float>(kMotionPartsMax) * radius * 0.5f;
  const float way = std::min(std::fabs(rise), limit);
  if (!(way > 0)) return Rise::AsAsked;
  const float down = rise < 0 ? way + radius : 0.0f;
  const float up = rise < 0 ? 0.0f : way + radius;
  const Surroundings near(world, reach_of(shape, body.position, radius * kSlideShare, down, up));
  Part motion{world, shape, near, body};
  const float parts = std::floor(way / (radius * 0.5f)) + 1;
  for (float i = 0; i < parts; ++i) {
    const Rise result = rise < 0 ? motion.fall(way / parts) : motion.climb(way / parts);
    if (result != Rise::AsAsked) return result;
  }
  return Rise::AsAsked;
}

bool stands_on_steep_ground(const CollisionWorld& world, const BodyShape& shape, const Body& body) {
  const HeightField::Ground ground = world.terrain().ground_at(flat(body.position));
  return is_steep(ground.gradient, shape.slope_max) &&
         body.position.y <= ground.height_m + kClimbTolerance;
}

}  // namespace tessera::physics
