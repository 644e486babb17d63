// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Where creatures come from: the zone's creation puts them at their homes. Those that died come
// back: they lie where they fell for kCorpseTicks, and stand at their home afterwards, well and
// rested.
#pragma once

#include <vector>

#include "gameplay/ai/mind.h"
#include "gameplay/combat/combat.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::spawning {

/// 30 s: long enough to look, short enough that a meadow is not empty.
inline constexpr TickNumber kCorpseTicks = 30 * kTicksPerSecond;

using Dead =
    Query<combat::Fighter, combat::Vitals, combat::Stats, effects::RunningEffects,
          combat::Cooldowns, combat::Casting, Position, Velocity, wandering::Wander, ai::Mind>;

/// Phase::World.
class RespawnCreatures {
 public:
  void operator()(const Step& step, const Rulebook& rules,
                  const combat::WorldGeneration& generation, InEvents<combat::Died> died,
                  Dead creatures);

 private:
  combat::TickWheel wheel_;
  std::uint64_t generation_ = ~std::uint64_t{0};
  std::vector<EntityId> due_;
};

/// A creature of a kind that stands at its home. It is a fighter if its kind says as what, and the
/// rules have that.
EntityId spawn_creature(ecs::Registry& registry, const Rulebook& rules,
                        const CreatureDefinition& kind, math::Vec3 home, float heading,
                        std::uint32_t level = 1);

/// Puts the zone's creatures into an empty world, each pausing for a random while, at homes in
/// their rings: free and dry places on the navigation mesh, from which there is a way to the first
/// spawn point. The same seed gives the same creatures. For the zone's creation, before its first
/// tick. Returns how many found a place: all, unless content leaves no room.
std::uint32_t populate(ecs::Registry& registry, const ZoneDefinition& zone,
                       const physics::CollisionWorld& world,
                       const navigation::Navigation& navigation, std::uint64_t seed);

}  // namespace tessera::spawning
