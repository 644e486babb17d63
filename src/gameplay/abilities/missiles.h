// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Abilities on their way: bolts and arrows that fly until they strike.
#pragma once

#include <vector>

#include "engine/physics/projectiles/projectile.h"
#include "gameplay/combat/combat.h"
#include "gameplay/definitions/zone_definition.h"
#include "gameplay/skirmish/nearby.h"
#include "gameplay/skirmish/safe_areas.h"

namespace tessera::abilities {

/// Its Position is its centre. Written by FlyMissiles.
struct Missile {
  EntityId actor{};
  EntityId target{};  ///< it seeks; none: it flies where it was aimed
  std::uint32_t ticks_left = 0;
  AbilityId ability{};
  std::uint8_t combo_points = 0;
  std::uint8_t reserved = 0;
  friend constexpr auto describe(ecs::Described<Missile>) {
    return ecs::component<Missile>(
        "missile", {}, ecs::field("actor", &Missile::actor), ecs::field("target", &Missile::target),
        ecs::field("ticks_left", &Missile::ticks_left), ecs::field("ability", &Missile::ability),
        ecs::field("combo_points", &Missile::combo_points),
        ecs::field("reserved", &Missile::reserved));
  }
};

/// Phase::Move, after all who move. A missile ends at the first thing or enemy (for a helpful
/// ability: friend) that it touches, at the edge of the world, or at the end of its range. About
/// 0.5 us a missile, and 8 ns for every character in the world if there is any.
class FlyMissiles {
 public:
  void operator()(const Step& step, const Rulebook& rules, const ZoneDefinition& zone,
                  const physics::StaticWorld& world, const physics::AreaIndex& areas,
                  Query<Missile, Position, Velocity, Without<combat::Fighter>> missiles,
                  skirmish::Characters characters, Query<const combat::Fighter> fighters,
                  Commands& commands, Out<combat::AbilityLanded> landed);

 private:
  struct Flying;
  void gather(const Flying& world, EntityId actor, const combat::Fighter& shooter, Reach reach,
              const physics::ProjectileKind& kind, const physics::Projectile& flight);
  void strike(const Flying& world, const Missile& missile, const combat::Fighter& shooter,
              const Shape& shape, const physics::ProjectileStep& moved,
              const physics::Projectile& flight, math::Vec3 from);

  skirmish::Nearby nearby_;
  std::vector<EntityId> ids_;
  std::vector<physics::MovingCharacter> moving_;
};

}  // namespace tessera::abilities
