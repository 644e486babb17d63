// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/physics/projectiles/projectile.h"

#include <algorithm>
#include <cmath>

#include "engine/core/tick.h"
#include "engine/math/trigonometry.h"

namespace tessera::physics {
namespace {

using math::Vec3;

/// Directions whose difference is smaller are one.
constexpr float kAlongMin = 1e-6f;

bool is_finite(Vec3 v) { return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z); }

/// Any direction at right angles to one.
Vec3 aside_of(Vec3 direction) {
  const bool upright = std::fabs(direction.y) > 0.9f;
  const Vec3 aside = cross(direction, upright ? Vec3{1, 0, 0} : Vec3{0, 1, 0});
  return aside * (1 / length(aside));
}

/// The velocity, turned towards the goal by no more than an angle, and as fast as before.
Vec3 turned(Vec3 velocity, Vec3 to_goal, float angle) {
  const float speed = length(velocity);
  const float away = length(to_goal);
  if (!(speed > 0) || !(away > 0)) return velocity;
  const Vec3 ahead = velocity * (1 / speed);
  const Vec3 wanted = to_goal * (1 / away);
  const math::SinCos most = math::sin_cos(std::min(angle, math::kPi));
  const float cosine = dot(ahead, wanted);
  if (cosine >= most.cos) return wanted * speed;
  const Vec3 rest = wanted - ahead * cosine;
  const float rest_length = length(rest);
  const Vec3 side = rest_length > kAlongMin ? rest * (1 / rest_length) : aside_of(ahead);
  const Vec3 turned_to = ahead * most.cos + side * most.sin;
  return turned_to * (speed / length(turned_to));
}

float radius_of(const ProjectileKind& kind) {
  return std::max(kind.radius_m, kProjectileRadiusMin_m);
}

ProjectileStep first_struck(const StaticWorld& world, Vec3 from, Vec3 way, float radius,
                            std::span<const MovingCharacter> characters) {
  ProjectileStep step;
  bool struck = false;
  if (const auto hit = cast_sphere(world, from, radius, way)) {
    step = {ProjectileFate::StruckStatic,
            hit->surface,
            hit->triangle,
            hit->point,
            hit->normal,
            hit->share};
    struck = true;
  }
  for (std::uint32_t i = 0; i < characters.size(); ++i) {
    const MovingCharacter& character = characters[i];
    const auto hit = cast_at(character.shape, from, way - character.way, radius);
    if (!hit || (struck && hit->share >= step.share)) continue;
    const Vec3 point = hit->point + character.way * hit->share;
    step = {ProjectileFate::StruckCharacter, {}, i, point, hit->normal, hit->share};
    struck = true;
  }
  return step;
}

}  // namespace

float reach_m(const ProjectileKind& kind, const Projectile& projectile) {
  const float fall = std::fabs(kind.gravity_m_per_s2) * (kTickSeconds * kTickSeconds * 0.5f);
  const float way = length(projectile.velocity_m_per_s) * kTickSeconds + fall;
  return way * 1.00001f + radius_of(kind);
}

ProjectileStep step_projectile(const StaticWorld& world, const ProjectileKind& kind,
                               Projectile& projectile, std::optional<Vec3> goal,
                               std::span<const MovingCharacter> characters) {
  const auto end = [&](ProjectileFate fate) {
    projectile.ticks_left = 0;
    return ProjectileStep{.fate = fate, .point = projectile.position};
  };
  if (projectile.ticks_left == 0) return end(ProjectileFate::Expired);
  Vec3 velocity = projectile.velocity_m_per_s;
  if (goal && kind.turn_rate_rad_per_s > 0) {
    velocity =
        turned(velocity, *goal - projectile.position, kind.turn_rate_rad_per_s * kTickSeconds);
  }
  const Vec3 fall{0, -kind.gravity_m_per_s2 * kTickSeconds, 0};
  const Vec3 way = (velocity + fall * 0.5f) * kTickSeconds;
  if (!is_finite(projectile.position + way)) return end(ProjectileFate::Expired);

  ProjectileStep step = first_struck(world, projectile.position, way, radius_of(kind), characters);
  projectile.position = projectile.position + way * step.share;
  projectile.velocity_m_per_s = velocity + fall;
  if (step.fate != ProjectileFate::Flies) {
    projectile.ticks_left = 0;
    return step;
  }
  if (--projectile.ticks_left == 0) return end(ProjectileFate::Expired);
  step.point = projectile.position;
  return step;
}

}  // namespace tessera::physics
