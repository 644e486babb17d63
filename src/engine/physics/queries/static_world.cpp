// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/queries/static_world.h"

#include <algorithm>
#include <cmath>

namespace tessera::physics {
namespace {

using math::Vec3;

/// A piece of a long way: long enough that few trees are walked, short enough that its box holds
/// little that is off the way.
constexpr float kPiece_m = 4;
/// Pieces are cut finer than that only up to here; then they grow with the way.
constexpr int kPiecesMax = 256;

Vec3 unit(Vec3 v) {
  const float length_of = length(v);
  return length_of > 0 ? v * (1 / length_of) : Vec3{};
}

StaticHit hit_of(Surface surface, std::uint32_t number, float share, const Triangle& triangle,
                 Vec3 from, Vec3 way) {
  const Vec3 normal = unit(triangle.normal());
  const bool behind = dot(normal, way) > 0;
  return {share, surface, number, from + way * share, behind ? normal * -1.0f : normal};
}

/// The box round a capsule on the part [from, to] of its way, and what cast_at's tolerance and the
/// rounding of places add.
Bounds swept(const Capsule& capsule, Vec3 way, float from, float to) {
  Bounds bounds = capsule.moved(way * from).bounds();
  bounds.add(capsule.moved(way * to).bounds());
  const float reach =
      std::max({std::fabs(bounds.low.x), std::fabs(bounds.low.y), std::fabs(bounds.low.z),
                std::fabs(bounds.high.x), std::fabs(bounds.high.y), std::fabs(bounds.high.z)});
  bounds.grow(2 * kCastTolerance + reach * 1e-6f);
  return bounds;
}

/// Calls visit(box, to) for one piece of the way after the other, `to` being the share at its end,
/// until it says false.
template <class Visit>
void each_piece(const Capsule& capsule, Vec3 way, Visit&& visit) {
  const float wanted = std::ceil(length(way) / kPiece_m);
  if (!(wanted >= 0)) return;  // NaN
  const int pieces = static_cast<int>(std::clamp(wanted, 1.0f, static_cast<float>(kPiecesMax)));
  const float share = 1.0f / static_cast<float>(pieces);
  for (int piece = 0; piece < pieces; ++piece) {
    const float from = static_cast<float>(piece) * share;
    const float to = static_cast<float>(piece + 1) * share;
    if (!visit(swept(capsule, way, from, to), to)) return;
  }
}

/// As TriangleTree::cast_ray, without the triangles of open doors.
std::optional<RayHit> cast_past_doors(const StaticWorld& world, const Ray& ray) {
  std::optional<RayHit> best;
  const Capsule thin{{ray.origin, ray.origin}, 0};
  each_piece(thin, ray.direction, [&](const Bounds& box, float to) {
    world.mesh->each_touching(box, [&](std::uint32_t number, const Triangle& triangle) {
      const auto distance = ray_through(triangle, ray, best ? best->distance : 1);
      if (!distance || !is_solid(world, number)) return;
      if (best && *distance == best->distance && number >= best->triangle) return;
      best = RayHit{*distance, number};
    });
    return !best || best->distance > to;
  });
  return best;
}

struct Nearer {
  const Capsule& capsule;
  Vec3 way;
  std::optional<StaticHit>& best;

  void take(Surface surface, std::uint32_t number, const Triangle& triangle) const {
    const auto hit = cast_at(triangle, capsule, way);
    if (!hit || (best && hit->share > best->share)) return;
    if (best && hit->share == best->share) {
      if (surface < best->surface) return;
      if (surface == best->surface && number >= best->triangle) return;
    }
    best = StaticHit{hit->share, surface, number, hit->point, hit->normal};
  }
};

}  // namespace

bool is_solid(const StaticWorld& world, std::uint32_t triangle) {
  if (world.doors == nullptr) return true;
  const std::vector<Door>& doors = world.doors->geometry().doors;
  const auto next = std::ranges::upper_bound(doors, triangle, {}, &Door::first_triangle);
  if (next == doors.begin()) return true;
  const auto index = static_cast<std::size_t>(next - doors.begin()) - 1;
  const bool of_door = triangle - doors[index].first_triangle < doors[index].triangle_count;
  return !of_door || !world.doors->is_open(index);
}

std::optional<StaticHit> cast_ray(const StaticWorld& world, Vec3 from, Vec3 way) {
  const Ray ray{from, way};
  auto mesh = world.mesh->cast_ray(ray, 1);
  if (mesh && !is_solid(world, mesh->triangle)) mesh = cast_past_doors(world, ray);
  const auto ground = cast_ray(*world.terrain, *world.blocks, ray, mesh ? mesh->distance : 1);
  if (ground && (!mesh || ground->distance < mesh->distance)) {
    const Triangle triangle = terrain_triangle(*world.terrain, ground->triangle);
    return hit_of(Surface::Terrain, ground->triangle, ground->distance, triangle, from, way);
  }
  if (!mesh) return std::nullopt;
  const Triangle struck = world.mesh->triangle(mesh->triangle);
  return hit_of(Surface::Mesh, mesh->triangle, mesh->distance, struck, from, way);
}

std::optional<StaticHit> cast_capsule(const StaticWorld& world, const Capsule& capsule, Vec3 way) {
  std::optional<StaticHit> best;
  const Nearer nearer{capsule, way, best};
  each_piece(capsule, way, [&](const Bounds& box, float to) {
    world.mesh->each_touching(box, [&](std::uint32_t number, const Triangle& triangle) {
      if (is_solid(world, number)) nearer.take(Surface::Mesh, number, triangle);
    });
    each_touching(*world.terrain, *world.blocks, box,
                  [&](std::uint32_t number, const Triangle& triangle) {
                    nearer.take(Surface::Terrain, number, triangle);
                  });
    return !best || best->share > to;
  });
  return best;
}

bool sees(const StaticWorld& world, Vec3 eye, Vec3 goal) {
  const Vec3 way = goal - eye;
  const auto hit = cast_ray(world, eye, way);
  return !hit || length(way) * (1 - hit->share) <= kSightTolerance_m;
}

bool is_under_terrain(const StaticWorld& world, Vec3 place) {
  const HeightFieldOptions& grid = world.terrain->options();
  const float x = (place.x - grid.origin.x) / grid.spacing_m;
  const float z = (place.z - grid.origin.z) / grid.spacing_m;
  const bool within = x >= 0 && z >= 0 && x <= static_cast<float>(grid.columns - 1) &&
                      z <= static_cast<float>(grid.rows - 1);
  return within && place.y < world.terrain->height_at(flat(place));
}

bool overlaps(const StaticWorld& world, const Capsule& capsule) {
  const Segment& segment = capsule.segment;
  if (is_under_terrain(world, segment.from.y < segment.to.y ? segment.from : segment.to)) {
    return true;
  }
  bool found = false;
  const auto look = [&](const Triangle& triangle) {
    const float limit = capsule.radius * capsule.radius;
    found = found || nearest_points(triangle, segment).distance_squared < limit;
  };
  world.mesh->each_touching(capsule.bounds(), [&](std::uint32_t number, const Triangle& triangle) {
    if (!found && is_solid(world, number)) look(triangle);
  });
  if (found) return true;
  each_touching(*world.terrain, *world.blocks, capsule.bounds(),
                [&](std::uint32_t, const Triangle& triangle) { look(triangle); });
  return found;
}

}  // namespace tessera::physics
