// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/benchmarks/bullet_world.h"

#include <btBulletCollisionCommon.h>

#include "engine/physics/collision_world.h"

namespace tessera::benchmarks {
namespace {

btVector3 vector_of(math::Vec3 v) { return {v.x, v.y, v.z}; }

/// Bullet's capsule is described by its radius and the length of its segment.
btCapsuleShape player_capsule() {
  const physics::StandingCapsule player;
  return {player.radius, player.height - 2 * player.radius};
}

}  // namespace

struct BulletWorld::Parts {
  explicit Parts(const physics::TriangleTree& solids) {
    for (std::uint32_t i = 0; i < solids.size(); ++i) {
      const physics::Triangle triangle = solids.triangle(i);
      mesh.addTriangle(vector_of(triangle.a), vector_of(triangle.b), vector_of(triangle.c));
    }
    shape = std::make_unique<btBvhTriangleMeshShape>(&mesh, true);
    object.setCollisionShape(shape.get());
    world.addCollisionObject(&object);
  }

  btDefaultCollisionConfiguration configuration;
  btCollisionDispatcher dispatcher{&configuration};
  btDbvtBroadphase broadphase;
  btCollisionWorld world{&dispatcher, &broadphase, &configuration};
  btTriangleMesh mesh;
  std::unique_ptr<btBvhTriangleMeshShape> shape;
  btCollisionObject object;
  btCapsuleShape player = player_capsule();
};

BulletWorld::BulletWorld(const physics::TriangleTree& solids)
    : parts_(std::make_unique<Parts>(solids)) {}

BulletWorld::~BulletWorld() { parts_->world.removeCollisionObject(&parts_->object); }

std::optional<float> BulletWorld::cast_ray(math::Vec3 from, math::Vec3 to) const {
  btCollisionWorld::ClosestRayResultCallback result(vector_of(from), vector_of(to));
  parts_->world.rayTest(vector_of(from), vector_of(to), result);
  if (!result.hasHit()) return std::nullopt;
  return static_cast<float>(result.m_closestHitFraction);
}

std::optional<float> BulletWorld::sweep_player(math::Vec3 from, math::Vec3 to) const {
  const math::Vec3 middle{0, physics::StandingCapsule{}.height / 2, 0};
  const btTransform start(btQuaternion::getIdentity(), vector_of(from + middle));
  const btTransform end(btQuaternion::getIdentity(), vector_of(to + middle));
  btCollisionWorld::ClosestConvexResultCallback result(start.getOrigin(), end.getOrigin());
  parts_->world.convexSweepTest(&parts_->player, start, end, result);
  if (!result.hasHit()) return std::nullopt;
  return static_cast<float>(result.m_closestHitFraction);
}

}  // namespace tessera::benchmarks
