// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A ground's solid triangles in Bullet's collision world, to compare with.
#pragma once

#include <memory>
#include <optional>

#include "engine/physics/static_geometry.h"

namespace tessera::benchmarks {

class BulletWorld {
 public:
  explicit BulletWorld(const physics::TriangleTree& solids);
  ~BulletWorld();
  BulletWorld(const BulletWorld&) = delete;
  BulletWorld& operator=(const BulletWorld&) = delete;

  /// The share of the way to the first hit (rayTest).
  std::optional<float> cast_ray(math::Vec3 from, math::Vec3 to) const;
  /// The same of a player's capsule whose foot goes from here to there (convexSweepTest).
  std::optional<float> sweep_player(math::Vec3 from, math::Vec3 to) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tessera::benchmarks
