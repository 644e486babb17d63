// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Creatures that died come back: they lie where they fell for kCorpseTicks, and stand at their home
// afterwards, well and rested.
#pragma once

#include <vector>

#include "gameplay/combat/combat.h"
#include "gameplay/shared/components.h"
#include "gameplay/shared/rule.h"
#include "gameplay/wandering/wandering.h"

namespace tessera::spawning {

/// 30 s: long enough to look, short enough that a meadow is not empty.
inline constexpr TickNumber kCorpseTicks = 30 * kTicksPerSecond;

using Dead = Query<combat::Fighter, combat::Vitals, combat::Stats, effects::RunningEffects,
                   combat::Cooldowns, combat::Casting, Position, Velocity, wandering::Wander>;

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

}  // namespace tessera::spawning
