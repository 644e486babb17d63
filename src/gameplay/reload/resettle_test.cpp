// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <gtest/gtest.h>

#include "gameplay/reload/reload.h"
#include "gameplay/testing/test_world.h"

namespace tessera::reload {
namespace {

ZoneDefinition with_house_at(math::Vec2 place) {
  ZoneDefinition zone = test_zone();
  zone.boxes = {{{place.x, 2, place.z}, {4, 2, 4}, 0}};
  return zone;
}

TEST(Resettle, PutsThoseElsewhereWhomANewHouseHasCaughtAndNobodyElse) {
  TestWorld world;
  const EntityId caught = world.enter(1, math::Vec3{60, 0, 60});
  const EntityId free = world.enter(2, math::Vec3{80, 0, 60});
  const EntityId deer = world.registry.create(Position{{61, 0, 61}}, Velocity{});
  const ZoneDefinition changed = with_house_at({60, 60});
  const physics::CollisionWorld collision = make_collision_world(changed);
  EXPECT_EQ(resettle(world.registry, changed, collision, world.seed, world.now + 1), 2u);
  const math::Vec3 spawned = world.get<Position>(caught).metres;
  EXPECT_LT(length(flat(spawned) - math::Vec2{128, 128}), 10) << "at the spawn point";
  EXPECT_EQ(world.get<Position>(free).metres, (math::Vec3{80, 0, 60}));
  EXPECT_EQ(world.get<Position>(deer).metres, (math::Vec3{61, 4, 61})) << "on the roof";
  for (const EntityId entity : {caught, free, deer}) {
    EXPECT_TRUE(collision.is_free(world.get<Position>(entity).metres, {}));
  }
}

TEST(Resettle, BringsThoseBackWhomASmallerWorldHasLost) {
  TestWorld world;
  const EntityId player = world.enter(1, math::Vec3{250, 0, 250});
  ZoneDefinition smaller = test_zone();
  smaller.bounds = {{0, 0}, {200, 200}};
  const physics::CollisionWorld collision = make_collision_world(smaller);
  EXPECT_EQ(resettle(world.registry, smaller, collision, world.seed, world.now + 1), 1u);
  EXPECT_TRUE(collision.is_free(world.get<Position>(player).metres, {}));
}

}  // namespace
}  // namespace tessera::reload
