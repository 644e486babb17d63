// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/collision_world.h"

#include <algorithm>
#include <utility>

#include "engine/core/assert.h"
#include "engine/physics/motion/surroundings.h"

namespace tessera::physics {
namespace {

float clamped(float value, float low, float high) {
  if (!(value > low)) return low;  // NaN too
  return value < high ? value : high;
}

std::shared_ptr<const StaticGeometry> without_doors(const Rectangle& bounds, HeightField terrain,
                                                    std::span<const Triangle> solids) {
  auto geometry = std::make_shared<StaticGeometry>();
  geometry->bounds = bounds;
  geometry->terrain = std::move(terrain);
  geometry->solids = TriangleTree(solids);
  return geometry;
}

}  // namespace

CollisionWorld::CollisionWorld(std::shared_ptr<const StaticGeometry> geometry)
    : geometry_(std::move(geometry)) {
  TESSERA_ASSERT(bounds().low.x < bounds().high.x && bounds().low.z < bounds().high.z,
                 "collision world: empty bounds");
  const std::vector<Door>& doors = geometry_->doors;
  TESSERA_ASSERT(doors.size() <= kDoorsMax, "collision world: too many doors");
  const std::size_t first = doors.empty() ? geometry_->solids.size() : doors.front().first_triangle;
  first_door_triangle_ = static_cast<std::int32_t>(first);
}

CollisionWorld::CollisionWorld(const Rectangle& bounds, HeightField terrain,
                               std::span<const Triangle> solids)
    : CollisionWorld(without_doors(bounds, std::move(terrain), solids)) {}

math::Vec2 CollisionWorld::inside_bounds(math::Vec2 place, float radius) const {
  return {clamped(place.x, bounds().low.x + radius, bounds().high.x - radius),
          clamped(place.z, bounds().low.z + radius, bounds().high.z - radius)};
}

bool CollisionWorld::is_solid(std::uint32_t triangle) const {
  if (triangle < static_cast<std::uint32_t>(first_door_triangle_)) return true;
  const auto after =
      std::ranges::upper_bound(geometry_->doors, triangle, {}, &Door::first_triangle);
  return !open_doors_[static_cast<std::size_t>(after - geometry_->doors.begin()) - 1];
}

void CollisionWorld::remove_open_doors(const FourTriangles& block, math::Mask4& solid) const {
  for (unsigned lane = 0; lane < 4; ++lane) {
    if (solid[lane] != 0 && !is_solid(block.number[lane])) solid[lane] = 0;
  }
}

float CollisionWorld::floor_at(math::Vec2 place, float radius, float foot_max) const {
  const float ground = terrain().height_at(place);
  const math::Vec3 foot{place.x, std::max(foot_max, ground), place.z};
  const Bounds column{{place.x - radius, ground, place.z - radius},
                      {place.x + radius, foot.y + radius, place.z + radius}};
  const Surroundings near(*this, column);
  const Surroundings::Footing footing = near.footing(foot, radius, kFreeTolerance, 0);
  return std::max({ground, footing.firm, footing.steep});
}

bool CollisionWorld::overlaps_solid(const Capsule& capsule) const {
  const float reach = capsule.radius - kFreeTolerance;
  bool found = false;
  geometry_->solids.each_touching(
      capsule.bounds(), [&](std::uint32_t number, const Triangle& triangle) {
        if (found || !is_solid(number)) return;
        found = nearest_points(triangle, capsule.segment).distance_squared < reach * reach;
      });
  return found;
}

int CollisionWorld::solids_round(math::Vec3 point) const {
  const float top = geometry_->solids.bounds().high.y;
  const Bounds column{point, {point.x, top, point.z}};
  const Ray up{point, {0, 1, 0}};
  int count = 0;
  geometry_->solids.each_touching(column, [&](std::uint32_t number, const Triangle& triangle) {
    if (!is_solid(number)) return;
    if (ray_through(triangle, up, top - point.y + 1)) count += triangle.normal().y > 0 ? 1 : -1;
  });
  return count;
}

bool CollisionWorld::is_inside_solid(math::Vec3 point) const {
  // A line that grazes an edge may count either side of it; two beside each other do not.
  constexpr math::Vec3 kBeside{0.013f, 0, 0.007f};
  return solids_round(point) > 0 && solids_round(point + kBeside) > 0;
}

bool CollisionWorld::is_free(math::Vec3 foot, const StandingCapsule& shape) const {
  const math::Vec2 place = flat(foot);
  const math::Vec2 inside = inside_bounds(place, shape.radius);
  if (!(inside == place) || !(foot.y >= terrain().height_at(place) - kFreeTolerance)) return false;
  const Capsule capsule = shape.at(foot);
  return !overlaps_solid(capsule) && !is_inside_solid(capsule.segment.from);
}

}  // namespace tessera::physics
