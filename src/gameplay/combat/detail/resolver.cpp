// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gameplay/combat/detail/resolver.h"

#include <algorithm>
#include <utility>

#include "engine/core/random.h"
#include "engine/math/angles.h"
#include "gameplay/movement/character_motion.h"

namespace tessera::combat::detail {

using effects::Applied;
using effects::kNever;
using effects::RunningEffect;

Resolver::Body Resolver::find(EntityId entity) const {
  auto parts = fighters_.get(entity);
  if (!parts) return {};
  auto& [fighter, vitals, stats, running, cooldowns, casting, velocity, position, heading] = *parts;
  if (stats.stale != 0) {
    refresh_stats(rules_, running, fighter, vitals, stats, find_talents(talents_, entity));
  }
  return {entity,     &fighter, &vitals,   &stats,    &running,
          &cooldowns, &casting, &velocity, &position, &heading};
}

float Resolver::roll() {
  constexpr std::uint64_t kPurpose = random_purpose("combat");
  return random_unit(step_.seed, EntityId{++rolls_}, step_.now, kPurpose);
}

CombatEvent Resolver::event_of(const Cause& cause, const Body& target, CombatEventKind kind) const {
  CombatEvent event{.actor = cause.source.actor,
                    .target = target.entity,
                    .ability = cause.ability,
                    .effect = cause.effect,
                    .kind = kind};
  if (cause.effect) event.flags |= kPeriodic;
  return event;
}

void Resolver::land(const AbilityLanded& landed) {
  const AbilityDefinition* const ability = rules_.abilities.find(landed.ability);
  Body actor = find(landed.actor);
  if (ability == nullptr || !actor) return;
  Cause cause{
      .source = source_of(landed.actor, *actor.fighter, *actor.stats),
      .ability = landed.ability,
      .share = landed.share *
               ability_factors(rules_, find_talents(talents_, landed.actor), landed.ability).amount,
      .combo_points = landed.combo_points,
      .is_behind = landed.is_behind,
      .can_miss = ability->can_miss,
      .can_be_blocked = ability->can_be_blocked,
      .from = landed.from};
  for (const Outcome& outcome : ability->outcomes) {
    if (outcome.to_self != landed.is_on_self) continue;
    Body target = find(landed.target);
    if (!target || target.fighter->life != Life::Alive) return;
    if (outcome.chance < 1 && roll() >= outcome.chance) continue;
    happen(outcome, cause, target);
  }
}

void Resolver::give(const EffectGiven& gift) {
  Body target = find(gift.target);
  if (!target || target.fighter->life != Life::Alive) return;
  const Outcome outcome{.kind = OutcomeKind::ApplyEffect, .effect = gift.effect};
  put_on(outcome, {.source = source_of(gift.target, *target.fighter, *target.stats)}, target);
}

void Resolver::happen(const Outcome& outcome, const Cause& cause, Body& target) {
  switch (outcome.kind) {
    case OutcomeKind::Damage:
      return damage(outcome, cause, target);
    case OutcomeKind::Heal:
      return heal(outcome, cause, target);
    case OutcomeKind::ApplyEffect:
      return put_on(outcome, cause, target);
    case OutcomeKind::Dispel:
      return dispel(outcome, cause, target);
    case OutcomeKind::GainResource:
    case OutcomeKind::GainCombo:
      return gain(outcome, cause, target);
    case OutcomeKind::Threat: {
      CombatEvent event = event_of(cause, target, CombatEventKind::Threat);
      event.threat = amount_of(outcome, cause) * outcome.threat;
      return events_.emit(event);
    }
    case OutcomeKind::Taunt:
      return taunted_.emit({target.entity, cause.source.actor, outcome.ticks});
    case OutcomeKind::Interrupt:
      return interrupt(outcome, cause, target);
    case OutcomeKind::KnockBack:
    case OutcomeKind::Pull:
    case OutcomeKind::Leap:
      return throw_about(outcome, cause, target);
    case OutcomeKind::ResetCooldown:
      return reset_cooldown(outcome, target);
  }
}

void Resolver::reset_cooldown(const Outcome& outcome, Body& target) const {
  const ClassDefinition* const kind = rules_.classes.find(target.fighter->class_id);
  const auto place = kind == nullptr ? std::nullopt : kind->place_of(outcome.ability);
  if (!place) return;
  target.cooldowns->full_at[*place] = 0;
}

void Resolver::heal(const Outcome& outcome, const Cause& cause, Body& target) {
  if (target.fighter->life != Life::Alive) return;
  CombatEvent event = event_of(cause, target, CombatEventKind::Heal);
  float amount = amount_of(outcome, cause);
  Body actor = find(cause.source.actor);
  if (actor) {
    if (roll() < (*actor.stats)[Stat::CriticalChance]) {
      amount *= (*actor.stats)[Stat::CriticalDamage];
      event.flags |= kCritical;
    }
    amount *= std::max((*actor.stats)[Stat::HealingDone], 0.0f);
  }
  amount *= std::max((*target.stats)[Stat::HealingTaken], 0.0f);
  if (target.fighter->duel != 0 || target.fighter->is_flagged != 0) amount *= rules_.pvp.healing;
  const auto points = static_cast<std::int32_t>(std::clamp(amount, 0.0f, 1e9f) + 0.5f);
  event.amount = std::min(points, target.vitals->health_max - target.vitals->health);
  target.vitals->health += event.amount;
  event.threat = static_cast<float>(event.amount) * rules_.combat.healing_threat * outcome.threat;
  events_.emit(event);
}

void Resolver::put_on(const Outcome& outcome, const Cause& cause, Body& target) {
  const EffectDefinition* const definition = rules_.effects.find(outcome.effect);
  if (definition == nullptr) return;
  float share = 1;
  if (definition->is_harmful) {
    Body actor = find(cause.source.actor);
    const bool hostile = actor && actor.entity != target.entity;
    if (hostile && !are_enemies(*actor.fighter, *target.fighter)) return;
    enter_combat(target);
    if (hostile) enter_combat(actor);
    if (target.fighter->invulnerable_until > step_.now) {
      return events_.emit(event_of(cause, target, CombatEventKind::Dodged));
    }
    const bool pvp =
        hostile && actor.fighter->side == Side::Players && target.fighter->side == Side::Players;
    if (pvp && definition->control != 0) share = rules_.pvp.control;
  }
  const Applied applied = effects::apply(*target.effects, rules_, *definition, cause.source,
                                         outcome.count, share, step_.now);
  CombatEvent event = event_of(cause, target, CombatEventKind::EffectOn);
  event.effect = outcome.effect;
  if (applied == Applied::Immune) event.kind = CombatEventKind::Immune;
  if (const RunningEffect* running = effects::find(*target.effects, outcome.effect)) {
    event.count = running->stacks;
  }
  events_.emit(event);
  if (applied == Applied::Fresh || applied == Applied::Refreshed) effects_changed(target);
}

void Resolver::dispel(const Outcome& outcome, const Cause& cause, Body& target) {
  Body actor = find(cause.source.actor);
  const bool from_friend = !actor || !are_enemies(*actor.fighter, *target.fighter);
  const std::uint32_t taken =
      effects::dispel(*target.effects, rules_, outcome.dispels, outcome.count, from_friend);
  if (taken == 0) return;
  CombatEvent event = event_of(cause, target, CombatEventKind::Dispelled);
  event.count = static_cast<std::uint8_t>(taken);
  events_.emit(event);
  effects_changed(target);
}

void Resolver::gain(const Outcome& outcome, const Cause& cause, Body& target) {
  const float amount = amount_of(outcome, cause);
  if (outcome.kind == OutcomeKind::GainCombo) {
    const ClassDefinition* const kind = rules_.classes.find(target.fighter->class_id);
    const float most = kind == nullptr ? 0 : static_cast<float>(kind->combo_max);
    const float points = static_cast<float>(target.fighter->combo_points) + amount;
    target.fighter->combo_points = static_cast<std::uint8_t>(std::clamp(points, 0.0f, most));
    return;
  }
  Vitals& vitals = *target.vitals;
  const auto points = static_cast<std::int32_t>(std::clamp(amount, -1e9f, 1e9f));
  const std::int32_t before = vitals.resource;
  vitals.resource = std::clamp(vitals.resource + points, 0, vitals.resource_max);
  CombatEvent event = event_of(cause, target, CombatEventKind::Resource);
  event.amount = vitals.resource - before;
  if (event.amount != 0) events_.emit(event);
}

void Resolver::interrupt(const Outcome& outcome, const Cause& cause, Body& target) {
  const AbilityDefinition* const cast = rules_.abilities.find(target.casting->ability);
  if (cast == nullptr || !cast->can_be_interrupted || target.casting->ends_at <= step_.now) return;
  CombatEvent event = event_of(cause, target, CombatEventKind::Interrupted);
  event.ability = target.casting->ability;
  *target.casting = {};
  target.fighter->silenced_until =
      std::max(target.fighter->silenced_until, step_.now + outcome.ticks);
  events_.emit(event);
}

void Resolver::throw_about(const Outcome& outcome, const Cause& cause, Body& target) {
  const math::Vec2 way = flat(target.position->metres) - flat(cause.from);
  const float size = length(way);
  math::Vec2 direction =
      size > 0 ? way * (1 / size) : math::direction_of_heading(target.heading->radians);
  if (outcome.kind == OutcomeKind::Pull) direction = direction * -1.0f;
  movement::MotionState state;
  movement::throw_character(state, {direction.x * outcome.away_m_per_s, outcome.up_m_per_s,
                                    direction.z * outcome.away_m_per_s});
  *target.velocity = {state.velocity_m_per_s, state.grounded ? 1u : 0u};
}

void Resolver::enter_combat(Body& body) const {
  body.fighter->in_combat_until = step_.now + rules_.combat.combat_ticks;
}

void Resolver::run_due(EntityId entity) {
  Body body = find(entity);
  if (!body || body.fighter->life != Life::Alive) return;
  for (std::size_t i = 0; i < body.effects->count;) {
    RunningEffect& running = body.effects->all[i];
    const std::uint32_t count = body.effects->count;
    const EffectId effect = running.effect;
    if (running.next_at <= step_.now) run_effect(body, running);
    if (body.fighter->life != Life::Alive) return;
    const bool moved = body.effects->count != count || body.effects->all[i].effect != effect;
    if (moved) {  // something that broke on damage is gone: what was not looked at yet still waits
      continue;
    }
    if (body.effects->all[i].ends_at <= step_.now) {
      end_effect(body, i, true);
    } else {
      ++i;
    }
  }
  effects::find_next_due(*body.effects);
  schedule(body);
}

void Resolver::run_effect(Body& target, RunningEffect& running) {
  const EffectDefinition* const definition = rules_.effects.find(running.effect);
  running.next_at = definition == nullptr || definition->period_ticks == 0
                        ? kNever
                        : step_.now + definition->period_ticks;
  if (definition == nullptr) return;
  const Cause cause{
      .source = {running.actor, running.attack_power, running.spell_power, running.actor_level},
      .effect = running.effect,
      .share = static_cast<float>(running.stacks),
      .from = target.position->metres};
  for (const Outcome& outcome : definition->periodic) {
    if (target.fighter->life != Life::Alive) return;
    happen(outcome, cause, target);
  }
  if (definition->aura) spread_aura(target, *definition, cause);
}

/// On friends of its bearer, or on his enemies if it harms; not on himself.
void Resolver::spread_aura(const Body& bearer, const EffectDefinition& definition,
                           const Cause& cause) {
  const EffectDefinition* const aura = rules_.effects.find(definition.aura);
  if (aura == nullptr) return;
  if (!std::exchange(auras_.is_indexed, true)) auras_.nearby.rebuild(auras_.characters);
  Outcome outcome;
  outcome.kind = OutcomeKind::ApplyEffect;
  outcome.effect = definition.aura;
  Cause spread = cause;
  spread.source.actor = bearer.entity;
  const math::Vec2 middle = flat(bearer.position->metres);
  auras_.nearby.for_each_within(middle, definition.aura_radius_m, [&](EntityId entity) {
    Body target = find(entity);
    if (entity == bearer.entity || !target || target.fighter->life != Life::Alive) return;
    if (are_enemies(*bearer.fighter, *target.fighter) != aura->is_harmful) return;
    put_on(outcome, spread, target);
  });
}

void Resolver::end_effect(Body& target, std::size_t place, bool by_time) {
  const RunningEffect ended = target.effects->all[place];
  effects::remove_at(*target.effects, place);
  const Cause cause{
      .source = {ended.actor, ended.attack_power, ended.spell_power, ended.actor_level},
      .effect = ended.effect,
      .share = static_cast<float>(ended.stacks),
      .from = target.position->metres};
  events_.emit(event_of(cause, target, CombatEventKind::EffectOff));
  effects_changed(target);
  const EffectDefinition* const definition = rules_.effects.find(ended.effect);
  if (!by_time || definition == nullptr) return;
  for (const Outcome& outcome : definition->at_end) {
    if (target.fighter->life != Life::Alive) return;
    happen(outcome, cause, target);
  }
}

void Resolver::effects_changed(Body& target) {
  target.stats->stale = 1;
  refresh_stats(rules_, *target.effects, *target.fighter, *target.vitals, *target.stats,
                find_talents(talents_, target.entity));
  target.fighter->controls = effects::controls_of(*target.effects, rules_);
  schedule(target);
}

void Resolver::schedule(const Body& body) {
  if (body.fighter->life != Life::Alive) return;
  const TickNumber due = body.effects->next_due;
  if (due != kNever) wheel_.push(std::max(due, step_.now + 1), body.entity);
}

}  // namespace tessera::combat::detail
