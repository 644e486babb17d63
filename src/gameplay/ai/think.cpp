// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/ai/detail/thinker.h"

namespace tessera::ai {
namespace {

static_assert(kFarTurnTicks % crowd::kTurnTicks == 0);

/// Whether a mind that could have its turn in this tick has it.
bool has_turn(const Mind& mind, EntityId entity, bool is_near, bool is_far, bool is_reduced,
              TickNumber now) {
  if (is_near && !is_reduced) return true;
  if (is_near) return (now + entity.index()) % (2 * crowd::kTurnTicks) == 0;
  const bool is_awake = mind.state != State::Idle || mind.threat_count > 0;
  return (is_far || is_awake) && (now + entity.index()) % kFarTurnTicks == 0;
}

}  // namespace

void Think::operator()(const Step& step, const ZoneDefinition& zone, const Rulebook& rules,
                       const physics::StaticWorld& world, const physics::AreaIndex& areas,
                       const crowd::Crowd& crowd, Singleton<const pace::Pace> pace, Minds minds,
                       Beheld beheld, Players players, Out<abilities::UseAbility> uses,
                       Out<HelpCalled> calls, Out<LetGo> lets_go) {
  if (minds.empty()) return;
  players_.begin();
  far_.begin(zone.bounds);
  players.each([&](EntityId entity, const Position& position, const Velocity&,
                   const combat::Fighter& fighter) {
    far_.mark(flat(position.metres));
    if (fighter.life == combat::Life::Alive) players_.add(entity, flat(position.metres));
  });
  players_.finish();
  far_.spread(kFarPlayer_m);
  const skirmish::SafeAreas safe{zone, areas};
  const detail::Surroundings around{step, zone, rules, world, safe, beheld, players, players_};
  const detail::Outs outs{uses, calls, lets_go};
  const bool is_reduced = pace->ai_reduced != 0;
  minds.par_each([&](EntityId entity, Mind& mind, wandering::Orders& orders,
                     wandering::Wander& wander, const Heading& heading,
                     const combat::Cooldowns& cooldowns) {
    if (!crowd::has_turn(entity, step.now)) return;  // most; before any memory is looked at
    const BehaviourDefinition* const behaviour = rules.behaviours.find(mind.behaviour);
    if (behaviour == nullptr) return;
    const auto self = beheld.get(entity);
    if (!self) return;
    const math::Vec2 place = flat(std::get<const Position&>(*self).metres);
    const bool is_near = crowd.is_near_player(place);
    if (!has_turn(mind, entity, is_near, far_.holds(place), is_reduced, step.now)) return;
    const CreatureDefinition* const kind = zone.find_creature(wander.definition);
    if (kind == nullptr || std::get<const combat::Fighter&>(*self).life != combat::Life::Alive) {
      return;
    }
    detail::Thinker(around, outs, entity, *behaviour, *kind, mind, orders, wander, heading.radians,
                    cooldowns)
        .take_turn();
  });
}

void evade(
    const Step& step, InEvents<LetGo> lets_go,
    Query<combat::Fighter, combat::Vitals, combat::Stats, effects::RunningEffects> fighters) {
  for (const LetGo& letting : lets_go) {
    auto found = fighters.get(letting.entity);
    if (!found) continue;
    auto& [fighter, vitals, stats, running] = *found;
    if (fighter.life != combat::Life::Alive) continue;
    fighter.in_combat_until = 0;
    fighter.invulnerable_until = step.now + kFarTurnTicks + 1;  // until its next turn
    if (letting.is_home == 0) continue;
    fighter.invulnerable_until = 0;
    fighter.controls = 0;
    running = {};
    stats.stale = 1;
    vitals.health = vitals.health_max;
  }
}

}  // namespace tessera::ai
