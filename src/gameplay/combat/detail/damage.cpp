// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A blow, from the one who strikes to the health of who is struck:
//
//   amount -> avoided? -> behind, critical -> blocked -> armour or resistance -> factors
//          -> between players -> shields -> health
#include <algorithm>
#include <cmath>

#include "engine/math/angles.h"
#include "gameplay/combat/detail/resolver.h"

namespace tessera::combat::detail {
namespace {

Stat resistance_of(DamageType type) {
  switch (type) {
    case DamageType::Physical:
      break;
    case DamageType::Fire:
      return Stat::FireResistance;
    case DamageType::Frost:
      return Stat::FrostResistance;
    case DamageType::Nature:
      return Stat::NatureResistance;
    case DamageType::Shadow:
      return Stat::ShadowResistance;
    case DamageType::Holy:
      return Stat::HolyResistance;
  }
  return Stat::Armour;
}

std::int32_t whole(float amount) {
  constexpr float kMost = 1e9f;  // no overflow, whatever content says
  return static_cast<std::int32_t>(std::clamp(amount, 0.0f, kMost) + 0.5f);
}

bool are_both_players(const Fighter& one, const Fighter& other) {
  return one.side == Side::Players && other.side == Side::Players;
}

}  // namespace

float Resolver::amount_of(const Outcome& outcome, const Cause& cause) {
  float amount = outcome.amount + outcome.per_level * static_cast<float>(cause.source.level) +
                 outcome.per_attack_power * cause.source.attack_power +
                 outcome.per_spell_power * cause.source.spell_power;
  amount *= cause.share;
  amount *= 1 + outcome.per_combo_point * static_cast<float>(cause.combo_points);
  if (cause.is_behind) amount *= 1 + outcome.from_behind;
  if (outcome.spread > 0) amount *= 1 + outcome.spread * (2 * roll() - 1);
  return amount;
}

bool Resolver::is_facing(const Body& body, math::Vec3 from, float half_angle) const {
  const math::Vec2 way = flat(from) - flat(body.position->metres);
  if (way == math::Vec2{}) return true;
  const float off = math::wrap_angle(math::heading_of_direction(way) - body.heading->radians);
  return std::fabs(off) <= half_angle;
}

bool Resolver::is_avoided(const Cause& cause, Body& actor, Body& target) {
  const auto tell = [&](CombatEventKind kind) {
    events_.emit(event_of(cause, target, kind));
    return true;
  };
  if (cause.effect) return false;  // it is in his blood already
  if (target.fighter->invulnerable_until > step_.now) return tell(CombatEventKind::Dodged);
  if (cause.can_miss && actor) {
    const float above = static_cast<float>(target.fighter->level) - cause.source.level;
    const CombatNumbers& numbers = rules_.combat;
    const float chance = (*actor.stats)[Stat::HitChance] - numbers.miss_per_level * above;
    if (roll() >= std::max(chance, numbers.hit_chance_min)) return tell(CombatEventKind::Missed);
  }
  const bool blocks = target.fighter->blocks_since != 0 && cause.can_be_blocked &&
                      is_facing(target, cause.from, rules_.combat.block_half_angle);
  if (blocks && step_.now - target.fighter->blocks_since <= rules_.combat.parry_ticks) {
    return tell(CombatEventKind::Parried);
  }
  return false;
}

float Resolver::after_armour(float amount, DamageType type, std::uint32_t actor_level,
                             const Stats& target) const {
  const float points = std::max(target[resistance_of(type)], 0.0f);
  const CombatNumbers& numbers = rules_.combat;
  const float half =
      numbers.armour_half_base + numbers.armour_half_per_level * static_cast<float>(actor_level);
  return amount * (half / (half + points));
}

float Resolver::between_players(const Body& actor, const Body& target, AbilityId ability) const {
  if (!are_both_players(*actor.fighter, *target.fighter)) return 1;
  const PvpNumbers& numbers = rules_.pvp;
  const int above = actor.fighter->level - target.fighter->level - numbers.level_gap;
  const float gap = 1 - numbers.less_per_level_above * static_cast<float>(std::max(above, 0));
  return numbers.factor_of(ability, actor.fighter->class_id) *
         std::max(gap, numbers.level_share_min);
}

void Resolver::damage(const Outcome& outcome, const Cause& cause, Body& target) {
  Body actor = find(cause.source.actor);
  if (actor && actor.entity != target.entity && !are_enemies(*actor.fighter, *target.fighter)) {
    return;
  }
  enter_combat(target);
  if (actor) enter_combat(actor);
  if (is_avoided(cause, actor, target)) return;
  CombatEvent event = event_of(cause, target, CombatEventKind::Damage);
  event.type = outcome.type;
  if (cause.is_behind) event.flags |= kFromBehind;
  float amount = amount_of(outcome, cause);
  if (actor && roll() < (*actor.stats)[Stat::CriticalChance]) {
    amount *= (*actor.stats)[Stat::CriticalDamage];
    event.flags |= kCritical;
  }
  const bool blocks = !cause.effect && cause.can_be_blocked && target.fighter->blocks_since != 0 &&
                      is_facing(target, cause.from, rules_.combat.block_half_angle);
  if (blocks) {
    amount *= 1 - std::min((*target.stats)[Stat::BlockShare], 1.0f);
    event.flags |= kBlocked;
  }
  amount = after_armour(amount, outcome.type, cause.source.level, *target.stats);
  amount *= std::max((*target.stats)[Stat::DamageTaken], 0.0f);
  if (actor) {
    amount *= std::max((*actor.stats)[Stat::DamageDone], 0.0f);
    amount *= between_players(actor, target, cause.ability);
  }
  const float shielded = absorbed(target, amount);
  event.absorbed = whole(shielded);
  const float threat_done = actor ? (*actor.stats)[Stat::ThreatDone] : 1;
  event.threat = amount * outcome.threat * threat_done;
  lose_health(target, actor, whole(amount - shielded), cause, event);
  if (actor && outcome.leech > 0 && actor.fighter->life == Life::Alive) {
    Outcome drink{.kind = OutcomeKind::Heal,
                  .amount = static_cast<float>(event.amount) * outcome.leech};
    Cause drunk = cause;
    drunk.share = 1;
    drunk.combo_points = 0;
    heal(drink, drunk, actor);
  }
}

float Resolver::absorbed(Body& target, float amount) {
  float taken = 0;
  for (std::size_t i = 0; i < target.effects->count && taken < amount;) {
    effects::RunningEffect& running = target.effects->all[i];
    if (running.shield <= 0) {
      ++i;
      continue;
    }
    const float part = std::min(amount - taken, static_cast<float>(running.shield));
    taken += part;
    running.shield -= whole(part);
    if (running.shield <= 0) {
      end_effect(target, i, false);
    } else {
      ++i;
    }
  }
  return taken;
}

void Resolver::lose_health(Body& target, Body& actor, std::int32_t amount, const Cause& cause,
                           CombatEvent& event) {
  amount = std::min(amount, target.vitals->health);
  const bool is_duel = actor && actor.entity != target.entity && actor.fighter->duel != 0 &&
                       actor.fighter->duel == target.fighter->duel;
  const bool yields = is_duel && amount == target.vitals->health;
  if (yields) --amount;  // a duel is not about life
  event.amount = amount;
  target.vitals->health -= amount;
  if (target.vitals->health == 0) event.flags |= kKilled;
  events_.emit(event);
  if (yields) yielded_.emit({target.entity, actor.entity});
  if (amount == 0) return;
  if (actor && !cause.effect) {
    if (const auto* kind = rules_.classes.find(actor.fighter->class_id)) {
      gain_rage(actor, kind->rage_per_hit);
    }
  }
  if (const auto* kind = rules_.classes.find(target.fighter->class_id)) {
    gain_rage(target, kind->rage_per_hit_taken);
  }
  if (target.vitals->health == 0) return die(target, cause.source.actor);
  break_on_damage(target);
}

void Resolver::gain_rage(Body& body, std::uint16_t amount) const {
  if (body.fighter->life != Life::Alive) return;
  body.vitals->resource =
      std::min(body.vitals->resource + std::int32_t{amount}, body.vitals->resource_max);
}

void Resolver::break_on_damage(Body& target) {
  for (std::size_t i = target.effects->count; i-- > 0;) {
    const auto* definition = rules_.effects.find(target.effects->all[i].effect);
    if (definition != nullptr && definition->breaks_on_damage) end_effect(target, i, false);
  }
}

void Resolver::die(Body& target, EntityId killer) {
  target.fighter->life = Life::Dead;
  target.fighter->died_at = step_.now;
  target.fighter->killer = killer;
  target.fighter->in_combat_until = 0;
  target.fighter->blocks_since = 0;
  target.fighter->combo_points = 0;
  *target.effects = {};
  *target.casting = {};
  target.vitals->resource = 0;
  effects_changed(target);
  died_.emit({target.entity, killer});
}

}  // namespace tessera::combat::detail
