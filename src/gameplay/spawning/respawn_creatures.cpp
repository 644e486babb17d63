// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include <algorithm>

#include "gameplay/spawning/spawning.h"

namespace tessera::spawning {
namespace {

using combat::Fighter;
using combat::Life;

void revive(const Rulebook& rules, TickNumber now, Dead creatures, EntityId entity) {
  auto creature = creatures.get(entity);
  if (!creature) return;
  auto& [fighter, vitals, stats, running, cooldowns, casting, position, velocity, wander, mind] =
      *creature;
  if (fighter.life != Life::Dead || now < fighter.died_at + kCorpseTicks) return;
  const combat::FighterParts fresh =
      combat::make_fighter(rules, fighter.class_id, fighter.level, fighter.side);
  fighter = fresh.fighter;
  vitals = fresh.vitals;
  stats = fresh.stats;
  running = fresh.effects;
  cooldowns = fresh.cooldowns;
  casting = fresh.casting;
  position.metres = wander.home;
  velocity = {};
  wander.doing = wandering::Doing::Rests;
  wander.resume_at = now + kTicksPerSecond;
  wander.has_orders = 0;
  mind = {.behaviour = mind.behaviour};
}

}  // namespace

void RespawnCreatures::operator()(const Step& step, const Rulebook& rules,
                                  const combat::WorldGeneration& generation,
                                  InEvents<combat::Died> died, Dead creatures) {
  if (generation_ != generation.value) {
    wheel_.clear();
    creatures.each([&](EntityId entity, const Fighter& fighter, combat::Vitals&, combat::Stats&,
                       effects::RunningEffects&, combat::Cooldowns&, combat::Casting&, Position&,
                       Velocity&, wandering::Wander&, ai::Mind&) {
      if (fighter.life != Life::Dead) return;
      wheel_.push(std::max(fighter.died_at + kCorpseTicks, step.now), entity);
    });
    generation_ = generation.value;
  }
  for (const combat::Died& death : died) wheel_.push(step.now + kCorpseTicks, death.entity);
  wheel_.take(step.now, due_);
  for (const EntityId entity : due_) revive(rules, step.now, creatures, entity);
}

}  // namespace tessera::spawning
